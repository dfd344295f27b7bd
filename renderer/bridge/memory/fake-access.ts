/** Access lists that live in memory. Parsing is the engine's work; this does just enough of it to be used. */
import ipaddr from 'ipaddr.js';
import {
  type AccessAuditRecord,
  type AccessEntry,
  type AccessExplanation,
  type AccessFrame,
  type AccessParsed,
  type AccessRemoval,
  type AccessWords,
  accessKey,
} from '../../../core/contract/access.ts';
import { accessReasons } from '../../../core/contract/access-reasons.ts';
import { phrase } from '../../../core/contract/phrase.ts';
import { ipRange } from '../../base/ip-key.ts';
import type { Random } from './fake-random.ts';

export class FakeAccess {
  revision = 1;
  fileIssues: AccessFrame['fileIssues'] = [];
  fileGone = false;
  readonly records: AccessAuditRecord[] = [];
  #entries: AccessEntry[] = [];

  get entries(): readonly AccessEntry[] {
    return this.#entries;
  }

  /** A whole picture: there are few entries here. */
  frame(): AccessFrame {
    return {
      reset: true,
      total: this.#entries.length,
      revision: this.revision,
      whitelistMode: 'prefer',
      upserts: this.#entries,
      removes: [],
      fileIssues: this.fileIssues,
      moreFileIssues: 0,
      fileGone: this.fileGone,
      file: '/home/operator/.config/hotpool-console/access-lists.toml',
    };
  }

  put(entries: readonly AccessEntry[]): void {
    const replaced = new Set(entries.map(keyOf));
    this.#entries = [...entries, ...this.#entries.filter((entry) => !replaced.has(keyOf(entry)))];
    this.revision += 1;
  }

  remove(removals: readonly AccessRemoval[]): AccessEntry[] {
    const gone = new Set(removals.map(keyOf));
    const removed = this.#entries.filter((entry) => gone.has(keyOf(entry)));
    this.#entries = this.#entries.filter((entry) => !gone.has(keyOf(entry)));
    this.revision += 1;
    return removed;
  }

