/** Access lists that live in memory. Parsing is the engine's work; this does just enough of it to be used. */
import ipaddr from 'ipaddr.js';
import type { AccessEntry, AccessFrame, AccessParsed, AccessRemoval } from '../../../core/contract/access.ts';
import { ipRange } from '../../store/ip-key.ts';
import type { Random } from './fake-random.ts';

export class FakeAccess {
  revision = 1;
  fileIssues: AccessFrame['fileIssues'] = [];
  #entries: AccessEntry[] = [];

  get entries(): readonly AccessEntry[] {
    return this.#entries;
  }

  frame(): AccessFrame {
    return {
      revision: this.revision,
      whitelistMode: 'prefer',
      entries: this.#entries,
      fileIssues: this.fileIssues,
      file: '/home/operator/.config/hotpool-console/access-lists.toml',
    };
  }

  put(entries: readonly AccessEntry[]): void {
    const keyOf = (entry: AccessEntry): string => `${entry.list} ${entry.origin} ${entry.value}`;
    const replaced = new Set(entries.map(keyOf));
    this.#entries = [...entries, ...this.#entries.filter((entry) => !replaced.has(keyOf(entry)))];
    this.revision += 1;
  }

  remove(removals: readonly AccessRemoval[]): number {
    const gone = new Set(removals.map((entry) => `${entry.list} ${entry.origin} ${entry.value}`));
    const before = this.#entries.length;
    this.#entries = this.#entries.filter((entry) => !gone.has(`${entry.list} ${entry.origin} ${entry.value}`));
    this.revision += 1;
    return before - this.#entries.length;
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
  }

  covers(value: string, ip: string): boolean {
    return value === ip || (ipRange(value)?.contains(ip) ?? false);
  }

  isBlocked(ip: string): boolean {
    return this.#entries.some((entry) => entry.list === 'black' && this.covers(entry.value, ip));
  }

  parse(text: string): AccessParsed {
    const parsed: AccessParsed = { entries: [], issues: [] };
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

function canonical(word: string): string | null {
  if (ipaddr.isValidCIDR(word)) {
    const [address, bits] = ipaddr.parseCIDR(word);
    return `${address.toString()}/${bits}`;
  }
  return ipaddr.IPv4.isValidFourPartDecimal(word) || ipaddr.IPv6.isValid(word) ? ipaddr.parse(word).toString() : null;
}
