/**
 * Entries by their ranges of one address family: a path-compressed binary trie, which takes one change at a time. Its nodes
 * are rows of typed arrays, for a lookup is a chase through some twenty of them and its cost is how many cache lines that
 * touches. {@link DecisionTable} is what many lookups in a row are asked of.
 */
import type { IpRange } from './ip-range.ts';

export interface RankedEntry {
  readonly range: IpRange;
  /** 0 to 254; the lowest decides. */
  readonly rank: number;
}

/** The rank of a node that only branches, and of an address about which nothing decides. */
export const noRank = 255;
const root = 0;
/** The root is nobody's child. */
const none = 0;
const firstCapacity = 64;

export class PrefixTrie<Entry extends RankedEntry> {
  /** Two to a node: behind a 0 bit, behind a 1 bit. */
  #children = new Int32Array(2 * firstCapacity);
  /** Bits of the node's prefix: the next one chooses the child. */
  #lengths = new Uint8Array(firstCapacity);
  /** Of the node's first entry. */
  #ranks = new Uint8Array(firstCapacity).fill(noRank);
  /** Four to a node. */
  #words = new Int32Array(4 * firstCapacity);
  /** Best rank first. */
  readonly #entries: (readonly Entry[])[] = [[]];
  readonly #free: number[] = [];
  #size = 0;

  /** Entries in it. */
  get size(): number {
    return this.#size;
  }

  add(entry: Entry): void {
    const node = this.#nodeOf(entry.range);
    const entries = this.#entries[node] ?? [];
    const at = entries.findIndex((other) => other.rank > entry.rank);
    this.#setEntries(node, entries.toSpliced(at === -1 ? entries.length : at, 0, entry));
    this.#size += 1;
  }

  /** The very entry that was added; false when it is not there. */
  delete(entry: Entry): boolean {
    const { words, length } = entry.range;
    const path: number[] = [];
    let node = root;
    while (this.#lengthOf(node) < length) {
      const child = this.#child(node, bitAt(words, this.#lengthOf(node)));
      if (child === none) {
        return false;
      }
      path.push(node);
      node = child;
    }
    const entries = this.#entries[node] ?? [];
    const left = entries.filter((other) => other !== entry);
    if (left.length === entries.length) {
      return false;
    }
    this.#setEntries(node, left);
    this.#size -= 1;
    this.#prune(node, path);
    return true;
  }

  /**
   * The entry that decides about the address of these four words: of all ranges around it the one of the lowest rank,
   * and of equal ranks the narrowest.
   */
  find(words: Int32Array): Entry | undefined {
    const children = this.#children;
    const lengths = this.#lengths;
    const ranks = this.#ranks;
    let bestNode = root;
    let bestRank = noRank;
    let node = root;
    do {
      const length = lengths[node] ?? 0;
      const rank = ranks[node] ?? noRank;
      // Nodes that only branch are passed by their one bit; a wrong turn is noticed at the next one with entries.
      if (rank !== noRank) {
        if (!this.#contains(node, words, length)) {
          break;
        }
        if (rank <= bestRank) {
          bestNode = node;
          bestRank = rank;
        }
      }
      node = children[2 * node + bitAt(words, length)] ?? none;
    } while (node !== none);
    return this.#entries[bestNode]?.[0];
  }

