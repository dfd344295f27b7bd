/** What comes to the lists from outside the console, as changes of its entries: the configuration, and hand edits of the file. */
import { type AccessListName, accessKey } from '../contract/access.ts';
import type { EntryChange } from './access-audit.ts';
import { ListedEntry } from './access-entry.ts';
import type { HandEdit } from './access-store.ts';
import type { AccessTable } from './access-table.ts';
import { parseIpRange } from './ip-range.ts';

/**
 * Makes the entries of the configuration those of `wanted`.
 * @throws RangeError at a value that is no IP and no CIDR.
 */
export function planConfigEntries(
  table: AccessTable,
  wanted: Readonly<Record<AccessListName, readonly string[]>>,
  nowMs: number,
): EntryChange[] {
  const entries = new Map<string, ListedEntry>();
  for (const list of ['white', 'black'] as const) {
    for (const value of wanted[list]) {
      const said = { note: '', addedAtMs: nowMs, expiresAtMs: null };
      const entry = new ListedEntry(list, parseIpRange(value), 'config', said);
      entries.set(entry.key, entry);
    }
  }
  const changes: EntryChange[] = [];
  for (const entry of table.values()) {
    if (entry.origin === 'config' && !entries.delete(entry.key)) {
      changes.push({ before: entry, after: null });
    }
  }
  return changes.concat(Array.from(entries.values(), (after) => ({ before: null, after })));
}

/** Whoever dates an entry back ends it. */
export function planHandEdit(table: AccessTable, { put, removed }: HandEdit, nowMs: number): EntryChange[] {
  const changes: EntryChange[] = [];
  for (const { list, origin, value } of removed) {
    const before = table.get(accessKey(list, origin, value));
    if (before) {
      changes.push({ before, after: null });
    }
  }
  for (const record of put) {
    const after = ListedEntry.of(record);
    const before = table.get(after.key) ?? null;
    const isOver = record.expiresAtMs !== null && record.expiresAtMs <= nowMs;
    if (before || !isOver) {
      changes.push({ before, after: isOver ? null : after });
    }
  }
  return changes;
}
