/** What an operator does to the lists: look ahead, apply, take back. Each act is stored and audited before it is in force. */
import {
  type AccessAuditedChange,
  type AccessConflict,
  type AccessUndoPreview,
  accessKey,
} from '../contract/access.ts';
import { ContractError, issueAt } from '../contract/errors.ts';
import { type Phrase, phrase } from '../contract/phrase.ts';
import { type EntryChange, inWords } from './access-audit.ts';
import type { ListedEntry } from './access-entry.ts';
import type { AccessJournal, JournalDraft } from './access-journal.ts';
import type { AccessStore } from './access-store.ts';
import type { AccessTable } from './access-table.ts';
import type { ChangeMarks } from './change-marks.ts';
import { type ParsedAccessChange, planChange, tallyOf } from './change-plan.ts';
import { parseIpRange } from './ip-range.ts';
import { RangeIndex } from './range-index.ts';
import { planUndo } from './undo-plan.ts';

export interface OperatorParts {
  /** As it is now. */
  readonly table: () => AccessTable;
  readonly store: AccessStore;
  readonly journal: AccessJournal;
  readonly marks: ChangeMarks;
  readonly nowMs: () => number;
  readonly revision: () => number;
  /** By the table as it is. */
  readonly isAllowed: (ip: string) => boolean;
  readonly unknownAllowed: () => boolean;
  /** Brings planned changes into force. */
  readonly make: (changes: readonly EntryChange[], reason: string) => void;
}

export interface Foreseen {
  /** Whether an IP that may be dialled now may not be afterwards. */
  newlyBlocked(ip: string): boolean;
}

export interface Applied {
  readonly revision: number;
  readonly added: number;
  readonly removed: number;
  /** In the audit; null when nothing changed. */
  readonly changeId: number | null;
}

/** What a program may leave out of a change. */
export type GivenChange = Pick<ParsedAccessChange, 'add' | 'remove'> & Partial<ParsedAccessChange>;

const mostConflicts = 1_000;
const mostShown = 200;

export class OperatorActs {
  readonly #parts: OperatorParts;

  constructor(parts: OperatorParts) {
    this.#parts = parts;
  }

