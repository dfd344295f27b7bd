import { describe, expect, it } from 'vitest';
import { QuietMinutes } from '../../../core/statistics/quiet-minutes.ts';

const minuteMs = 60_000;

/** One minute with so many answers of `ms`. */
function minute(quiet: QuietMinutes, number: number, ms: number, answers = 5): void {
  for (let count = 0; count < answers; count += 1) {
    quiet.responded(ms, number * minuteMs + count);
  }
}

describe('the baseline of a host', () => {
  it('is the mean response time of its quiet minutes, known when the first of them is over', () => {
    const quiet = new QuietMinutes();
    minute(quiet, 0, 10);
    expect(quiet.baseline(minuteMs - 1)).toBeNull();
    expect(quiet.baseline(minuteMs)).toEqual({ responseMs: 10, tcpMs: null, tlsMs: null, minutes: 1 });
    minute(quiet, 1, 20);
    minute(quiet, 2, 60);
    expect(quiet.baseline(3 * minuteMs)).toMatchObject({ responseMs: 30, minutes: 3 });
  });

  it('leaves out a minute with a warm-up in it, with failures, or with too few answers', () => {
    const quiet = new QuietMinutes();
    minute(quiet, 0, 10);
    minute(quiet, 1, 500);
    quiet.disturbed(minuteMs + 30_000);
    minute(quiet, 2, 500, 18);
    quiet.failed(2 * minuteMs);
    minute(quiet, 3, 500, 4);
    expect(quiet.baseline(9 * minuteMs)).toMatchObject({ responseMs: 10, minutes: 1 });
    // One failure among twenty is everyday life.
    minute(quiet, 10, 30, 19);
    quiet.failed(10 * minuteMs);
    expect(quiet.baseline(11 * minuteMs)).toMatchObject({ responseMs: 20, minutes: 2 });
  });

  it('follows a host that has changed for good', () => {
    const quiet = new QuietMinutes();
    for (let number = 0; number < 100; number += 1) {
      minute(quiet, number, 10);
    }
    for (let number = 100; number < 200; number += 1) {
      minute(quiet, number, 40);
    }
    expect(quiet.baseline(200 * minuteMs)?.responseMs).toBeGreaterThan(38);
  });

  it('keeps the parts of new connections, where some were made', () => {
    const quiet = new QuietMinutes();
    minute(quiet, 0, 10);
    quiet.dialled({ tcpMs: 2, tlsMs: 8 }, 10);
    quiet.dialled({ tcpMs: 4, tlsMs: 12 }, 20);
    minute(quiet, 1, 10);
    expect(quiet.baseline(2 * minuteMs)).toEqual({ responseMs: 10, tcpMs: 3, tlsMs: 10, minutes: 2 });
  });

  it('goes on from what was known before', () => {
    const quiet = new QuietMinutes();
    quiet.restore({ responseMs: 10, tcpMs: 1, tlsMs: 2, minutes: 3 });
    expect(quiet.baseline(0)).toMatchObject({ responseMs: 10, minutes: 3 });
    minute(quiet, 1, 50);
    expect(quiet.baseline(2 * minuteMs)).toEqual({ responseMs: 20, tcpMs: 1, tlsMs: 2, minutes: 4 });
  });
});
