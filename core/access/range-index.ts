/**
 * Which entry decides about an IP. Single addresses are found by their text in a hash map, ranges of each family in a trie.
 * Both take one change at a time, so a list that grows by one address per validated IP costs no rebuild, and a lookup
 * parses no rule and allocates nothing. Ranges that are asked often between two changes are asked of a table instead.
 */
import { DecisionTable } from './decision-table.ts';
import { type IpRange, isSingleAddress, parseIpRange, readAddressWords } from './ip-range.ts';
import { noRank, PrefixTrie, type RankedEntry } from './prefix-trie.ts';

export class RangeIndex<Entry extends RankedEntry> {
  /** Best rank first. */
  readonly #singles = new Map<string, readonly Entry[]>();
  readonly #ipv4 = new FamilyRanges<Entry>(4);
  readonly #ipv6 = new FamilyRanges<Entry>(6);
  readonly #words = new Int32Array(4);

  add(entry: Entry): void {
    const { text, family } = entry.range;
    if (isSingleAddress(entry.range)) {
      const present = this.#singles.get(text) ?? [];
      this.#singles.set(text, present.length === 0 ? [entry] : [...present, entry].toSorted((a, b) => a.rank - b.rank));
    } else {
      this.#rangesOf(family).add(entry);
    }
  }

  /** The very entry that was added. False when it is not there. */
  delete(entry: Entry): boolean {
    const { text, family } = entry.range;
    if (!isSingleAddress(entry.range)) {
      return this.#rangesOf(family).delete(entry);
    }
    const present = this.#singles.get(text) ?? [];
    const left = present.filter((other) => other !== entry);
    if (left.length === 0) {
      this.#singles.delete(text);
    } else {
      this.#singles.set(text, left);
    }
    return left.length < present.length;
  }

  /**
   * The entry that decides about `ip` (canonical): of all that contain it the one of the lowest rank, and of equal ranks
   * the narrowest; undefined when none does. Entries in `skip` are looked through.
   */
  find(ip: string, skip?: ReadonlySet<Entry>): Entry | undefined {
    if (skip && skip.size > 0) {
      return this.around(parseIpRange(ip)).find((entry) => !skip.has(entry));
    }
    const single = this.#singles.get(ip)?.[0];
    const range = this.#rangesAround(ip)?.find(this.#words);
    return single && (!range || single.rank <= range.rank) ? single : range;
  }

  /** The rank of that entry, {@link noRank} when there is none; quicker than to find it. */
  rankOf(ip: string): number {
    const range = this.#rangesAround(ip)?.rankOf(this.#words) ?? noRank;
    return this.#singles.size === 0 ? range : Math.min(range, this.#singles.get(ip)?.[0]?.rank ?? noRank);
  }

  /** Every entry whose range is this one or contains it, in the order in which they decide. */
  around({ text, family, words, length }: IpRange): Entry[] {
    const singles = this.#singles.get(text) ?? [];
    const ranges = this.#rangesOf(family).around(words, length);
    return [...singles, ...ranges.toReversed()].sort((a, b) => a.rank - b.rank);
  }

  #rangesOf(family: 4 | 6): FamilyRanges<Entry> {
    return family === 4 ? this.#ipv4 : this.#ipv6;
  }

  /** The ranges to look among for what contains this IP, whose words it reads; null when there is nothing to find. */
  #rangesAround(ip: string): FamilyRanges<Entry> | null {
    if (this.#ipv4.size === 0 && this.#ipv6.size === 0) {
      return null;
    }
    const family = readAddressWords(ip, this.#words);
    return family === 0 ? null : this.#rangesOf(family);
  }
}

/** The table takes as long to make as so many lookups in the trie take for each range. */
const lookupsPerRange = 2;

/** Ranges of one family: a trie that changes, and a table of what it says once it has not changed for many lookups. */
class FamilyRanges<Entry extends RankedEntry> {
  readonly #family: 4 | 6;
  readonly #trie = new PrefixTrie<Entry>();
  #table: DecisionTable<Entry> | null = null;
  #lookups = 0;

  constructor(family: 4 | 6) {
    this.#family = family;
  }

  get size(): number {
    return this.#trie.size;
  }

  add(entry: Entry): void {
    this.#trie.add(entry);
    this.#changed();
  }

  delete(entry: Entry): boolean {
    this.#changed();
    return this.#trie.delete(entry);
  }

  find(words: Int32Array): Entry | undefined {
    return this.#table ? this.#table.find(words) : this.#search(words);
  }

  rankOf(words: Int32Array): number {
    return this.#table ? this.#table.rankOf(words) : (this.#search(words)?.rank ?? noRank);
  }

  around(words: ArrayLike<number>, length: number): Entry[] {
    return this.#trie.around(words, length);
  }

  #changed(): void {
    this.#table = null;
    this.#lookups = 0;
  }

  #search(words: Int32Array): Entry | undefined {
    this.#lookups += 1;
    if (this.#lookups > lookupsPerRange * this.#trie.size) {
      this.#table = new DecisionTable(this.#trie, this.#family);
    }
    return this.#trie.find(words);
  }
}
