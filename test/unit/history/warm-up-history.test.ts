import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventBus } from '../../../core/base/event-bus.ts';
import { historyChangesInputSchema, type RememberedChange } from '../../../core/contract/history-changes.ts';
import { historyWarmUpCellsInputSchema, historyWarmUpsInputSchema } from '../../../core/contract/history-warm-ups.ts';
import { warmUpJobSchema } from '../../../core/contract/warm-up-job.ts';
import { History } from '../../../core/history/history.ts';
import { recallWarmUps, WarmUpJournal } from '../../../core/history/warm-up-journal.ts';
import { WarmUp } from '../../../core/warm-up/warm-up.ts';
import { HeldHistoryThread } from '../../support/history-thread.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { FakeOpener, noRest } from '../warm-up/fake-opener.ts';

let folder: string;
let file: string;
let clock: ManualClock;
const ended: (() => Promise<void>)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-history-'));
  file = join(folder, 'history.sqlite');
  clock = new ManualClock();
});

afterEach(async () => {
  for (const end of ended.splice(0)) {
    await end();
  }
  rmSync(folder, { recursive: true, force: true });
});

/** A start of the engine, as far as it concerns warm-ups. */
class Start {
  readonly opener = new FakeOpener();
  readonly thread = new HeldHistoryThread(file);
  readonly startedAtMs = clock.epochMs();
  readonly history: History;
  readonly warmUp: WarmUp;
  readonly #journal: WarmUpJournal;
  #second: () => void = () => {};

  constructor(ips: readonly string[] = ['192.0.2.1', '192.0.2.2']) {
    const events = new EventBus(clock);
    this.opener.ips = [...ips];
    this.history = new History({ file, clock, events, thread: this.thread });
    this.warmUp = new WarmUp({ opener: this.opener, events, clock, settings: () => noRest, alertUnder: () => 0.8 });
    this.#journal = new WarmUpJournal({
      warmUps: this.warmUp,
      pool: {
        onSecond: (listener) => {
          this.#second = () => listener({} as Parameters<typeof listener>[0]);
          return () => {};
        },
      },
      history: this.history,
      clock,
      engineStartedAtMs: this.startedAtMs,
    });
    ended.push(() => this.history.close());
  }

  recall(): Promise<void> {
    return recallWarmUps(this.history, this.warmUp, clock);
  }

  /** A second of the pool is over, and what is gathered is stored. */
  async second(): Promise<void> {
    this.#second();
    await clock.advance(1_000);
  }

  async end(): Promise<void> {
    await this.warmUp.close();
    this.#journal.close();
    await this.history.close();
  }
}

const all = historyWarmUpsInputSchema.parse({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });

