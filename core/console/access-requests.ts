/** What the console asks of the lists, answered: each act with how many connections it closes. */
import { parseAccessEntriesInTurns } from '../access/entry-parser.ts';
import type { AccessImpact, accessRequests } from '../contract/access.ts';
import type { RequestOutput, RequestParsed } from '../contract/index.ts';
import type { PoolView } from '../pool/pool-ports.ts';
import type { AccessLists } from './console-ports.ts';
import type { StagedChanges } from './staged-changes.ts';

type AccessRequestName = keyof typeof accessRequests;

type AccessHandlers = {
  readonly [Name in AccessRequestName]: (
    input: RequestParsed<Name>,
  ) => RequestOutput<Name> | Promise<RequestOutput<Name>>;
};

export function accessHandlers(
  lists: AccessLists,
  pool: Pick<PoolView, 'countByIp'>,
  staged: StagedChanges,
): AccessHandlers {
  const { operator } = lists;
  const impactOf = ({ newlyBlocked }: { newlyBlocked(ip: string): boolean }): AccessImpact => {
    const { total, leased } = pool.countByIp(newlyBlocked);
    return { closesConnections: total, ofThemLeased: leased };
  };
  return {
    'access.parse': ({ text, firstLine }) => parseAccessEntriesInTurns(text, firstLine),
    'access.stage': (piece) => staged.put(piece),
    'access.preview': ({ conflictsFrom, ...change }) => {
      const { newlyBlocked, ...conflicts } = operator.preview(staged.whole(change), conflictsFrom);
      const ofConnections = pool.countByIp(() => true).total;
      return { ...impactOf({ newlyBlocked }), ofConnections, revision: lists.revision, ...conflicts };
    },
    'access.apply': async (given) => {
      const change = staged.whole(given);
      // Counted before it is applied: afterwards the connections are gone.
      const impact = impactOf(operator.preview(change));
      const applied = await operator.apply(change);
      if (given.staged !== null) {
        staged.drop(given.staged);
      }
      return { ...applied, impact };
    },
    'access.audit': (query) => operator.audit(query),
    'access.previewUndo': async ({ changeId }) => {
      const { newlyBlocked, ...foreseen } = await operator.previewUndo(changeId);
      return { ...foreseen, ...impactOf({ newlyBlocked }) };
    },
    'access.undo': async ({ changeId, partial }) => {
      const impact = impactOf(await operator.previewUndo(changeId));
      return { ...(await operator.undo(changeId, partial)), impact };
    },
    'access.save': () => lists.save(),
    'access.explain': ({ value }) => lists.explain(value),
    'access.findings': async ({ change }) => {
      const { revision } = lists;
      return { revision, ...(await lists.findings(change && staged.whole(change))) };
    },
  };
}
