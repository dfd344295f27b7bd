/**
 * Which entry decides, for all addresses of one family at once: the addresses in ascending order, cut where another entry
 * begins to decide. Made whole from a trie and never changed. A lookup goes to the few cuts that share its first 16 bits
 * and halves them; what it touches fits the processor's nearer caches also with 100,000 ranges.
 */
import { noRank, type PrefixTrie, type RankedEntry } from './prefix-trie.ts';

const blockShift = 16;
const blocks = 1 << (32 - blockShift);
/** Words of an address behind its first. */
const restWords = 3;

export class DecisionTable<Entry extends RankedEntry> {
  /** How many cuts come before each block of addresses that share their first 16 bits. */
  readonly #before = new Uint32Array(blocks + 1);
  /** First word of the address of each cut, and its other words; IPv4 has none. */
  readonly #starts: Uint32Array;
  readonly #rests: Uint32Array | null;
  /** Of the entry that decides from each cut on. */
  readonly #ranks: Uint8Array;
  readonly #entries: readonly (Entry | undefined)[];

  constructor(trie: PrefixTrie<Entry>, family: 4 | 6) {
    const starts: number[] = [];
    const rests: number[] = [];
    const entries: (Entry | undefined)[] = [];
    trie.forEachRegion((start, deciding) => {
      const [first = 0, second = 0, third = 0, fourth = 0] = start;
      let at = entries.length;
      const last = restWords * (at - 1);
      if (
        starts[at - 1] === first >>> 0 &&
        rests[last] === second >>> 0 &&
        rests[last + 1] === third >>> 0 &&
        rests[last + 2] === fourth >>> 0
      ) {
        at -= 1;
      }
      if (at > 0 && entries[at - 1] === deciding) {
        entries.length = at;
        return;
      }
      entries[at] = deciding;
      starts[at] = first >>> 0;
      rests[restWords * at] = second >>> 0;
      rests[restWords * at + 1] = third >>> 0;
      rests[restWords * at + 2] = fourth >>> 0;
    });
    const cuts = entries.length;
    this.#starts = Uint32Array.from(starts.slice(0, cuts));
    this.#rests = family === 4 ? null : Uint32Array.from(rests.slice(0, restWords * cuts));
    this.#ranks = Uint8Array.from(entries, (entry) => entry?.rank ?? noRank);
    this.#entries = entries;
    for (let block = 0, cut = 0; block <= blocks; block += 1) {
      while (cut < cuts && (this.#starts[cut] ?? 0) >>> blockShift < block) {
        cut += 1;
      }
      this.#before[block] = cut;
    }
  }

  /** The entry that decides about the address of these four words. */
  find(words: Int32Array): Entry | undefined {
    return this.#entries[this.#regionOf(words)];
  }

  /** The rank of that entry, {@link noRank} when there is none. Touches no entry, so it is quicker. */
  rankOf(words: Int32Array): number {
    return this.#ranks[this.#regionOf(words)] ?? noRank;
  }

  /** The last cut that does not come after the address; the first one is at the first address. */
  #regionOf(words: Int32Array): number {
    const starts = this.#starts;
    const word = (words[0] ?? 0) >>> 0;
    const block = word >>> blockShift;
    let low = this.#before[block] ?? 0;
    let high = this.#before[block + 1] ?? 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const start = starts[middle] ?? 0;
      if (start < word || (start === word && !this.#comesAfter(middle, words))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** Whether a cut comes after an address of the same first word. */
  #comesAfter(cut: number, words: Int32Array): boolean {
    const rests = this.#rests;
    if (rests) {
      for (let index = 0; index < restWords; index += 1) {
        const difference = (rests[restWords * cut + index] ?? 0) - ((words[index + 1] ?? 0) >>> 0);
        if (difference !== 0) {
          return difference > 0;
        }
      }
    }
    return false;
  }
}