  /** Every entry whose range contains the first `length` bits of these words; the widest range first. */
  around(words: ArrayLike<number>, length: number): Entry[] {
    const found: Entry[] = [];
    let node = root;
    do {
      if (this.#lengthOf(node) > length || !this.#contains(node, words, this.#lengthOf(node))) {
        break;
      }
      found.push(...(this.#entries[node] ?? []));
      node = this.#child(node, bitAt(words, this.#lengthOf(node)));
    } while (node !== none);
    return found;
  }

  /**
   * All addresses in ascending order, cut where another entry may begin to decide. A cut may be told twice: the later word
   * counts. `start` is the caller's only during the call.
   */
  forEachRegion(tell: (start: Int32Array, deciding: Entry | undefined) => void): void {
    const start = new Int32Array(4);
    const visit = (node: number, around: Entry | undefined): void => {
      const own = this.#entries[node]?.[0];
      const deciding = own && (!around || own.rank <= around.rank) ? own : around;
      if (own || node === root) {
        this.#copyWords(node, start);
        tell(start, deciding);
      }
      for (let side = 0; side < 2; side += 1) {
        const child = this.#child(node, side);
        if (child !== none) {
          visit(child, deciding);
          if (this.#firstAfter(child, start)) {
            tell(start, deciding);
          }
        }
      }
    };
    visit(root, undefined);
  }

  /** The node of exactly this range, made where it is missing. */
  #nodeOf({ words, length }: IpRange): number {
    let parent = root;
    while (this.#lengthOf(parent) !== length) {
      const side = bitAt(words, this.#lengthOf(parent));
      const child = this.#child(parent, side);
      if (child === none) {
        const leaf = this.#allocate(words, length);
        this.#children[2 * parent + side] = leaf;
        return leaf;
      }
      const shared = Math.min(this.#commonBits(child, words), this.#lengthOf(child), length);
      if (shared < this.#lengthOf(child)) {
        const between = this.#allocate(words, shared);
        this.#children[2 * between + this.#bitOf(child, shared)] = child;
        this.#children[2 * parent + side] = between;
        parent = between;
      } else {
        parent = child;
      }
    }
    return parent;
  }

  /** A node that neither decides nor branches gives its place to what is below it; its parent may then be such a node. */
  #prune(emptied: number, path: number[]): void {
    let node = emptied;
    for (let parent = path.pop(); parent !== undefined && this.#ranks[node] === noRank; parent = path.pop()) {
      const [zero, one] = [this.#child(node, 0), this.#child(node, 1)];
      if (zero !== none && one !== none) {
        return;
      }
      const side = this.#child(parent, 0) === node ? 0 : 1;
      this.#children[2 * parent + side] = zero === none ? one : zero;
      this.#free.push(node);
      node = parent;
    }
  }

  #allocate(words: IpRange['words'], length: number): number {
    const node = this.#free.pop() ?? this.#entries.length;
    if (node === this.#lengths.length) {
      this.#grow();
    }
    this.#children.fill(none, 2 * node, 2 * node + 2);
    for (const [index, word] of words.entries()) {
      const bits = length - 32 * index;
      this.#words[4 * node + index] = bits >= 32 ? word : bits <= 0 ? 0 : word & (-1 << (32 - bits));
    }
    this.#lengths[node] = length;
    this.#setEntries(node, []);
    return node;
  }

  #grow(): void {
    const capacity = 2 * this.#lengths.length;
    const [children, lengths, ranks, words] = [this.#children, this.#lengths, this.#ranks, this.#words];
    this.#children = new Int32Array(2 * capacity);
    this.#children.set(children);
    this.#lengths = new Uint8Array(capacity);
    this.#lengths.set(lengths);
    this.#ranks = new Uint8Array(capacity).fill(noRank);
    this.#ranks.set(ranks);
    this.#words = new Int32Array(4 * capacity);
    this.#words.set(words);
  }

  #setEntries(node: number, entries: readonly Entry[]): void {
    this.#entries[node] = entries;
    this.#ranks[node] = entries[0]?.rank ?? noRank;
  }

  #child(node: number, side: number): number {
    return this.#children[2 * node + side] ?? none;
  }

  #lengthOf(node: number): number {
    return this.#lengths[node] ?? 0;
  }

  #wordOf(node: number, index: number): number {
    return this.#words[4 * node + index] ?? 0;
  }

  #bitOf(node: number, index: number): number {
    return (this.#wordOf(node, index >>> 5) >>> (31 - (index & 31))) & 1;
  }

  /** Whether the first `length` bits of the words are the node's. */
  #contains(node: number, words: ArrayLike<number>, length: number): boolean {
    let index = 0;
    for (let bits = length; bits > 0; bits -= 32) {
      const different = (words[index] ?? 0) ^ this.#wordOf(node, index);
      if (bits >= 32 ? different !== 0 : different >>> (32 - bits) !== 0) {
        return false;
      }
      index += 1;
    }
    return true;
  }

  #copyWords(node: number, into: Int32Array): void {
    for (let index = 0; index < 4; index += 1) {
      into[index] = this.#wordOf(node, index);
    }
  }

  /** The address that follows a node's range; false when its range is the last one. */
  #firstAfter(node: number, into: Int32Array): boolean {
    const last = this.#lengthOf(node) - 1;
    this.#copyWords(node, into);
    let added = 1 << (31 - (last & 31));
    for (let index = last >>> 5; index >= 0; index -= 1) {
      const sum = ((into[index] ?? 0) >>> 0) + (added >>> 0);
      into[index] = sum;
      if (sum <= 0xffff_ffff) {
        return true;
      }
      added = 1;
    }
    return false;
  }

  #commonBits(node: number, words: IpRange['words']): number {
    for (const [index, word] of words.entries()) {
      const different = word ^ this.#wordOf(node, index);
      if (different !== 0) {
        return 32 * index + Math.clz32(different);
      }
    }
    return 128;
  }
}

/** The bit after the first `index` ones. */
function bitAt(words: ArrayLike<number>, index: number): number {
  return ((words[index >>> 5] ?? 0) >>> (31 - (index & 31))) & 1;
}
