import { beforeEach, describe, expect, it } from 'vitest';
import { EventBus } from '../../../core/base/event-bus.ts';
import type { RememberedCell, RememberedWarmUp } from '../../../core/contract/history-warm-ups.ts';
import { warmUpJobSchema } from '../../../core/contract/warm-up-job.ts';
import type { WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { WarmUp } from '../../../core/warm-up/warm-up.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { cellOf, hostRunOf, runOf } from '../../support/warm-up-fixtures.ts';
import { FakeOpener, noRest } from './fake-opener.ts';

let clock: ManualClock;
let opener: FakeOpener;
let warmUp: WarmUp;

beforeEach(() => {
  clock = new ManualClock();
  opener = new FakeOpener();
  opener.ips = ['192.0.2.1', '192.0.2.2'];
  warmUp = new WarmUp({ opener, events: new EventBus(clock), clock, settings: () => noRest, alertUnder: () => 0.8 });
});

function remembered(run: Partial<WarmUpRun>): RememberedWarmUp {
  const finished = { state: 'finished', outcome: 'partly-failed', endedAtMs: 50 } as const;
  return { key: 1, engineStartedAtMs: 1, toldAtMs: 90, run: runOf({ ...finished, ...run }) };
}

const failedCells: RememberedCell[] = [
  { ...cellOf({ index: 0, ip: '192.0.2.1', state: 'ready', connectionId: 17 }), port: 443 },
  { ...cellOf({ index: 1, ip: '192.0.2.2', state: 'failed', error: 'refused' }), port: 8_443 },
];

function recall(run: Partial<WarmUpRun> = {}): void {
  warmUp.recall([
    remembered({ id: 7, total: 2, done: 2, hosts: [hostRunOf({ host: 'tiles.test', total: 2 })], ...run }),
  ]);
}

describe('runs of earlier starts', () => {
  it('stand before those of this one, whose ids go on', async () => {
    recall();
    const id = warmUp.start(warmUpJobSchema.parse({ hosts: ['tiles.test'] }));
    expect(id).toBe(8);
    expect(warmUp.runs().map((run) => run.id)).toEqual([7, 8]);
    expect(warmUp.ids()).toEqual([7, 8]);
    await warmUp.close();
  });

  it('have none of their connections any more: another one has its number now', () => {
    recall({ healthyNow: 1, hosts: [hostRunOf({ host: 'tiles.test', healthyNow: 1 })] });
    warmUp.recallCells(7, failedCells);
    expect(warmUp.run(7)).toMatchObject({ healthyNow: 0, hosts: [{ healthyNow: 0 }] });
    expect(warmUp.cells(7)).toMatchObject([
      { state: 'ready', connectionId: null },
      { state: 'failed', error: 'refused' },
    ]);
  });

  it('that their engine did not end are told as cancelled at the last moment that is known', () => {
    recall({ state: 'running', outcome: null, endedAtMs: null, total: 10, done: 4, dialing: 3, etaMs: 5 });
    expect(warmUp.run(7)).toMatchObject({
      state: 'finished',
      outcome: 'cancelled',
      endedAtMs: 90,
      cancelled: 6,
      dialing: 0,
    });
  });

  it('tell their observers of each cell that comes later, and refuse those of a run that is gone', () => {
    const changed: (number | null)[] = [];
    recall();
    warmUp.observe({ changed: (_, cellIndex) => changed.push(cellIndex) });
    expect(warmUp.recallCells(7, failedCells)).toBe(true);
    expect(changed).toEqual([0, 1]);
    expect(warmUp.recallCells(6, failedCells)).toBe(false);
  });

  it('can have what failed in them tried again: the same addresses, with their ports', async () => {
    recall();
    warmUp.recallCells(7, failedCells);
    opener.rule = () => 'ok';
    const id = warmUp.retryFailed(7);
    await settle();
    expect(warmUp.run(id)).toMatchObject({ retryOf: 7, total: 1 });
    expect(warmUp.cells(id)).toMatchObject([{ ip: '192.0.2.2' }]);
    expect(warmUp.result(id, 0)?.port).toBe(8_443);
    await warmUp.close();
  });

  it('are not tried again when nothing failed in them', () => {
    recall();
    warmUp.recallCells(7, failedCells.slice(0, 1));
    expect(() => warmUp.retryFailed(7)).toThrow('Nothing failed');
  });

  it('are planned anew for a host that could not be resolved', async () => {
    const error = { class: 'dns', message: 'no address' } as const;
    recall({ total: 0, hosts: [hostRunOf({ host: 'tiles.test', error })] });
    const id = warmUp.retryFailed(7);
    await settle();
    expect(warmUp.run(id)?.total).toBe(2);
    await warmUp.close();
  });

  it('are forgotten as those of this start are', () => {
    const runs = Array.from({ length: 60 }, (_, at) => remembered({ id: at + 1 }));
    warmUp.recall(runs);
    expect(warmUp.ids()).toHaveLength(50);
    expect(warmUp.ids()[0]).toBe(11);
  });
});

describe('a result', () => {
  it('is one that stays, with the port of its address', async () => {
    opener.rule = (ip) => (ip === '192.0.2.2' ? 'refused' : 'ok');
    const id = warmUp.start(warmUpJobSchema.parse({ hosts: ['tiles.test'], retries: 0 }));
    expect(warmUp.result(id, 0)).toBeNull();
    await settle();
    const states = [0, 1].map((index) => warmUp.result(id, index));
    expect(states.map((result) => [result?.ip, result?.state, result?.port])).toEqual([
      ['192.0.2.1', 'ready', 443],
      ['192.0.2.2', 'failed', 443],
    ]);
    expect(warmUp.result(id, 2)).toBeNull();
  });
});
