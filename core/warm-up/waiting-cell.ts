/** A wanted connection of which nothing has been tried yet. */
import type { WarmUpCell } from '../contract/warm-up.ts';

export function waitingCell({ index, host, ip }: Pick<WarmUpCell, 'index' | 'host' | 'ip'>): WarmUpCell {
  return {
    ...{ index, host, ip },
    state: 'waiting',
    attempts: 0,
    error: null,
    message: null,
    notAgain: null,
    tcpMs: null,
    tlsMs: null,
    firstByteMs: null,
    connectionId: null,
  };
}
