/** The life of a connection that is shown at a moment of the past: numbers begin anew with each engine. */
import type { ConnectionRow } from '../../core/contract/connections.ts';
import { ContractError } from '../../core/contract/errors.ts';
import type { HistoryLife } from '../../core/contract/history-life.ts';
import type { ConsoleApi } from '../../core/contract/index.ts';

type Told = Pick<ConnectionRow, 'id' | 'host' | 'ip' | 'createdAtMs'>;

/** The beginning of one connection is told anew each time, by a clock that is set right meanwhile; no engine starts so fast. */
const clockSlackMs = 500;

/** `row`: as it was at `atMs`. @throws ContractError `not-found` when nothing more is remembered of it. */
export async function askLifeThen(
  api: Pick<ConsoleApi, 'request'>,
  row: Told,
  atMs: number,
  presentMs: number,
): Promise<HistoryLife> {
  const { id: connectionId, host, ip } = row;
  // A picture bears the second that it was taken in, so what is in it may be younger than its time.
  const openMs = Math.max(atMs, row.createdAtMs);
  // One engine runs at a time: what had this number at that moment is this connection, whenever it is said to have begun.
  const isSame = (life: Told): boolean =>
    life.id === row.id && life.ip === row.ip && life.createdAtMs <= openMs + clockSlackMs;
  const wish = { host, ip, fromMs: Math.floor(openMs), toMs: Math.ceil(presentMs) + 1, limit: 500 };
  let cursor: number | null = null;
  do {
    const page: { lives: readonly (Told & { engineStartedAtMs: number })[]; cursor: number | null } = await api.request(
      'history.lives',
      { ...wish, cursor },
    );
    const ended = page.lives.find(isSame);
    if (ended) {
      return api.request('history.life', { connectionId, engineStartedAtMs: ended.engineStartedAtMs });
    }
    cursor = page.cursor;
  } while (cursor !== null);
  const living = await api.request('history.life', { connectionId });
  if (!isSame(living.life)) {
    throw new ContractError('not-found', 'Nothing more is remembered of that connection.');
  }
  return living;
}
