import type {
  AccessAddition,
  AccessChange,
  AccessEntry,
  AccessImpact,
  AccessRemoval,
} from '../../../core/contract/access.ts';
import { ContractError } from '../../../core/contract/errors.ts';
import type { FakeAccess } from './fake-access.ts';
import type { FakePool } from './fake-pool.ts';
import type { AnswersOf } from './memory-answers.ts';

export interface AccessParts {
  readonly access: FakeAccess;
  readonly pool: FakePool;
  readonly now: () => number;
  /** The lists are others. */
  readonly changed: () => void;
}

interface Lines {
  readonly add: readonly AccessAddition[];
  readonly remove: readonly AccessRemoval[];
}
const emptyChange: Lines = { add: [], remove: [] };

export function accessAnswers({ access, pool, now, changed }: AccessParts): AnswersOf<'access'> {
  const staged = new Map<string, Lines>();
  const whole = (change: AccessChange): AccessChange => {
    const lines = staged.get(change.staged ?? '') ?? emptyChange;
    return {
      ...change,
      add: [...lines.add, ...(change.add ?? [])],
      remove: [...lines.remove, ...(change.remove ?? [])],
    };
  };
  const impactOf = (change: AccessChange): AccessImpact => {
    const blocked = (change.add ?? []).filter((entry) => entry.list === 'black');
    const hit = [...pool.rows.values()].filter((row) => blocked.some((entry) => access.covers(entry.value, row.ip)));
    return { closesConnections: hit.length, ofThemLeased: hit.filter((row) => row.state === 'leased').length };
  };
  const changeLists = <Applied>(impact: AccessImpact, change: () => Applied): Applied & { impact: AccessImpact } => {
    const applied = change();
    for (const row of [...pool.rows.values()]) {
      if (access.isBlocked(row.ip)) {
        pool.close(row.id, 'blacklisted');
      }
    }
    changed();
    return { ...applied, impact };
  };
  return {
    'access.parse': ({ text }) => access.parse(text),
    'access.stage': ({ ticket, from, add = [], remove = [] }) => {
      const before = from === 0 ? emptyChange : (staged.get(ticket) ?? emptyChange);
      const lines = { add: [...before.add, ...add], remove: [...before.remove, ...remove] };
      staged.set(ticket, lines);
      return { lines: lines.add.length + lines.remove.length };
    },
    'access.preview': (change) => ({
      ...impactOf(whole(change)),
      ofConnections: pool.rows.size,
      revision: access.revision,
      conflicts: [],
      conflictCount: 0,
      nextConflict: null,
    }),
    'access.apply': (given) => {
      const change = whole(given);
      const added = (change.add ?? []).map((entry) => operatorEntry(entry, now()));
      return changeLists(impactOf(change), () => access.apply(added, change.remove ?? [], now(), change.reason));
    },
    'access.audit': ({ undoable = false }) => {
      const records = access.records
        .toReversed()
        .filter(
          ({ undoes, undoneBy, undoObstacle }) =>
            !undoable || (undoes === null && undoneBy === null && undoObstacle === null),
        );
      return { records, next: null };
    },
    'access.previewUndo': ({ changeId }) => {
      const changes = access.records.find(({ id }) => id === changeId)?.changes ?? [];
      const back = changes.map(({ before, after }) => ({ before: after, after: before }));
      return { ...impactOf({}), total: back.length, changes: back, left: [] };
    },
    'access.undo': ({ changeId }) => changeLists(impactOf({}), () => access.undo(changeId, now())),
    'access.save': () => {
      access.fileGone = false;
      changed();
      return { file: access.frame().file };
    },
    'access.explain': ({ value }) => access.explain(value),
    'access.measureEffect': () => {
      throw new ContractError('refused', 'There is no fleet behind this picture.');
    },
    'access.findings': () => ({ revision: access.revision, total: 0, fresh: 0, findings: [] }),
  };
}

function operatorEntry(addition: AccessAddition, now: number): AccessEntry {
  return {
    list: addition.list,
    value: addition.value,
    origin: 'operator',
    note: addition.note ?? '',
    addedAtMs: now,
    expiresAtMs: addition.expiresAtMs ?? null,
    hits: 0,
    lastHitAtMs: null,
  };
}
