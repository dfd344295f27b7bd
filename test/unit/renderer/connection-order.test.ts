import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConnectionFilter } from '../../../renderer/store/connection-filter.ts';
import { ConnectionOrder, type ConnectionSort, sortRows } from '../../../renderer/store/connection-order.ts';
import { ConnectionsStore } from '../../../renderer/store/connections-store.ts';
import { EngineClock } from '../../../renderer/store/engine-clock.ts';
import { FakeVisibility, frame, RecordingApi, row } from './fixtures.ts';

const byRequests: ConnectionSort = { column: 'requests', descending: true };
const everything = readConnectionFilter('');

function setUp(...rows: ReturnType<typeof row>[]) {
  const clock = new EngineClock();
  const store = new ConnectionsStore(new RecordingApi(), new FakeVisibility(), clock);
  store.apply(frame(1, { reset: true, upserts: rows }));
  const order = new ConnectionOrder(store, clock);
  order.query(everything, byRequests);
  order.follow();
  const counted = vi.fn();
  order.changes.subscribe(counted);
  return { store, order, counted };
}

describe('ConnectionOrder', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('orders at most twice a second while rows change ten times a second', () => {
    const { store, order, counted } = setUp(row(1, { requests: 1 }), row(2, { requests: 2 }));
    for (let seq = 2; seq < 22; seq += 1) {
      store.apply(frame(seq, { upserts: [row(1, { requests: seq })] }));
      vi.advanceTimersByTime(100);
    }
    expect(counted.mock.calls.length).toBeLessThanOrEqual(4);
    vi.advanceTimersByTime(500);
    expect(order.current().ids).toEqual([1, 2]);
  });

  it('answers the operator at once', () => {
    const { order, counted } = setUp(row(1), row(2, { host: 'tiles.demo.test' }));
    order.query(readConnectionFilter('host:tiles'), byRequests);
    expect(counted).toHaveBeenCalledOnce();
    expect(order.current()).toMatchObject({ ids: [2], matching: 1, total: 2 });
  });

  it('holds the order still while frozen, counts what is new, and catches up afterwards', () => {
    const { store, order } = setUp(row(1, { requests: 5 }), row(2, { requests: 1 }));
    order.freeze(true);
    store.apply(
      frame(2, { upserts: [row(2, { requests: 99 }), row(3)], removes: [{ id: 1, reason: 'idle-timeout' }] }),
    );
    vi.advanceTimersByTime(10_000);
    expect(order.current()).toMatchObject({ ids: [1, 2], lines: [1, 2], matching: 2, total: 2, arrivals: 1 });
    order.freeze(false);
    expect(order.current()).toMatchObject({ ids: [2, 3], matching: 2, total: 2, arrivals: 0 });
  });

  it('gathers rows under their hosts, the host of the first row first, and folds what is folded', () => {
    const rows = [
      row(1, { host: 'a.test', errors: 0 }),
      row(2, { host: 'b.test', errors: 9 }),
      row(3, { host: 'a.test', errors: 3, state: 'leased' }),
    ];
    const { order } = setUp(...rows);
    order.query(everything, { column: 'errors', descending: true });
    order.gather({ by: 'host', collapsed: new Set(['host a.test']) });
    expect(order.current().lines).toEqual([
      { key: 'host b.test', name: 'b.test', ids: [2], states: [['idle', 1]], collapsed: false },
      2,
      {
        key: 'host a.test',
        name: 'a.test',
        ids: [3, 1],
        states: [
          ['leased', 1],
          ['idle', 1],
        ],
        collapsed: true,
      },
    ]);
    expect(order.current().ids).toEqual([2, 3, 1]);
  });

  it('folds and unfolds while frozen, without another order', () => {
    const { store, order } = setUp(row(1, { requests: 5 }), row(2, { requests: 1, ip: '127.0.0.1' }));
    order.freeze(true);
    store.apply(frame(2, { upserts: [row(2, { requests: 99, ip: '127.0.0.1' })] }));
    order.gather({ by: 'ip', collapsed: new Set() });
    expect(order.current().lines).toMatchObject([{ name: '127.0.0.1', ids: [1, 2] }, 1, 2]);
    order.gather({ by: 'ip', collapsed: new Set(['ip 127.0.0.1']) });
    expect(order.current().lines).toMatchObject([{ collapsed: true }]);
  });

  it('keeps a closed row on the screen for a moment without counting it', () => {
    const { store, order } = setUp(row(1), row(2));
    store.apply(frame(2, { removes: [{ id: 2, reason: 'peer-closed' }] }));
    vi.advanceTimersByTime(600);
    expect(order.current()).toMatchObject({ ids: [1, 2], matching: 1, total: 1 });
    vi.advanceTimersByTime(2_000);
    expect(order.current().ids).toEqual([1]);
  });
});

describe('sortRows', () => {
  const sorted = (column: ConnectionSort['column'], descending: boolean, ...rows: ReturnType<typeof row>[]) =>
    sortRows(rows, { column, descending });

  it('sorts addresses as numbers, IPv4 before IPv6', () => {
    const rows = ['::1', '127.0.0.10', '10.0.0.200', '127.0.0.9'].map((ip, index) => row(index + 1, { ip }));
    expect(sorted('ip', false, ...rows)).toEqual([3, 4, 2, 1]);
  });

  it('puts what is not known last, both ways', () => {
    const rows = [row(1, { lastResponseMs: null }), row(2, { lastResponseMs: 5 }), row(3, { lastResponseMs: 9 })];
    expect(sorted('response', false, ...rows)).toEqual([2, 3, 1]);
    expect(sorted('response', true, ...rows)).toEqual([3, 2, 1]);
  });

  it('keeps equal rows in the order of their ids', () => {
    expect(sorted('host', true, row(3), row(1), row(2))).toEqual([1, 2, 3]);
  });

  it('begins the state column with the unhealthy ones', () => {
    const rows = [row(1), row(2, { state: 'leased' }), row(3, { healthy: false }), row(4, { state: 'dialing' })];
    expect(sorted('state', false, ...rows)).toEqual([3, 2, 4, 1]);
  });

  it('calls the youngest first when age rises', () => {
    expect(sorted('age', false, row(1, { createdAtMs: 100 }), row(2, { createdAtMs: 900 }))).toEqual([2, 1]);
  });
});