describe('warm-ups', () => {
  it('are there after a restart with the result of each connection, and their ids go on', async () => {
    const first = new Start();
    first.opener.rule = (ip) => (ip === '192.0.2.2' ? 'refused' : 'ok');
    first.warmUp.start(warmUpJobSchema.parse({ hosts: ['tiles.test'], retries: 0 }));
    await settle();
    const [told] = first.warmUp.runs();
    await first.end();

    await clock.advance(10_000);
    const next = new Start();
    await next.recall();
    await settle();
    expect(next.warmUp.run(1)).toMatchObject({ outcome: 'partly-failed', ready: 1, failed: 1, report: told?.report });
    expect(next.warmUp.cells(1).map(({ ip, state, error }) => [ip, state, error])).toEqual([
      ['192.0.2.1', 'ready', null],
      ['192.0.2.2', 'failed', 'refused'],
    ]);
    expect(next.warmUp.retryFailed(1)).toBe(2);
    await next.second();
    const { warmUps } = await next.history.warmUps(all);
    expect(warmUps.map(({ run, engineStartedAtMs }) => [run.id, run.retryOf, engineStartedAtMs])).toEqual([
      [2, 1, next.startedAtMs],
      [1, null, first.startedAtMs],
    ]);
  });

  it('that go on are told each second, so that a kill costs one', async () => {
    const start = new Start();
    start.warmUp.start(warmUpJobSchema.parse({ hosts: ['tiles.test'], retries: 0 }));
    await settle();
    start.opener.held[0]?.fail('refused');
    await settle();
    await start.second();
    const [killed] = (await start.history.warmUps(all)).warmUps;
    expect(killed?.run).toMatchObject({ state: 'running', done: 1, failed: 1 });

    const next = new Start();
    await next.recall();
    await settle();
    expect(next.warmUp.run(1)).toMatchObject({ state: 'finished', outcome: 'cancelled', failed: 1, cancelled: 1 });
    expect(next.warmUp.cells(1)).toMatchObject([{ state: 'failed' }]);
  });

  it('with many connections are handed over bit by bit, none left out', async () => {
    const ips = Array.from({ length: 1_200 }, (_, at) => `10.1.${at >> 8}.${at & 255}`);
    const start = new Start(ips);
    start.opener.rule = () => 'ok';
    start.opener.paceConcurrency = 2_000;
    start.warmUp.start(warmUpJobSchema.parse({ hosts: ['tiles.test'], concurrency: 1_000 }));
    await settle();
    await start.second();
    const cellsOf = async (offset: number) => {
      const wish = historyWarmUpCellsInputSchema.parse({ key: 1, offset, limit: 2_000 });
      return (await start.history.warmUpCells(wish)).cells;
    };
    expect((await cellsOf(0)).length).toBeLessThanOrEqual(500);
    await start.end();
    const database = new DatabaseSync(file);
    expect(database.prepare('SELECT count(*) AS parts FROM warm_up_cells').get()?.parts).toBeGreaterThan(1);
    database.close();
    const next = new Start();
    await next.recall();
    for (let times = 0; times < 10; times += 1) {
      await settle();
    }
    expect(next.warmUp.cells(1).filter(({ state }) => state === 'ready')).toHaveLength(1_200);
  });

  it('of a history that does not answer are not waited for longer than a second', async () => {
    const start = new Start();
    start.thread.slow = true;
    let recalled = false;
    const recalling = start.recall().then(() => {
      recalled = true;
    });
    await clock.advance(900);
    expect(recalled).toBe(false);
    await clock.advance(100);
    await recalling;
    expect(start.warmUp.runs()).toEqual([]);
    start.thread.slow = false;
    start.thread.release();
  });

  it('in the shape of another program are left out, and nothing else is', async () => {
    const first = new Start();
    first.opener.rule = () => 'ok';
    first.warmUp.start(warmUpJobSchema.parse({ hosts: ['tiles.test'] }));
    first.warmUp.start(warmUpJobSchema.parse({ hosts: ['other.test'] }));
    await settle();
    await first.end();
    const database = new DatabaseSync(file);
    database.exec(`UPDATE warm_ups SET run = '{"id":1,"wonders":true}' WHERE id = 1`);
    database.close();
    const next = new Start();
    await next.recall();
    expect(next.warmUp.ids()).toEqual([2]);
  });
});

describe('changes', () => {
  it('of the lists and of the configuration come back by kind, author and word', async () => {
    const { history } = new Start();
    const list = { kind: 'lists' as const, reason: 'abuse 10%', undoes: null, total: 1, changes: [] };
    const changes: RememberedChange[] = [
      { ...list, atMs: 1, who: 'operator', auditId: 1 },
      { ...list, atMs: 2, who: 'automaton', auditId: 2, reason: 'validated' },
      {
        kind: 'config',
        atMs: 3,
        who: 'console',
        diff: [{ path: 'pool.max_connections', before: 100, after: 200, applies: 'at-once' }],
      },
    ];
    for (const change of changes) {
      history.recordChange(change);
    }
    await clock.advance(1_000);
    const ask = async (wish: object) =>
      (await history.changes(historyChangesInputSchema.parse({ fromMs: 0, toMs: 10, ...wish }))).changes;
    expect(await ask({})).toEqual(changes.toReversed());
    expect(await ask({ kind: 'config' })).toEqual([changes[2]]);
    expect(await ask({ byPeople: true })).toEqual([changes[2], changes[0]]);
    expect(await ask({ text: 'MAX_connections' })).toEqual([changes[2]]);
    expect(await ask({ text: '10%' })).toEqual([changes[0]]);
    expect(await ask({ fromMs: 2, toMs: 3 })).toEqual([changes[1]]);
  });
});
