/** Runs of earlier starts, as the history has them: to be looked at, and what failed in them to be tried again. */
import type { RememberedCell, RememberedWarmUp } from '../contract/history-warm-ups.ts';
import type { WarmUpCell, WarmUpRun } from '../contract/warm-up-run.ts';
import { type Endpoint, parseHostName } from '../dial/endpoint.ts';
import { isLeft } from './left-cells.ts';

interface EarlierRun {
  readonly run: WarmUpRun;
  readonly cells: WarmUpCell[];
  readonly ports: number[];
}

export class EarlierRuns {
  /** In the order of their start. */
  readonly #runs = new Map<number, EarlierRun>();

  add({ run, toldAtMs }: RememberedWarmUp): void {
    this.#runs.set(run.id, { run: ended(run, toldAtMs), cells: [], ports: [] });
  }

  /** False when there is no such run. */
  addCells(runId: number, cells: readonly RememberedCell[]): boolean {
    const earlier = this.#runs.get(runId);
    for (const { port, ...cell } of cells) {
      if (earlier) {
        // The connection went with its engine; another one has its number now.
        earlier.cells[cell.index] = { ...cell, connectionId: null };
        earlier.ports[cell.index] = port;
      }
    }
    return earlier !== undefined;
  }

  runs(): WarmUpRun[] {
    return Array.from(this.#runs.values(), ({ run }) => run);
  }

  run(id: number): WarmUpRun | undefined {
    return this.#runs.get(id)?.run;
  }

  /** By index; holes where no result is known. */
  cells(id: number): readonly WarmUpCell[] {
    return this.#runs.get(id)?.cells ?? [];
  }

  /** What failed for good, by the canonical name of its host; `rest`: and what was cancelled. */
  leftEndpoints(id: number, rest: boolean): ReadonlyMap<string, readonly Endpoint[]> {
    const { run, cells, ports } = this.#runs.get(id) ?? { run: null, cells: [], ports: [] };
    const left = cells.flatMap(({ index, host, ip, state }): Endpoint[] => {
      const name = run?.hosts[host]?.host;
      const port = ports[index];
      return isLeft(state, rest) && name !== undefined && port !== undefined
        ? [{ host: parseHostName(name), ip, port }]
        : [];
    });
    return Map.groupBy(left, ({ host }) => host.name);
  }

  delete(id: number): boolean {
    return this.#runs.delete(id);
  }
}

/** Its engine is gone: none of its connections lives, and what had no result by then will have none. */
function ended(run: WarmUpRun, toldAtMs: number): WarmUpRun {
  const cut = run.state === 'finished' ? {} : cutOff(run, toldAtMs);
  const hosts = run.hosts.map((host) => ({ ...host, healthyNow: 0 }));
  return { ...run, hosts, healthyNow: 0, ...cut };
}

function cutOff({ total, done }: WarmUpRun, toldAtMs: number): Partial<WarmUpRun> {
  return {
    state: 'finished',
    outcome: 'cancelled',
    endedAtMs: toldAtMs,
    dialing: 0,
    retrying: 0,
    cancelled: Math.max(0, total - done),
    etaMs: 0,
  };
}