  /** @throws ContractError `invalid-input` as {@link apply} does, but for entries that somebody else has removed. */
  preview(change: GivenChange): Foreseen & { conflicts: AccessConflict[] } {
    const conflicts = this.#conflicts(change);
    const plan = this.#plan(this.#withoutGone(change));
    return { ...this.#foresee(plan.changes), conflicts };
  }

  /** @throws ContractError `invalid-input` with an issue per fault, `conflict` with one per entry, `refused`. */
  apply(change: GivenChange): Promise<Applied> {
    return this.#act(change.reason ?? '', null, () => {
      const conflicts = this.#conflicts(change);
      if (conflicts.length > 0) {
        throw conflictError(conflicts);
      }
      return this.#plan(change).changes;
    });
  }

  async previewUndo(
    changeId: number,
  ): Promise<Foreseen & Omit<AccessUndoPreview, 'closesConnections' | 'ofThemLeased'>> {
    const { changes: audited } = await this.#parts.journal.read(changeId);
    const { changes, left } = this.#planUndo(audited);
    return {
      ...this.#foresee(changes),
      total: changes.length,
      changes: changes.slice(0, mostShown).map(inWords),
      left: left.slice(0, mostConflicts),
    };
  }

  /** @throws ContractError `not-found`; `conflict` when not all, or nothing at all, can be taken back; `refused`. */
  async undo(changeId: number, partial: boolean): Promise<Applied> {
    const { changes: audited, record } = await this.#parts.journal.read(changeId);
    const reason = `undo of change ${changeId}${record.reason === '' ? '' : `: ${record.reason}`}`;
    return this.#act(reason, changeId, () => {
      const { changes, left } = this.#planUndo(audited);
      const [first] = left;
      if (first && (!partial || changes.length === 0)) {
        const code = changes.length === 0 ? 'undo.nothing-left' : 'undo.not-all';
        const told = phrase(code, { value: first.at, why: first.phrase ?? first.message });
        throw new ContractError('conflict', told, left.slice(0, mostConflicts));
      }
      return changes;
    });
  }

  #act(reason: string, undoes: number | null, plan: () => readonly EntryChange[]): Promise<Applied> {
    const { store, journal, table, make, revision } = this.#parts;
    return store.update(() => {
      const changes = plan();
      let draft: JournalDraft | null = null;
      return {
        records: table().recordsAfter(changes),
        async prepare() {
          draft = changes.length === 0 ? null : await journal.begin('operator', reason, changes.map(inWords), undoes);
        },
        async abandon() {
          if (draft) {
            await journal.withdraw(draft);
          }
        },
        commit() {
          make(changes, reason);
          return { revision: revision(), ...tallyOf(changes), changeId: draft && journal.confirm(draft) };
        },
      };
    });
  }

  #plan(change: Pick<ParsedAccessChange, 'add' | 'remove'>) {
    return planChange(change, (key) => this.#parts.table().get(key), this.#parts.nowMs());
  }

  #planUndo(audited: readonly AccessAuditedChange[]) {
    return planUndo(audited, (key) => this.#parts.table().get(key), this.#parts.nowMs());
  }

  #foresee(changes: readonly EntryChange[]): Foreseen {
    const { table, isAllowed, unknownAllowed } = this.#parts;
    const removed = new Set(changes.flatMap(({ before }) => before ?? []));
    const added = new RangeIndex<ListedEntry>();
    for (const { after } of changes) {
      if (after) {
        added.add(after);
      }
    }
    return {
      newlyBlocked: (ip) => {
        const kept = table().find(ip, removed);
        const fresh = added.find(ip);
        const deciding = kept && fresh ? (fresh.rank <= kept.rank ? fresh : kept) : (fresh ?? kept);
        return isAllowed(ip) && !(deciding?.verdict.allowed ?? unknownAllowed());
      },
    };
  }

  /** Entries of the change that a person changed since it was made, or that are gone by whatever hand. */
  #conflicts({ add, remove, expectedRevision = null }: GivenChange): AccessConflict[] {
    if (expectedRevision === null) {
      return [];
    }
    const { table, marks, revision, nowMs } = this.#parts;
    // A revision of an earlier run says nothing about this one's.
    const since = Math.min(expectedRevision, revision());
    const conflicts = new Map<string, AccessConflict>();
    const look = (text: string, isAsWanted: (value: string) => boolean, gone: (value: string) => boolean): void => {
      const value = canonicalOrNull(text);
      if (value === null || conflicts.has(value) || conflicts.size >= mostConflicts || isAsWanted(value)) {
        return;
      }
      const mark = marks.since(value, since);
      const byPerson = mark !== null && mark.who !== 'automaton' && mark.who !== 'clock';
      if (byPerson || gone(value)) {
        const who = mark?.who ?? 'operator';
        conflicts.set(value, {
          value,
          who,
          atMs: mark?.atMs ?? nowMs(),
          now: table()
            .named(value)
            .map((it) => it.toWords()),
        });
      }
    };
    for (const { list, value, note, expiresAtMs } of add) {
      const isAsWanted = (text: string): boolean => {
        const there = table().get(accessKey(list, 'operator', text));
        return there?.note === note && there.expiresAtMs === expiresAtMs;
      };
      look(value, isAsWanted, () => false);
    }
    for (const { list, value, origin } of remove) {
      look(
        value,
        () => false,
        (text) => !table().get(accessKey(list, origin, text)),
      );
    }
    return [...conflicts.values()];
  }

  #withoutGone(change: GivenChange): Pick<ParsedAccessChange, 'add' | 'remove'> {
    if (change.expectedRevision == null) {
      return change;
    }
    const isThere = ({ list, value, origin }: ParsedAccessChange['remove'][number]): boolean => {
      const text = canonicalOrNull(value);
      return text === null || this.#parts.table().get(accessKey(list, origin, text)) !== undefined;
    };
    return { add: change.add, remove: change.remove.filter(isThere) };
  }
}

function conflictError(conflicts: readonly AccessConflict[]): ContractError {
  const issues = conflicts.map(({ value, who, now }) =>
    issueAt(value, phrase('change.changed-meanwhile', { who, now: whereItIs(now) })),
  );
  const entries = conflicts.length;
  const told = entries === 1 ? phrase('change.conflict') : phrase('change.conflicts', { entries });
  return new ContractError('conflict', told, issues);
}

function whereItIs(now: AccessConflict['now']): Phrase {
  const places = now.map(({ list, origin }) => phrase('change.on-list', { list, origin }));
  return places.length === 0
    ? phrase('change.on-no-list')
    : places.reduceRight((more, one) => phrase('change.on-lists', { one, more }));
}

function canonicalOrNull(text: string): string | null {
  try {
    return parseIpRange(text).text;
  } catch (error) {
    if (error instanceof RangeError) {
      return null;
    }
    throw error;
  }
}
