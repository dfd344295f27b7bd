/** The streams beside the connections': statistics, events, access lists, warm-ups. */

import { beforeEach, describe, expect, it } from 'vitest';
import { volatileAccessStore } from '../../../core/access/access-store.ts';
import { EventBus } from '../../../core/base/event-bus.ts';
import { LiveAccess } from '../../../core/console/access-stream.ts';
import { LiveEvents } from '../../../core/console/events-stream.ts';
import { LiveStatistics, sharedReading } from '../../../core/console/statistics-stream.ts';
import { type LiveSource, StreamPump } from '../../../core/console/stream-pump.ts';
import { LiveWarmUps } from '../../../core/console/warm-up-stream.ts';
import { type AccessFrame, accessKey, mostFileIssues } from '../../../core/contract/access.ts';
import type { ToldEvent } from '../../../core/contract/events.ts';
import type { WarmUpCell, WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { accessFixture, adding, removing } from '../../support/access-fixtures.ts';
import { FakePoolView, newSample } from '../../support/console/fake-pool-view.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { cellOf, runOf } from '../../support/warm-up-fixtures.ts';

let clock: ManualClock;

beforeEach(() => {
  clock = new ManualClock();
});

function follow<Frame>(
  source: LiveSource<Frame>,
  isReady?: () => boolean,
): { frames: Frame[]; end: () => void; pump: StreamPump<Frame> } {
  const pump = new StreamPump(clock, source);
  const frames: Frame[] = [];
  return { frames, end: pump.subscribe((frame) => frames.push(frame), { isReady }), pump };
}

describe('statistics', () => {
  it('come once a second, each with the seconds since the one before', async () => {
    const pool = new FakePoolView();
    pool.samples.push(newSample(1), newSample(2));
    const { frames, end } = follow(new LiveStatistics(clock, pool, () => pool.statistics()));
    await clock.advance(0);
    pool.samples.push(newSample(3));
    await clock.advance(1_000);
    await clock.advance(1_000);
    pool.samples.push(newSample(4), newSample(5));
    await clock.advance(1_000);
    expect(frames.map(({ samples }) => samples.map(({ atMs }) => atMs))).toEqual([[1, 2], [3], [], [4, 5]]);
    end();
    expect(clock.timers).toBe(0);
  });

  it('for a slow reader are fewer, and no second is missing from them', async () => {
    const pool = new FakePoolView();
    let ready = true;
    const { frames } = follow(new LiveStatistics(clock, pool, () => pool.statistics()), () => ready);
    await clock.advance(0);
    ready = false;
    for (let second = 1; second <= 10; second += 1) {
      pool.samples.push(newSample(second));
      await clock.advance(1_000);
    }
    ready = true;
    await clock.advance(100);
    expect(frames).toHaveLength(2);
    expect(frames[1]?.samples).toHaveLength(10);
  });

  it('are read once for all who ask within the same moment', async () => {
    const pool = new FakePoolView();
    const read = sharedReading(clock, 100, () => pool.statistics());
    expect(read()).toBe(read());
    await clock.advance(99);
    read();
    expect(pool.statisticsReads).toBe(1);
    await clock.advance(1);
    read();
    expect(pool.statisticsReads).toBe(2);
  });
});

describe('events', () => {
  const texts = (frame: { events: ToldEvent[] } | undefined): unknown[] =>
    frame?.events.map(({ data }) => data.message) ?? [];

  it('of the past come first, at most 200, debug left out, then each as it happens', async () => {
    const bus = new EventBus(clock);
    const source = new LiveEvents(bus);
    for (let index = 1; index <= 300; index += 1) {
      bus.emit(index % 2 === 0 ? 'info' : 'debug', 'config.warning', '', { message: `${index}` });
    }
    for (let index = 301; index <= 400; index += 1) {
      bus.emit('warn', 'config.warning', '', { message: `${index}` });
    }
    const { frames } = follow(source);
    await clock.advance(0);
    expect(frames[0]?.reset).toBe(true);
    expect(texts(frames[0])).toHaveLength(200);
    expect([texts(frames[0])[0], texts(frames[0]).at(-1)]).toEqual(['102', '400']);
    bus.emit('info', 'config.warning', '', { message: 'a' });
    bus.emit('debug', 'config.warning', '', { message: 'b' });
    bus.emit('error', 'config.warning', '', { message: 'c' });
    await clock.advance(100);
    expect(frames[1]).toMatchObject({ reset: false });
    expect(texts(frames[1])).toEqual(['a', 'c']);
  });

  it('of a quiet engine: an empty beginning, then silence', async () => {
    const { frames } = follow(new LiveEvents(new EventBus(clock)));
    await clock.advance(10_000);
    expect(frames).toEqual([{ reset: true, events: [] }]);
  });

  it('begin anew for a reader that has fallen far behind; nothing piles up', async () => {
    const bus = new EventBus(clock);
    let ready = true;
    const { frames } = follow(new LiveEvents(bus), () => ready);
    await clock.advance(0);
    ready = false;
    for (let index = 1; index <= 50_000; index += 1) {
      bus.emit('info', 'config.warning', '', { message: `${index}` });
    }
    await clock.advance(1_000);
    ready = true;
    await clock.advance(100);
    expect(frames).toHaveLength(2);
    expect(frames[1]?.reset).toBe(true);
    expect(texts(frames[1])).toHaveLength(200);
    expect(texts(frames[1]).at(-1)).toBe('50000');
  });

  it('missed by a slow reader come without a gap when it is back', async () => {
    const bus = new EventBus(clock);
    let ready = true;
    const { frames } = follow(new LiveEvents(bus), () => ready);
    await clock.advance(0);
    ready = false;
    for (let index = 1; index <= 600; index += 1) {
      bus.emit('info', 'config.warning', '', { message: `${index}` });
    }
    await clock.advance(200);
    ready = true;
    await clock.advance(100);
    expect(frames[1]?.reset).toBe(false);
    expect(texts(frames[1])).toEqual(Array.from({ length: 600 }, (_, index) => `${index + 1}`));
  });
});

describe('access lists', () => {
  const entry = (index: number): string => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
  const valuesOf = (frames: readonly AccessFrame[]): Set<string> => {
    const known = new Set<string>();
    for (const { upserts, removes } of frames) {
      for (const { list, origin, value } of upserts) {
        known.add(accessKey(list, origin, value));
      }
      for (const key of removes) {
        expect(known.delete(key)).toBe(true);
      }
    }
    return known;
  };

  it('come as a picture in frames that block nobody, then as what changed', async () => {
    const { lists } = accessFixture({ clock });
    const many = 4_500;
    await lists.apply(adding('white', ...Array.from({ length: many }, (_, index) => entry(index))));
    const { frames, end } = follow(new LiveAccess(clock, lists));
    await clock.advance(0);
    expect(frames.map(({ reset, upserts, total }) => [reset, upserts.length, total])).toEqual([
      [true, 2_000, many],
      [false, 2_000, many],
      [false, 500, many],
    ]);
    await lists.apply(removing('white', entry(7)));
    await lists.apply(adding('black', entry(7)));
    await clock.advance(100);
    expect(frames).toHaveLength(4);
    expect(frames[3]).toMatchObject({
      reset: false,
      upserts: [{ list: 'black', value: entry(7) }],
      removes: [`operator white ${entry(7)}`],
      revision: lists.revision,
    });
    end();
    expect(clock.timers).toBe(0);
  });

  it('that change while their picture is sent, or by more than a frame holds, are known in the end', async () => {
    const { lists } = accessFixture({ clock });
    await lists.apply(adding('white', ...Array.from({ length: 2_500 }, (_, index) => entry(index))));
    const frames: AccessFrame[] = [];
    const pump = new StreamPump(clock, new LiveAccess(clock, lists));
    pump.subscribe((frame) => {
      frames.push(frame);
      if (frames.length === 1) {
        void lists.apply(removing('white', entry(0)));
        void lists.apply(removing('white', entry(2_400)));
        void lists.apply(adding('black', ...Array.from({ length: 4_500 }, (_, index) => entry(10_000 + index))));
      }
    });
    await clock.advance(1_000);
    expect(valuesOf(frames)).toEqual(
      new Set([...lists.entries()].map(({ list, origin, value }) => accessKey(list, origin, value))),
    );
    pump.close();
  });

  it('of which only the hits change come at most once a second, and not at all when they do not', async () => {
    const { lists } = accessFixture({ clock });
    await lists.apply(adding('white', entry(1), entry(2)));
    const { frames } = follow(new LiveAccess(clock, lists));
    await clock.advance(0);
    for (let step = 0; step < 40; step += 1) {
      lists.recordHit(entry(1));
      await clock.advance(100);
    }
    expect(frames.length).toBeGreaterThanOrEqual(4);
    expect(frames.length).toBeLessThanOrEqual(5);
    expect(frames.at(-1)?.upserts).toMatchObject([{ value: entry(1) }]);
    const seen = frames.length;
    await clock.advance(1_000);
    await clock.advance(10_000);
    expect(frames.length).toBeLessThanOrEqual(seen + 1);
  });

  it('tell of the mode and of the faults of the file, also when no entry is different', async () => {
    const { lists } = accessFixture({ clock });
    const { frames } = follow(new LiveAccess(clock, lists));
    await clock.advance(0);
    lists.setWhitelistMode('enforce');
    await clock.advance(100);
    expect(frames.map(({ whitelistMode }) => whitelistMode)).toEqual(['prefer', 'enforce']);
  });

  it('name the first faults of a file that is full of them, and count the rest', async () => {
    const issues = Array.from({ length: 200_000 }, (_, line) => ({ at: `line ${line + 1}`, message: 'is no IP' }));
    const { lists } = accessFixture({ clock, store: { ...volatileAccessStore(), issues } });
    const { frames, end } = follow(new LiveAccess(clock, lists));
    await clock.advance(0);
    expect(frames[0]?.fileIssues).toEqual(issues.slice(0, mostFileIssues));
    expect(frames[0]?.moreFileIssues).toBe(200_000 - mostFileIssues);
    end();
  });
});

describe('warm-ups', () => {
  class FakeRuns {
    readonly list: WarmUpRun[] = [];
    readonly cellsOf = new Map<number, WarmUpCell[]>();
    readonly #observers = new Set<{ changed(runId: number, cellIndex: number | null): void }>();

    add(id: number, cells: number): void {
      this.list.push(runOf({ id, total: cells }));
      this.cellsOf.set(
        id,
        Array.from({ length: cells }, (_, index) => cellOf({ index })),
      );
      this.tell(id, null);
    }

    ready(id: number, index: number): void {
      const cells = this.cellsOf.get(id) ?? [];
      cells[index] = cellOf({ index, state: 'ready', connectionId: index });
      this.tell(id, index);
    }

    /** Without telling, as the pool's own changes come. */
    finish(id: number, healthyNow = 0): void {
      const index = this.list.findIndex((run) => run.id === id);
      const run = this.list[index];
      if (run) {
        this.list[index] = { ...run, state: 'finished', outcome: 'ok', healthyNow };
      }
    }

    tell(id: number, index: number | null): void {
      for (const observer of this.#observers) {
        observer.changed(id, index);
      }
    }

    runs(): WarmUpRun[] {
      return [...this.list];
    }

    forget(id: number): void {
      this.list.splice(
        this.list.findIndex((run) => run.id === id),
        1,
      );
      this.tell(id, null);
    }

    ids(): number[] {
      return this.list.map(({ id }) => id);
    }

    run(id: number): WarmUpRun | undefined {
      return this.list.find((run) => run.id === id);
    }

    cells(id: number): readonly WarmUpCell[] {
      return this.cellsOf.get(id) ?? [];
    }

    observe(observer: { changed(runId: number, cellIndex: number | null): void }): () => void {
      this.#observers.add(observer);
      return () => this.#observers.delete(observer);
    }
  }

  it('come with all their cells, the newest first, in frames that stay small; nothing is lost meanwhile', async () => {
    const runs = new FakeRuns();
    runs.add(1, 1_500);
    runs.add(2, 3_000);
    const seen = new Map<string, WarmUpCell>();
    const pump = new StreamPump(clock, new LiveWarmUps(clock, runs));
    const sizes: number[] = [];
    pump.subscribe((frame) => {
      sizes.push(frame.cells.reduce((sum, { cells }) => sum + cells.length, 0));
      for (const { runId, cells } of frame.cells) {
        for (const cell of cells) {
          seen.set(`${runId}/${cell.index}`, cell);
        }
      }
      if (frame.reset) {
        expect(frame.runs.map(({ id }) => id)).toEqual([1, 2]);
        expect(frame.cells.map(({ runId }) => runId)).toEqual([2]);
        runs.ready(2, 5);
        runs.ready(1, 1_400);
      }
    });
    await clock.advance(0);
    await clock.advance(100);
    expect(Math.max(...sizes)).toBe(2_000);
    expect(seen.size).toBe(4_500);
    expect(seen.get('2/5')?.state).toBe('ready');
    expect(seen.get('1/1400')?.state).toBe('ready');
  });

  it('then tell what changed, each run and cell once a frame', async () => {
    const runs = new FakeRuns();
    runs.add(1, 4);
    const { frames } = follow(new LiveWarmUps(clock, runs));
    await clock.advance(0);
    runs.ready(1, 2);
    runs.ready(1, 0);
    runs.ready(1, 2);
    await clock.advance(100);
    expect(frames).toHaveLength(2);
    expect(frames[1]).toMatchObject({ reset: false, runs: [{ id: 1 }] });
    expect(frames[1]?.cells[0]?.cells.map(({ index }) => index)).toEqual([2, 0]);
  });

  it('that run tick each second without results; finished ones are silent', async () => {
    const runs = new FakeRuns();
    runs.add(1, 1);
    const { frames, end } = follow(new LiveWarmUps(clock, runs));
    await clock.advance(3_000);
    expect(frames).toHaveLength(4);
    runs.finish(1);
    runs.tell(1, null);
    await clock.advance(100);
    const seen = frames.length;
    expect(frames.at(-1)?.runs[0]?.state).toBe('finished');
    await clock.advance(10_000);
    expect(frames).toHaveLength(seen);
    end();
    expect(clock.timers).toBe(0);
  });

  it('tell which runs are remembered, as soon as one is not any more', async () => {
    const runs = new FakeRuns();
    runs.add(1, 1);
    runs.add(2, 1);
    const { frames } = follow(new LiveWarmUps(clock, runs));
    await clock.advance(100);
    expect(frames.at(-1)?.remembered).toEqual([1, 2]);
    runs.forget(1);
    await clock.advance(100);
    expect(frames.at(-1)).toMatchObject({ reset: false, runs: [], remembered: [2] });
  });

  it('tell when a connection of the newest run falls ill afterwards', async () => {
    const runs = new FakeRuns();
    runs.add(1, 1);
    runs.finish(1, 5);
    const { frames } = follow(new LiveWarmUps(clock, runs));
    await clock.advance(3_000);
    const seen = frames.length;
    runs.finish(1, 4);
    await clock.advance(3_000);
    expect(frames).toHaveLength(seen + 1);
    expect(frames.at(-1)?.runs[0]?.healthyNow).toBe(4);
  });
});
