import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Paced } from '../../../renderer/base/paced.ts';
import { ConnectionsStore, departureMs } from '../../../renderer/store/connections-store.ts';
import { EngineClock } from '../../../renderer/store/engine-clock.ts';
import { FakeVisibility, frame, RecordingApi, row } from './fixtures.ts';

function setUp() {
  const api = new RecordingApi();
  const visibility = new FakeVisibility();
  const store = new ConnectionsStore(api, visibility, new EngineClock());
  return { api, visibility, store };
}

describe('ConnectionsStore', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('takes a picture in several frames, then changes', () => {
    const { api, store } = setUp();
    store.retain();
    api.send('connections', frame(1, { reset: true, unfinished: true, upserts: [row(1), row(2)] }));
    api.send('connections', frame(2, { upserts: [row(3)] }));
    api.send(
      'connections',
      frame(3, { upserts: [row(2, { requests: 9 })], removes: [{ id: 1, reason: 'peer-closed' }] }),
    );
    expect([...store.rows()].map((entry) => [entry.id, entry.requests])).toEqual([
      [2, 9],
      [3, 0],
    ]);
    expect(store.size).toBe(2);
    expect(api.log).toEqual(['+connections']);
  });

  it('says when its rows were last watched, until there is a new picture', () => {
    vi.setSystemTime(0);
    const { api, store } = setUp();
    const end = store.retain();
    api.send('connections', frame(1, { reset: true, upserts: [row(1)] }));
    expect([store.leftAtMs, store.second()]).toEqual([null, 1_060]);
    end();
    vi.advanceTimersByTime(3_000);
    expect([store.leftAtMs, store.second()]).toEqual([1_063_000, 1_063]);
    vi.advanceTimersByTime(60_000);
    store.retain();
    expect(store.leftAtMs, 'subscribed again, and nothing has come').toBe(1_063_000);
    api.send('connections', frame(1, { reset: true, atMs: 1_123_000, upserts: [row(1)] }));
    expect([store.leftAtMs, store.second()]).toEqual([null, 1_123]);
  });

  it('shows nothing of a picture before its last frame, and the one before it until then', () => {
    const { api, store } = setUp();
    store.retain();
    let told = 0;
    store.frames.subscribe(() => {
      told += 1;
    });
    api.send('connections', frame(1, { reset: true, unfinished: true, upserts: [row(1)] }));
    expect([store.loaded, store.size, told]).toEqual([false, 0, 0]);
    api.send('connections', frame(2, { upserts: [row(2)] }));
    expect([store.loaded, store.size, told]).toEqual([true, 2, 1]);
    api.send('connections', frame(1, { reset: true, unfinished: true, upserts: [row(3)] }));
    expect([...store.rows()].map((entry) => entry.id)).toEqual([1, 2]);
    api.send('connections', frame(2, { unfinished: false, upserts: [row(4)] }));
    expect([...store.rows()].map((entry) => entry.id)).toEqual([3, 4]);
  });

  it('has a new picture worked on at once, and what changes at its pace', () => {
    const { api, store } = setUp();
    store.retain();
    const done: number[] = [];
    const work = new Paced(500, () => done.push(store.size));
    work.now();
    store.pace(work);
    api.send('connections', frame(1, { reset: true, upserts: [row(1)] }));
    api.send('connections', frame(2, { upserts: [row(2)] }));
    expect(done).toEqual([0, 1]);
    vi.advanceTimersByTime(500);
    expect(done).toEqual([0, 1, 2]);
    work.stop();
  });

  it('forgets everything at a new picture', () => {
    const { api, store } = setUp();
    store.retain();
    api.send('connections', frame(1, { reset: true, upserts: [row(1), row(2)] }));
    api.send('connections', frame(7, { reset: true, upserts: [row(5)] }));
    expect([...store.rows()].map((entry) => entry.id)).toEqual([5]);
  });

  it('subscribes anew on a gap and applies nothing of it', () => {
    const { api, store } = setUp();
    store.retain();
    api.send('connections', frame(1, { reset: true, upserts: [row(1)] }));
    api.send('connections', frame(3, { upserts: [row(2)] }));
    expect(api.log).toEqual(['+connections', '-connections', '+connections']);
    expect(store.row(2)).toBeUndefined();
    api.send('connections', frame(1, { reset: true, upserts: [row(1), row(2)] }));
    expect(store.size).toBe(2);
  });

  it('wakes only who watches a row that changed', () => {
    const { api, store } = setUp();
    store.retain();
    api.send('connections', frame(1, { reset: true, upserts: [row(1), row(2)] }));
    const one = vi.fn();
    const two = vi.fn();
    store.watch(1, one);
    const stop = store.watch(2, two);
    api.send('connections', frame(2, { upserts: [row(2, { requests: 1 })] }));
    expect(one).not.toHaveBeenCalled();
    expect(two).toHaveBeenCalledOnce();
    stop();
    api.send('connections', frame(3, { upserts: [row(2, { requests: 2 })] }));
    expect(two).toHaveBeenCalledOnce();
  });

  it('shows a row that went for a moment, with its reason, but does not count it', () => {
    const { api, store } = setUp();
    store.retain();
    api.send('connections', frame(1, { reset: true, upserts: [row(1)] }));
    api.send('connections', frame(2, { removes: [{ id: 1, reason: 'blacklisted' }] }));
    expect(store.size).toBe(0);
    expect([...store.departures()]).toMatchObject([{ row: { id: 1 }, reason: 'blacklisted' }]);
    vi.advanceTimersByTime(departureMs);
    expect([...store.departures()]).toEqual([]);
    vi.advanceTimersByTime(5_000);
    expect(store.departed(1)).toBeUndefined();
  });

  it('keeps those that a frozen table shows, and no others', () => {
    const { api, store } = setUp();
    store.retain();
    store.holdDepartures(new Set([1]));
    api.send('connections', frame(1, { reset: true, upserts: [row(1), row(2)] }));
    const gone = [1, 2].map((id) => ({ id, reason: 'operator' as const }));
    api.send('connections', frame(2, { removes: gone }));
    vi.advanceTimersByTime(60_000);
    expect([...store.departures()].map((departed) => departed.row.id)).toEqual([1]);
    expect(store.departed(2)).toBeUndefined();
    store.holdDepartures(new Set());
    expect(store.departed(1)).toBeUndefined();
  });

  it('tells of thousands that went in one frame once when they fade', () => {
    const { api, store } = setUp();
    store.retain();
    const rows = Array.from({ length: 2_000 }, (_, id) => row(id));
    api.send('connections', frame(1, { reset: true, upserts: rows }));
    let told = 0;
    store.frames.subscribe(() => {
      told += 1;
    });
    api.send('connections', frame(2, { removes: rows.map(({ id }) => ({ id, reason: 'blacklisted' })) }));
    vi.advanceTimersByTime(60_000);
    expect(told).toBe(2);
    expect([...store.departures()]).toEqual([]);
  });

  it('is subscribed while somebody needs rows and the page can be seen', () => {
    const { api, visibility, store } = setUp();
    expect(api.log).toEqual([]);
    const release = store.retain();
    visibility.show(false);
    visibility.show(true);
    expect(api.log).toEqual(['+connections', '-connections', '+connections']);
    release();
    const again = store.retain();
    vi.advanceTimersByTime(60_000);
    expect(api.log).toHaveLength(3);
    again();
    vi.advanceTimersByTime(60_000);
    expect(api.log.at(-1)).toBe('-connections');
  });
});