  /** The operator's change, in the audit. */
  apply(added: readonly AccessEntry[], removals: readonly AccessRemoval[], now: number, reason = '', undoes?: number) {
    const before = new Map(this.#entries.map((entry) => [keyOf(entry), entry]));
    const removed = this.remove(removals);
    this.put(added);
    const changes = [
      ...removed.map((entry) => ({ before: entry, after: null })),
      ...added.map((entry) => ({ before: before.get(keyOf(entry)) ?? null, after: entry })),
    ];
    const id = this.records.length + 1;
    const record = { id, atMs: now, who: 'operator', reason, total: changes.length, changes } as const;
    this.records.push({ ...record, changes: [...changes], undoes: undoes ?? null, undoneBy: null, undoObstacle: null });
    const undone = this.records.find((one) => one.id === undoes);
    if (undone) {
      undone.undoneBy = id;
    }
    return { revision: this.revision, added: added.length, removed: removed.length, changeId: id };
  }

  undo(changeId: number, now: number) {
    const changes = this.records.find(({ id }) => id === changeId)?.changes ?? [];
    const back = changes.flatMap(({ before }) => (before ? { ...before, hits: 0, lastHitAtMs: null } : []));
    const away = changes.flatMap(({ before, after }) =>
      after && !before && after.origin !== 'config' ? { ...after, origin: after.origin } : [],
    );
    return this.apply(back, away, now, `undo of change ${changeId}`, changeId);
  }

  explain(value: string): AccessExplanation {
    const rules = this.#entries
      .filter((entry) => this.covers(entry.value, value))
      .map((entry, index) => ({ ...entry, why: index === 0 ? 'decides' : 'outranked' }));
    const list = rules[0]?.list ?? null;
    const text = list === 'black' ? 'Is blocked.' : 'May be dialled.';
    const inside = { allowed: 0, blocked: 0, entries: [] };
    return { value, allowed: list !== 'black', list, hosts: [], rules, inside, text };
  }

  /** Entries of every origin to begin with: `automatic` of the given IPs, and a few others. None at all for 0. */
  seed(ips: readonly string[], automatic: number, now: number, random: Random): void {
    if (automatic === 0) {
      return;
    }
    const entry = (
      list: AccessEntry['list'],
      value: string,
      origin: AccessEntry['origin'],
      note: string,
    ): AccessEntry => ({
      list,
      value,
      origin,
      note,
      addedAtMs: now - random() * 7_200_000,
      expiresAtMs: origin === 'automatic' ? now + (0.2 + random()) * 20 * 3_600_000 : null,
      hits: Math.round(random() ** 2 * 2_900),
      lastHitAtMs: now - random() * 60_000,
    });
    const spare = (index: number): string => `198.18.${Math.floor(index / 250)}.${index % 250}`;
    this.put([
      entry('white', '127.0.1.0/28', 'operator', 'customer edge, keep'),
      entry('white', '2001:db8:2363::/48', 'file', 'partner range'),
      entry('black', '2001:db8:dead::/48', 'operator', 'abuse'),
      entry('black', '10.0.0.0/8', 'config', ''),
      entry('black', '127.0.45.179', 'automatic', '403, probe 3 of 8'),
      ...Array.from({ length: automatic }, (_, index) =>
        entry('white', ips[index] ?? spare(index), 'automatic', 'answered 200'),
      ),
    ]);
    this.#recordSeed(now);
  }

  /** How those entries came: one record for each of the sources, the last a minute ago. */
  #recordSeed(now: number): void {
    const authors = [
      ['config', accessReasons.configured, 'config'],
      ['file', accessReasons.edited, 'file'],
      ['automaton', accessReasons.validated, 'automatic'],
      ['operator', 'ticket 4471', 'operator'],
    ] as const;
    for (const [index, [who, reason, origin]] of authors.entries()) {
      const changes = this.#entries.filter((one) => one.origin === origin).map((after) => ({ before: null, after }));
      const atMs = now - (authors.length - index) ** 3 * 60_000;
      const total = changes.length;
      const undoObstacle = who === 'config' ? phrase('undo.config') : null;
      this.records.push({
        id: index + 1,
        atMs,
        who,
        reason,
        total,
        changes,
        undoes: null,
        undoneBy: null,
        undoObstacle,
      });
    }
  }

  covers(value: string, ip: string): boolean {
    return value === ip || (ipRange(value)?.contains(ip) ?? false);
  }

  isBlocked(ip: string): boolean {
    return this.#entries.some((entry) => entry.list === 'black' && this.covers(entry.value, ip));
  }

  parse(text: string): AccessParsed {
    const parsed: AccessParsed = { entries: [], repeats: [], repeated: 0, issues: [] };
    const seen = new Set<string>();
    for (const [index, line] of text.split('\n').entries()) {
      const [body = '', ...notes] = line.split('#');
      const words = body.split(/[\s,;]+/).filter(Boolean);
      for (const [position, word] of words.entries()) {
        const at = words.length > 1 ? `line ${index + 1}, entry ${position + 1}` : `line ${index + 1}`;
        const value = canonical(word);
        if (value === null) {
          parsed.issues.push({ at, message: `"${word}" is no IPv4, IPv6 or CIDR` });
        } else if (!seen.has(value)) {
          seen.add(value);
          parsed.entries.push({ line: index + 1, value, note: notes.join('#').trim() });
        }
      }
    }
    return parsed;
  }
}

function keyOf({ list, origin, value }: Pick<AccessWords, 'list' | 'origin' | 'value'>): string {
  return accessKey(list, origin, value);
}

function canonical(word: string): string | null {
  if (ipaddr.isValidCIDR(word)) {
    const [address, bits] = ipaddr.parseCIDR(word);
    return `${address.toString()}/${bits}`;
  }
  return ipaddr.IPv4.isValidFourPartDecimal(word) || ipaddr.IPv6.isValid(word) ? ipaddr.parse(word).toString() : null;
}
