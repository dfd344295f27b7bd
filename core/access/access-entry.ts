/** One entry of the lists in the engine, and the order in which entries decide. */
import {
  type AccessEntry,
  type AccessListName,
  type AccessOrigin,
  type AccessWords,
  accessKey,
} from '../contract/access.ts';
import type { AccessVerdict } from './access-policy.ts';
import { type IpRange, parseIpRange } from './ip-range.ts';

/** What is kept of an entry on disk. Config entries are not: they come anew from the configuration at each start. */
export interface AccessRecord {
  readonly list: AccessListName;
  /** Canonical. */
  readonly value: string;
  readonly origin: Exclude<AccessOrigin, 'config'>;
  readonly note: string;
  readonly addedAtMs: number;
  /** null: never. */
  readonly expiresAtMs: number | null;
  /** The hosts that earned an automatic ban, by their canonical names; it holds for no others. Left out: for all. */
  readonly hosts?: readonly string[] | undefined;
}

/** Best first: within one origin black goes before white, and what a person said goes before what an automaton found. */
const originOrder: readonly AccessOrigin[] = ['operator', 'file', 'config', 'automatic'];
const listOrder: readonly AccessListName[] = ['black', 'white'];

/** 0 is the best. */
function rankOf(origin: AccessOrigin, list: AccessListName): number {
  return 2 * originOrder.indexOf(origin) + listOrder.indexOf(list);
}

/** The list that an entry of this rank is on; null for a rank that no entry has. */
export function listOfRank(rank: number): AccessListName | null {
  return rank < 2 * originOrder.length ? ((rank & 1) === 0 ? 'black' : 'white') : null;
}

export class ListedEntry {
  readonly list: AccessListName;
  readonly range: IpRange;
  readonly origin: AccessOrigin;
  readonly note: string;
  readonly addedAtMs: number;
  /** Empty: it holds for every host. */
  readonly hosts: readonly string[];
  #expiresAtMs: number | null;
  #record: AccessRecord | null = null;
  hits = 0;
  lastHitAtMs: number | null = null;
  readonly rank: number;
  readonly key: string;
  /** Made once, so that a lookup allocates nothing. */
  readonly verdict: AccessVerdict;

  /** @throws RangeError when its value is no IP and no CIDR. */
  static of(words: AccessRecord | AccessWords): ListedEntry {
    return new ListedEntry(words.list, parseIpRange(words.value), words.origin, words);
  }

  constructor(
    list: AccessListName,
    range: IpRange,
    origin: AccessOrigin,
    said: Pick<AccessRecord, 'note' | 'addedAtMs' | 'expiresAtMs' | 'hosts'>,
  ) {
    this.list = list;
    this.range = range;
    this.origin = origin;
    this.note = said.note;
    this.addedAtMs = said.addedAtMs;
    this.hosts = said.hosts ?? [];
    this.#expiresAtMs = said.expiresAtMs;
    this.rank = rankOf(origin, list);
    this.key = accessKey(list, origin, range.text);
    this.verdict = { allowed: list === 'white', list, rule: { value: range.text, origin } };
  }

  /** null: never. */
  get expiresAtMs(): number | null {
    return this.#expiresAtMs;
  }

  /** For automatic entries, which last longer or less long than was said; every other change is a new entry. */
  setExpiry(expiresAtMs: number): void {
    this.#expiresAtMs = expiresAtMs;
    this.#record = null;
  }

  /** As the console sees it. */
  toRow(): AccessEntry {
    return { ...this.toWords(), hits: this.hits, lastHitAtMs: this.lastHitAtMs };
  }

  /** As the audit keeps it. */
  toWords(): AccessWords {
    const { list, origin, note, addedAtMs, expiresAtMs } = this;
    return { list, value: this.range.text, origin, note, addedAtMs, expiresAtMs, ...this.#forHosts() };
  }

  /** As it is kept on disk; null for a config entry. The same object until it says something else. */
  toRecord(): AccessRecord | null {
    const { list, origin, note, addedAtMs, expiresAtMs } = this;
    if (origin === 'config') {
      return null;
    }
    this.#record ??= { list, value: this.range.text, origin, note, addedAtMs, expiresAtMs, ...this.#forHosts() };
    return this.#record;
  }

  #forHosts(): { hosts?: string[] } {
    return this.hosts.length === 0 ? {} : { hosts: [...this.hosts] };
  }
}
