/** What an operator does to the lists: look ahead, apply, take back. Each act is stored and audited before it is in force. */
import {
  type AccessAuditedChange,
  type AccessAuditRecord,
  type AccessConflict,
  type AccessPreview,
  type AccessUndoPreview,
  accessKey,
} from '../contract/access.ts';
import { undoReason } from '../contract/access-reasons.ts';
import { ContractError, issueAt } from '../contract/errors.ts';
import { type Phrase, phrase, type Told } from '../contract/phrase.ts';
import { type EntryChange, inWords } from './access-audit.ts';
import type { AccessJournal, JournalDraft } from './access-journal.ts';
import type { AccessStore } from './access-store.ts';
import type { AccessTable } from './access-table.ts';
import type { AuditPage, AuditQuery, JournalRecord } from './audit-query.ts';
import type { ChangeMarks } from './change-marks.ts';
import { type ParsedAccessChange, planChange, tallyOf } from './change-plan.ts';
import { type Findings, findDoubtful } from './findings.ts';
import { ForeseenTable } from './foreseen-table.ts';
import { parseIpRange } from './ip-range.ts';
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

/** Conflicts of a change from one of its lines on, the first of them listed. */
export type ConflictPage = Pick<AccessPreview, 'conflicts' | 'conflictCount' | 'nextConflict'>;

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
/** Of a change of more entries the log does not say that nothing of it can be taken back: that is found out when it is asked for. */
const mostLookedAt = 200;

export class OperatorActs {
  readonly #parts: OperatorParts;

  constructor(parts: OperatorParts) {
    this.#parts = parts;
  }

  /**
   * `conflictsFrom`: the line of the change, additions first, from which on conflicts are named.
   * @throws ContractError `invalid-input` as {@link apply} does, but for entries that somebody else has removed.
   */
  preview(change: GivenChange, conflictsFrom = 0): Foreseen & ConflictPage {
    const page = this.#conflicts(change, conflictsFrom);
    const plan = this.#plan(this.#withoutGone(change));
    return { ...this.#foresee(plan.changes), ...page };
  }

  /** Entries that the operator may not have meant, as the lists would be after the change. @throws as {@link preview} does. */
  findings(change: GivenChange | null, pause: () => Promise<void>): Promise<Findings> {
    const table = this.#parts.table();
    const changes = change === null ? [] : this.#plan(this.#withoutGone(change)).changes;
    return findDoubtful(new ForeseenTable(table, changes), pause);
  }

  /** @throws ContractError `invalid-input` with an issue per fault, `conflict` with one per entry, `refused`. */
  apply(change: GivenChange): Promise<Applied> {
    return this.#act(change.reason ?? '', null, () => {
      const page = this.#conflicts(change);
      if (page.conflictCount > 0) {
        throw conflictError(page);
      }
      return this.#plan(change).changes;
    });
  }

  /** The audit, newest first. `undoable`: those alone that an undo of the last change goes through. */
  async audit({
    undoable,
    ...query
  }: AuditQuery & { readonly undoable: boolean }): Promise<AuditPage<AccessAuditRecord>> {
    const { journal } = this.#parts;
    const holds = ({ undoes, undoneBy }: JournalRecord): boolean => !undoable || (undoes === null && undoneBy === null);
    const records: AccessAuditRecord[] = [];
    let { before } = query;
    for (;;) {
      const page = journal.page({ ...query, before, limit: query.limit - records.length }, holds);
      for (const record of page.records) {
        const undoObstacle = await this.#undoObstacle(record, undoable);
        if (!undoable || undoObstacle === null) {
          records.push({ ...record, undoObstacle });
        }
      }
      if (page.next === null || records.length >= query.limit || !undoable) {
        return { records, next: page.next };
      }
      before = page.next;
    }
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
    const reason = undoReason(record);
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

  /** Of a long change all entries are read where the first cannot be taken back; when `always` is not said, up to {@link mostLookedAt}. */
  async #undoObstacle({ id, changes, total }: JournalRecord, always: boolean): Promise<Told | null> {
    const obstacle = this.#obstacleOf(changes);
    if (obstacle === null || total === changes.length) {
      return obstacle;
    }
    if (!always && total > mostLookedAt) {
      return null;
    }
    // One that cannot be read says so when it is to be taken back.
    const whole = await this.#parts.journal.read(id).catch(() => null);
    return whole && this.#obstacleOf(whole.changes);
  }

  #obstacleOf(audited: readonly AccessAuditedChange[]): Told | null {
    const { left, changes } = this.#planUndo(audited);
    const first = left.at(-1);
    return changes.length === 0 && first ? (first.phrase ?? first.message) : null;
  }

  #planUndo(audited: readonly AccessAuditedChange[]) {
    return planUndo(audited, (key) => this.#parts.table().get(key), this.#parts.nowMs());
  }

  #foresee(changes: readonly EntryChange[]): Foreseen {
    const { table, isAllowed, unknownAllowed } = this.#parts;
    const after = new ForeseenTable(table(), changes);
    return {
      newlyBlocked: (ip) => isAllowed(ip) && !(after.find(ip)?.verdict.allowed ?? unknownAllowed()),
    };
  }

  /** Entries of the change that a person changed since it was made, or that are gone by whatever hand. */
  #conflicts({ add, remove, expectedRevision = null }: GivenChange, from = 0): ConflictPage {
    if (expectedRevision === null) {
      return { conflicts: [], conflictCount: 0, nextConflict: null };
    }
    const { table, marks, revision, nowMs } = this.#parts;
    // A revision of an earlier run says nothing about this one's.
    const since = Math.min(expectedRevision, revision());
    const conflicts: AccessConflict[] = [];
    const named = new Set<string>();
    let nextConflict: number | null = null;
    let line = -1;
    const look = (text: string, isAsWanted: (value: string) => boolean, gone: (value: string) => boolean): void => {
      line += 1;
      const value = line < from ? null : canonicalOrNull(text);
      if (value === null || named.has(value) || isAsWanted(value)) {
        return;
      }
      const mark = marks.since(value, since);
      const byPerson = mark !== null && mark.who !== 'automaton' && mark.who !== 'clock';
      if (byPerson || gone(value)) {
        named.add(value);
        if (conflicts.length >= mostConflicts) {
          nextConflict ??= line;
          return;
        }
        const who = mark?.who ?? 'operator';
        conflicts.push({
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
    return { conflicts, conflictCount: named.size, nextConflict };
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

function conflictError({ conflicts, conflictCount: entries }: ConflictPage): ContractError {
  const issues = conflicts.map(({ value, who, now }) =>
    issueAt(value, phrase('change.changed-meanwhile', { who, now: whereItIs(now) })),
  );
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
