/**
 * Which entry decides, for all addresses of one family at once: the addresses in ascending order, cut where another entry
 * begins to decide. Made whole from a trie and never changed. The span from the first cut to the last is divided into equal
 * blocks; a lookup goes to the few cuts of its block and halves them. What it touches fits the processor's nearer caches
 * also with 100,000 ranges.
 */
import { noRank, type PrefixTrie, type RankedEntry } from './prefix-trie.ts';

const blockBits = 16;
const blocks = 1 << blockBits;
/** Words of an address behind its first. */
const restWords = 3;

export class DecisionTable<Entry extends RankedEntry> {
  /** How many cuts come before each block. */
  readonly #before = new Uint32Array(blocks + 1);
  /** First words of the first cut that is not at the first address, and of the last one. */
  readonly #first: number;
  readonly #last: number;
  /** Bits of a first word, counted from the first cut, that do not tell blocks apart. */
  readonly #shift: number;
  /** First word of the address of each cut, and its other words; IPv4 has none. */
  readonly #starts: Uint32Array;
  readonly #rests: Uint32Array | null;
  /** Of the entry that decides from each cut on. */
  readonly #ranks: Uint8Array;
  readonly #entries: readonly (Entry | undefined)[];

  constructor(trie: PrefixTrie<Entry>, family: 4 | 6) {
    // Every range begins a region, and so does what comes behind it.
    const mostCuts = 2 * trie.size + 1;
    const starts = new Uint32Array(mostCuts);
    const rests = new Uint32Array(family === 4 ? 0 : restWords * mostCuts);
    const ranks = new Uint8Array(mostCuts);
    const entries: (Entry | undefined)[] = [];
    let cuts = 0;
    const isAt = (cut: number, start: Int32Array): boolean =>
      starts[cut] === (start[0] ?? 0) >>> 0 &&
      (family === 4 ||
        (rests[restWords * cut] === (start[1] ?? 0) >>> 0 &&
          rests[restWords * cut + 1] === (start[2] ?? 0) >>> 0 &&
          rests[restWords * cut + 2] === (start[3] ?? 0) >>> 0));
    trie.forEachRegion((start, deciding) => {
      if (cuts > 0 && isAt(cuts - 1, start)) {
        cuts -= 1;
      }
      if (cuts > 0 && entries[cuts - 1] === deciding) {
        return;
      }
      starts[cuts] = start[0] ?? 0;
      if (family === 6) {
        for (let index = 0; index < restWords; index += 1) {
          rests[restWords * cuts + index] = start[index + 1] ?? 0;
        }
      }
      ranks[cuts] = deciding?.rank ?? noRank;
      entries[cuts] = deciding;
      cuts += 1;
    });
    entries.length = cuts;
    this.#starts = starts.slice(0, cuts);
    this.#rests = family === 4 ? null : rests.slice(0, restWords * cuts);
    this.#ranks = ranks.slice(0, cuts);
    this.#entries = entries;
    this.#first = starts[Math.min(1, cuts - 1)] ?? 0;
    this.#last = starts[cuts - 1] ?? 0;
    this.#shift = Math.max(0, 32 - Math.clz32(this.#last - this.#first) - blockBits);
    for (let block = 0, cut = Math.min(1, cuts); block <= blocks; block += 1) {
      while (cut < cuts && ((this.#starts[cut] ?? 0) - this.#first) >>> this.#shift < block) {
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
    if (word < this.#first) {
      return 0;
    }
    if (word > this.#last) {
      return starts.length - 1;
    }
    const block = (word - this.#first) >>> this.#shift;
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
