/** A wanted connection before anything was tried, and after a run that did not make it. */
import type { WarmUpCell } from '../contract/warm-up-run.ts';

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

/** It failed for good; `rest`: or was cancelled. */
export function isLeft(state: WarmUpCell['state'], rest: boolean): boolean {
  return state === 'failed' || (rest && state === 'cancelled');
}
