/**
 * Which entry decides about an IP. Single addresses are found by their text in a hash map, ranges in a trie for each
 * family. Both take one change at a time, so a list that grows by one address per validated IP costs no rebuild, and a
 * lookup parses no rule and allocates nothing.
 */
import { isSingleAddress, readAddressWords } from './ip-range.ts';
import { PrefixTrie, type RankedEntry } from './prefix-trie.ts';

export class RangeIndex<Entry extends RankedEntry> {
  /** Best rank first. */
  readonly #singles = new Map<string, readonly Entry[]>();
  readonly #ranges = { 4: new PrefixTrie<Entry>(), 6: new PrefixTrie<Entry>() };
  readonly #words = new Int32Array(4);

  add(entry: Entry): void {
    const { text, family } = entry.range;
    if (isSingleAddress(entry.range)) {
      const present = this.#singles.get(text) ?? [];
      this.#singles.set(text, present.length === 0 ? [entry] : [...present, entry].toSorted((a, b) => a.rank - b.rank));
    } else {
      this.#ranges[family].add(entry);
    }
  }

  /** The very entry that was added. False when it is not there. */
  delete(entry: Entry): boolean {
    const { text, family } = entry.range;
    if (!isSingleAddress(entry.range)) {
      return this.#ranges[family].delete(entry);
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
    const singles = this.#singles.get(ip);
    const single = skip ? singles?.find((entry) => !skip.has(entry)) : singles?.[0];
    if (this.#ranges[4].size === 0 && this.#ranges[6].size === 0) {
      return single;
    }
    const family = readAddressWords(ip, this.#words);
    const range = family === 0 ? undefined : this.#ranges[family].find(this.#words, skip);
    return single && (!range || single.rank <= range.rank) ? single : range;
  }
}
