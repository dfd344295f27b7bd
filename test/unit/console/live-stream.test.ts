import { beforeEach, describe, expect, it } from 'vitest';
import { LiveConnections } from '../../../core/console/live-stream.ts';
import { framePauseMs, StreamPump } from '../../../core/console/stream-pump.ts';
import { type ConnectionsFrame, connectionsFrameSchema } from '../../../core/contract/connections.ts';
import { FakePoolView, newRow } from '../../support/console/fake-pool-view.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** Follows the frames as the console's reader does: forget at a reset, then apply. */
class Reader {
  readonly frames: ConnectionsFrame[] = [];
  readonly rows = new Map<number, ConnectionsFrame['upserts'][number]>();
  readonly arrivedMs: number[] = [];
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  readonly listen = (frame: ConnectionsFrame): void => {
    this.frames.push(frame);
    this.arrivedMs.push(this.#clock.monotonicMs());
    if (frame.reset) {
      this.rows.clear();
    }
    for (const row of frame.upserts) {
      this.rows.set(row.id, row);
    }
    for (const { id } of frame.removes) {
      this.rows.delete(id);
    }
  };
}

let clock: ManualClock;
let pool: FakePoolView;
let pump: StreamPump<ConnectionsFrame>;

beforeEach(() => {
  clock = new ManualClock();
  pool = new FakePoolView();
  pump = new StreamPump(clock, new LiveConnections(clock, pool, () => pool.statistics()));
});

function subscribe(isReady?: () => boolean): { reader: Reader; end: () => void } {
  const reader = new Reader(clock);
  return { reader, end: pump.subscribe(reader.listen, { isReady }) };
}

describe('the picture', () => {
  it('comes first, never before subscribe has returned, and fits the contract', async () => {
    pool.put(1);
    const { reader } = subscribe();
    expect(reader.frames).toEqual([]);
    await clock.advance(0);
    expect(reader.frames).toHaveLength(1);
    expect(reader.frames[0]).toMatchObject({ seq: 0, reset: true, upserts: [newRow(1)], removes: [] });
    expect(connectionsFrameSchema.parse(reader.frames[0])).toEqual(reader.frames[0]);
  });

  it('of an empty pool is an empty frame, so that the reader knows', async () => {
    const { reader } = subscribe();
    await clock.advance(0);
    expect(reader.frames).toHaveLength(1);
    expect(reader.frames[0]).toMatchObject({ reset: true, upserts: [] });
  });

  it('of many rows comes in frames of at most 500, only the first of them a reset, without waiting between them', async () => {
    for (let id = 1; id <= 1_234; id += 1) {
      pool.put(id);
    }
    const { reader } = subscribe();
    await clock.advance(0);
    expect(reader.frames.map(({ upserts }) => upserts.length)).toEqual([500, 500, 234]);
    expect(reader.frames.map(({ reset }) => reset)).toEqual([true, false, false]);
    expect(reader.frames.map(({ unfinished }) => unfinished)).toEqual([true, true, false]);
    expect(reader.frames.map(({ seq }) => seq)).toEqual([0, 1, 2]);
    expect(reader.rows.size).toBe(1_234);
  });

  it('loses nothing that happens while it is being sent', async () => {
    for (let id = 1; id <= 1_100; id += 1) {
      pool.put(id);
    }
    const reader = new Reader(clock);
    pump.subscribe((frame) => {
      reader.listen(frame);
      if (frame.reset) {
        pool.put(3, { requests: 7 });
        pool.put(1_050, { requests: 8 });
        pool.put(2_000);
        pool.remove(4, 'idle-timeout');
        pool.remove(1_060, 'peer-closed');
      }
    });
    await clock.advance(framePauseMs);
    expect([...reader.rows.values()]).toHaveLength(1_099);
    expect(reader.rows.get(3)?.requests).toBe(7);
    expect(reader.rows.get(1_050)?.requests).toBe(8);
    expect(reader.rows.has(2_000)).toBe(true);
    expect(reader.rows.has(4)).toBe(false);
    expect(reader.rows.has(1_060)).toBe(false);
  });
});

describe('changes', () => {
  it('are coalesced by id, at most one frame each 100 ms', async () => {
    pool.put(1);
    const { reader } = subscribe();
    await clock.advance(0);
    for (let step = 1; step <= 100; step += 1) {
      pool.put(1, { requests: step });
      await clock.advance(7);
    }
    const gaps = reader.arrivedMs.slice(1).map((atMs, index) => atMs - (reader.arrivedMs[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(framePauseMs);
    expect(reader.frames.length).toBeGreaterThan(5);
    expect(reader.frames.length).toBeLessThanOrEqual(8);
    await clock.advance(framePauseMs);
    expect(reader.rows.get(1)?.requests).toBe(100);
    for (const frame of reader.frames.slice(1)) {
      expect(frame.upserts).toHaveLength(1);
    }
  });

  it('come at once when the stream was quiet', async () => {
    pool.put(1);
    const { reader } = subscribe();
    await clock.advance(500);
    pool.put(1, { requests: 1 });
    await clock.advance(0);
    expect(reader.rows.get(1)?.requests).toBe(1);
  });

  it('say why a row is gone, and say nothing of one that the reader never saw', async () => {
    pool.put(1);
    const { reader } = subscribe();
    await clock.advance(0);
    pool.remove(1, 'blacklisted');
    pool.put(2);
    pool.remove(2, 'failed-dial');
    await clock.advance(framePauseMs);
    expect(reader.frames.flatMap(({ removes }) => removes)).toEqual([{ id: 1, reason: 'blacklisted' }]);
    expect(reader.frames.flatMap(({ upserts }) => upserts.map(({ id }) => id))).toEqual([1]);
  });

  it('too many for one frame come with the next ones, each row once', async () => {
    const { reader } = subscribe();
    await clock.advance(0);
    for (let id = 1; id <= 4_500; id += 1) {
      pool.put(id);
    }
    await clock.advance(3 * framePauseMs);
    expect(reader.frames.slice(1).map(({ upserts }) => upserts.length)).toEqual([2_000, 2_000, 500]);
    expect(reader.rows.size).toBe(4_500);
  });

  it('of a quiet pool still bring the counters each second', async () => {
    pool.put(1);
    const { reader } = subscribe();
    await clock.advance(5_000);
    expect(reader.frames.length).toBe(6);
    expect(reader.frames.slice(1).every(({ upserts, removes }) => upserts.length + removes.length === 0)).toBe(true);
  });

  it('number their frames without a gap', async () => {
    const { reader } = subscribe();
    for (let step = 0; step < 20; step += 1) {
      pool.put(step);
      await clock.advance(60);
    }
    expect(reader.frames.map(({ seq }) => seq)).toEqual(reader.frames.map((_, index) => index));
  });
});

describe('several subscribers', () => {
  it('share one observer, number their own frames, and end up with the same rows', async () => {
    const random = seededRandom(7);
    const first = subscribe();
    const others: Reader[] = [];
    for (let step = 0; step < 400; step += 1) {
      // Ids are never used twice: a third of the steps closes a connection, the others open or change one.
      const live = [...pool.rows()].map(({ id }) => id);
      const some = live[Math.floor(random.next() * live.length)];
      if (some !== undefined && random.next() < 0.3) {
        pool.remove(some, 'evicted');
      } else if (some !== undefined && random.next() < 0.5) {
        pool.put(some, { requests: step });
      } else {
        pool.put(1_000 + step);
      }
      if (step % 100 === 50) {
        others.push(subscribe().reader);
      }
      await clock.advance(random.next() * 40);
    }
    expect(pool.observers).toBe(1);
    await clock.advance(2 * framePauseMs);
    const now = [...pool.rows()].sort((a, b) => a.id - b.id);
    for (const reader of [first.reader, ...others]) {
      expect([...reader.rows.values()].sort((a, b) => a.id - b.id)).toEqual(now);
      expect(reader.frames.map(({ seq }) => seq)).toEqual(reader.frames.map((_, index) => index));
    }
  });

  it('cost nothing when the last one has gone', async () => {
    const { reader, end } = subscribe();
    const other = subscribe();
    await clock.advance(300);
    end();
    other.end();
    other.end();
    const seen = reader.frames.length;
    const reads = pool.statisticsReads;
    expect(pool.observers).toBe(0);
    expect(clock.timers).toBe(0);
    pool.put(1);
    await clock.advance(5_000);
    expect(reader.frames).toHaveLength(seen);
    expect(pool.statisticsReads).toBe(reads);
  });
});

describe('a slow subscriber', () => {
  it('gets fewer frames, still coalesced, and misses nothing; others are not held up', async () => {
    let ready = true;
    const slow = subscribe(() => ready);
    const quick = subscribe();
    pool.put(1);
    pool.put(2);
    await clock.advance(0);
    ready = false;
    for (let step = 1; step <= 50; step += 1) {
      pool.put(1, { requests: step });
      pool.put(100 + step);
      if (step > 10) {
        pool.remove(90 + step, 'evicted');
      }
      await clock.advance(100);
    }
    pool.remove(2, 'peer-closed');
    expect(slow.reader.frames).toHaveLength(1);
    expect(quick.reader.frames.length).toBeGreaterThanOrEqual(50);
    ready = true;
    await clock.advance(2 * framePauseMs);
    expect(slow.reader.frames).toHaveLength(2);
    expect(slow.reader.frames[1]?.removes).toEqual([{ id: 2, reason: 'peer-closed' }]);
    const now = [...pool.rows()].sort((a, b) => a.id - b.id);
    expect([...slow.reader.rows.values()].sort((a, b) => a.id - b.id)).toEqual(now);
  });

  it('gets the picture frame by frame as its way clears', async () => {
    for (let id = 1; id <= 1_500; id += 1) {
      pool.put(id);
    }
    const reader = new Reader(clock);
    let room = 1;
    pump.subscribe(
      (frame) => {
        room -= 1;
        reader.listen(frame);
      },
      { isReady: () => room > 0 },
    );
    await clock.advance(1_000);
    expect(reader.frames).toHaveLength(1);
    room = 1;
    await clock.advance(framePauseMs);
    expect(reader.frames).toHaveLength(2);
    room = 5;
    await clock.advance(framePauseMs);
    expect(reader.rows.size).toBe(1_500);
  });
});

it('a listener that ends its own subscription hears no more', async () => {
  pool.put(1);
  let heard = 0;
  const end = pump.subscribe(() => {
    heard += 1;
    end();
  });
  await clock.advance(1_000);
  expect(heard).toBe(1);
  expect(clock.timers).toBe(0);
});
