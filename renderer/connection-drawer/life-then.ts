/** The life of a connection that is shown at a moment of the past: numbers begin anew with each engine. */
import type { ConnectionRow } from '../../core/contract/connections.ts';
import { ContractError } from '../../core/contract/errors.ts';
import type { HistoryLife } from '../../core/contract/history-life.ts';
import type { ConsoleApi } from '../../core/contract/index.ts';

type Told = Pick<ConnectionRow, 'id' | 'host' | 'ip' | 'createdAtMs'>;

/** Times lose what is below a millisecond on their way to the disk. */
function isSame(life: Told, row: Told): boolean {
  return life.id === row.id && life.ip === row.ip && Math.floor(life.createdAtMs) === Math.floor(row.createdAtMs);
}

/** `row`: as it was at `atMs`. @throws ContractError `not-found` when nothing more is remembered of it. */
export async function askLifeThen(
  api: Pick<ConsoleApi, 'request'>,
  row: Told,
  atMs: number,
  presentMs: number,
): Promise<HistoryLife> {
  const { id: connectionId, host, ip } = row;
  const wish = { host, ip, fromMs: Math.floor(atMs), toMs: Math.ceil(presentMs) + 1, limit: 500 };
  let cursor: number | null = null;
  do {
    const page: { lives: readonly (Told & { engineStartedAtMs: number })[]; cursor: number | null } = await api.request(
      'history.lives',
      { ...wish, cursor },
    );
    const ended = page.lives.find((life) => isSame(life, row));
    if (ended) {
      return api.request('history.life', { connectionId, engineStartedAtMs: ended.engineStartedAtMs });
    }
    cursor = page.cursor;
  } while (cursor !== null);
  const living = await api.request('history.life', { connectionId });
  if (!isSame(living.life, row)) {
    throw new ContractError('not-found', 'Nothing more is remembered of that connection.');
  }
  return living;
}
