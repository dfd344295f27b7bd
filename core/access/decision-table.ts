/**
 * Which entry decides, for all addresses of one family at once: the addresses in ascending order, cut where another entry
 * begins to decide. Made whole from a trie and never changed. The span from the first cut to the last is divided into equal
 * blocks; a lookup goes to the few cuts of its block and halves them. What it touches fits the processor's nearer caches
 * also with 100,000 ranges, for the words that tell most cuts apart lie by themselves.
 */
import { noRank, type PrefixTrie, type RankedEntry } from './prefix-trie.ts';

/** More blocks than these, and their own table leaves the nearer caches. */
const mostBlockBits = 16;
/** An IPv6 network is seldom smaller than a /64: its cuts are told apart by their first two words. */
const nearWords = { 4: 1, 6: 2 } as const;
const farWords = 2;

export class DecisionTable<Entry extends RankedEntry> {
  /** How many cuts come before each block. */
  readonly #before: Uint32Array;
  /** First words of the first cut that is not at the first address, and of the last one. */
  readonly #first: number;
  readonly #last: number;
  /** Bits of a first word, counted from the first cut, that do not tell blocks apart. */
  readonly #shift: number;
  /** The near words of the address of each cut. */
  readonly #starts: Uint32Array;
  readonly #near: 1 | 2;
  /** The far words of each; null where they are 0 in all of them. */
  readonly #rests: Uint32Array | null;
  /** Of the entry that decides from each cut on. */
  readonly #ranks: Uint8Array;
  readonly #entries: readonly (Entry | undefined)[];

  constructor(trie: PrefixTrie<Entry>, family: 4 | 6) {
    const near = nearWords[family];
    // Every range begins a region, and so does what comes behind it.
    const mostCuts = 2 * trie.size + 1;
    const starts = new Uint32Array(near * mostCuts);
    const rests = new Uint32Array(family === 4 ? 0 : farWords * mostCuts);
    const ranks = new Uint8Array(mostCuts);
    const entries: (Entry | undefined)[] = [];
    const words = new Uint32Array(4);
    let cuts = 0;
    let hasRests = false;
    const isAt = (cut: number): boolean =>
      starts[near * cut] === words[0] &&
      (family === 4 ||
        (starts[near * cut + 1] === words[1] &&
          rests[farWords * cut] === words[2] &&
          rests[farWords * cut + 1] === words[3]));
    trie.forEachRegion((start, deciding) => {
      words.set(start);
      if (cuts > 0 && isAt(cuts - 1)) {
        cuts -= 1;
      }
      if (cuts > 0 && entries[cuts - 1] === deciding) {
        return;
      }
      starts.set(words.subarray(0, near), near * cuts);
      if (family === 6) {
        rests.set(words.subarray(near), farWords * cuts);
        hasRests ||= words[2] !== 0 || words[3] !== 0;
      }
      ranks[cuts] = deciding?.rank ?? noRank;
      entries[cuts] = deciding;
      cuts += 1;
    });
    entries.length = cuts;
    this.#near = near;
    this.#starts = starts.slice(0, near * cuts);
    this.#rests = hasRests ? rests.slice(0, farWords * cuts) : null;
    this.#ranks = ranks.slice(0, cuts);
    this.#entries = entries;
    this.#first = starts[near * Math.min(1, cuts - 1)] ?? 0;
    this.#last = starts[near * (cuts - 1)] ?? 0;
    const blockBits = Math.min(mostBlockBits, 32 - Math.clz32(cuts));
    this.#shift = Math.max(0, 32 - Math.clz32(this.#last - this.#first) - blockBits);
    this.#before = new Uint32Array((1 << blockBits) + 1);
    for (let block = 0, cut = Math.min(1, cuts); block < this.#before.length; block += 1) {
      while (cut < cuts && ((this.#starts[near * cut] ?? 0) - this.#first) >>> this.#shift < block) {
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
    const near = this.#near;
    const word = (words[0] ?? 0) >>> 0;
    if (word < this.#first) {
      return 0;
    }
    if (word > this.#last) {
      return this.#ranks.length - 1;
    }
    const block = (word - this.#first) >>> this.#shift;
    let low = this.#before[block] ?? 0;
    let high = this.#before[block + 1] ?? 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const start = starts[near * middle] ?? 0;
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
    if (this.#near === 1) {
      return false;
    }
    const second = (this.#starts[2 * cut + 1] ?? 0) - ((words[1] ?? 0) >>> 0);
    if (second !== 0 || !this.#rests) {
      return second > 0;
    }
    const third = (this.#rests[farWords * cut] ?? 0) - ((words[2] ?? 0) >>> 0);
    return third === 0 ? (this.#rests[farWords * cut + 1] ?? 0) > (words[3] ?? 0) >>> 0 : third > 0;
  }
}
