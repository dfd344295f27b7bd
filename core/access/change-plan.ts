/** What an operator's change means for the entries that are there; nothing is done here. */
import type { z } from 'zod';
import { PhraseError } from '../base/phrase-error.ts';
import { type accessChangeSchema, accessKey } from '../contract/access.ts';
import { ContractError, type ContractIssue, issueAt } from '../contract/errors.ts';
import { phrase } from '../contract/phrase.ts';
import type { EntryChange } from './access-audit.ts';
import { ListedEntry } from './access-entry.ts';
import { type IpRange, parseIpRange } from './ip-range.ts';

/** A change as the contract's schema gives it, defaults filled in. */
export type ParsedAccessChange = z.output<typeof accessChangeSchema>;

export interface ChangePlan {
  /** At most one per entry. */
  readonly changes: readonly EntryChange[];
  readonly added: number;
  readonly removed: number;
}

/** The last moment that a date of four digits can say. */
const latestExpiryMs = Date.UTC(10_000, 0, 1) - 1;
/** Further faults are the same fault to who reads them. */
const mostIssues = 1_000;

/**
 * @throws ContractError `invalid-input` naming every fault by its path in the change: a value that is no IP or CIDR, a
 *   removal of what is not there, an expiry that is over.
 */
export function planChange(
  change: Pick<ParsedAccessChange, 'add' | 'remove'>,
  find: (key: string) => ListedEntry | undefined,
  nowMs: number,
): ChangePlan {
  const issues: ContractIssue[] = [];
  const changes = new Map<string, EntryChange>();

  for (const [index, { list, value, origin }] of change.remove.entries()) {
    const range = readRange(value, `remove.${index}.value`, issues);
    if (!range) {
      continue;
    }
    const key = accessKey(list, origin, range.text);
    const before = find(key);
    if (before) {
      changes.set(key, { before, after: null });
    } else {
      issues.push(issueAt(`remove.${index}.value`, phrase('change.gone', { value: range.text, list, origin })));
    }
  }

  for (const [index, { list, value, note, expiresAtMs }] of change.add.entries()) {
    const range = readRange(value, `add.${index}.value`, issues);
    if (!range) {
      continue;
    }
    if (expiresAtMs !== null && !(expiresAtMs > nowMs && expiresAtMs <= latestExpiryMs)) {
      issues.push(issueAt(`add.${index}.expiresAtMs`, phrase('change.expiry', { value: range.text })));
      continue;
    }
    const key = accessKey(list, 'operator', range.text);
    const before = find(key) ?? null;
    const after = new ListedEntry(list, range, 'operator', {
      note,
      addedAtMs: before?.addedAtMs ?? nowMs,
      expiresAtMs: expiresAtMs && Math.round(expiresAtMs),
    });
    changes.set(key, { before, after });
  }

  if (issues.length > 0) {
    const first = issues[0]?.phrase ?? '';
    const told =
      issues.length === 1
        ? phrase('change.fault', { first })
        : phrase('change.faults', { faults: issues.length, first });
    throw new ContractError('invalid-input', told, issues.slice(0, mostIssues));
  }
  const real = [...changes.values()].filter(({ before, after }) => !(before && after && sameWords(before, after)));
  return { changes: real, ...tallyOf(real) };
}

export function tallyOf(changes: readonly EntryChange[]): { added: number; removed: number } {
  const added = changes.reduce((count, { after }) => count + Number(after !== null), 0);
  return { added, removed: changes.length - added };
}

function sameWords(a: ListedEntry, b: ListedEntry): boolean {
  return a.note === b.note && a.expiresAtMs === b.expiresAtMs;
}

function readRange(value: string, at: string, issues: ContractIssue[]): IpRange | null {
  try {
    return parseIpRange(value);
  } catch (error) {
    if (!(error instanceof PhraseError)) {
      throw error;
    }
    issues.push(issueAt(at, error.phrase));
    return null;
  }
}
