import { describe, expect, it } from 'vitest';
import { loadBand, UsualTimesKeeper } from '../../../core/statistics/usual-times.ts';

const minuteMs = 60_000;

/** One minute with so many new connections whose answer took `ms`. */
function minute(usual: UsualTimesKeeper, number: number, ms: number, connections = 20, inFlight = 1): void {
  for (let count = 0; count < connections; count += 1) {
    usual.connected({ tcpMs: 1, tlsMs: 4, responseMs: ms }, inFlight, number * minuteMs + count);
  }
}

describe('what is usual for new connections', () => {
  it('is the mean over quiet minutes, known when the first of them is over', () => {
    const usual = new UsualTimesKeeper();
    minute(usual, 0, 10);
    expect(usual.telling(minuteMs - 1)).toEqual(new Map());
    expect(usual.telling(minuteMs).get(1)).toEqual({ load: 1, responseMs: 10, tcpMs: 1, tlsMs: 4, connections: 20 });
    minute(usual, 1, 20);
    minute(usual, 2, 60);
    expect(usual.telling(3 * minuteMs).get(1)).toMatchObject({ responseMs: 30, connections: 60 });
  });

  it('is apart for each band of load, and is not told before twenty connections', () => {
    expect([1, 2, 4, 5, 16, 17, 64, 65].map(loadBand)).toEqual([1, 4, 4, 16, 16, 64, 64, 256]);
    const usual = new UsualTimesKeeper();
    minute(usual, 0, 10);
    minute(usual, 0, 80, 19, 10);
    expect([...usual.telling(minuteMs).keys()]).toEqual([1]);
    minute(usual, 1, 100, 1, 10);
    expect(usual.telling(2 * minuteMs).get(16)).toMatchObject({ responseMs: 81, connections: 20 });
    expect(usual.telling(2 * minuteMs).get(1)).toMatchObject({ responseMs: 10 });
  });

  it('learns nothing from a minute with failures', () => {
    const usual = new UsualTimesKeeper();
    minute(usual, 0, 10);
    minute(usual, 1, 500, 18);
    usual.failed(minuteMs);
    expect(usual.telling(2 * minuteMs).get(1)).toMatchObject({ responseMs: 10, connections: 20 });
    // One failure among twenty is everyday life.
    minute(usual, 2, 30, 20);
    usual.failed(2 * minuteMs);
    expect(usual.telling(3 * minuteMs).get(1)).toMatchObject({ responseMs: 20, connections: 40 });
  });

  it('follows a host that has changed for good', () => {
    const usual = new UsualTimesKeeper();
    for (let number = 0; number < 100; number += 1) {
      minute(usual, number, number < 50 ? 10 : 40, 100);
    }
    expect(usual.telling(100 * minuteMs).get(1)?.responseMs).toBeGreaterThan(38);
  });

  it('has the handshake of full ones alone', () => {
    const usual = new UsualTimesKeeper();
    minute(usual, 0, 10);
    usual.connected({ tcpMs: 1, tlsMs: null, responseMs: 10 }, 1, 100);
    expect(usual.telling(minuteMs).get(1)).toMatchObject({ tlsMs: 4, connections: 21 });
  });

  it('goes on from what was known before, and prefers what it has learned itself', () => {
    const usual = new UsualTimesKeeper();
    minute(usual, 0, 10);
    usual.read(minuteMs);
    const known = { responseMs: 99, tcpMs: 9, tlsMs: null, connections: 30 };
    usual.restore([
      { load: 1, ...known },
      { load: 4, ...known },
    ]);
    expect(usual.read(minuteMs)).toMatchObject([
      { load: 1, responseMs: 10 },
      { load: 4, responseMs: 99 },
    ]);
  });
});
