import { describe, expect, it } from 'vitest';
import { frameAround } from '../../../renderer/past/reach.ts';
import { readMoment, writeMoment } from '../../../renderer/past/read-moment.ts';
import { marksOf } from '../../../renderer/past/time-slider.tsx';

const present = new Date(2026, 0, 31, 14, 30, 15).getTime();
const local = (...parts: [number, number, number, number, number, number?]): number => new Date(...parts).getTime();

describe('a moment as it is written', () => {
  it.each<[string, number]>([
    ['14:09', local(2026, 0, 31, 14, 9)],
    ['9:05:07', local(2026, 0, 31, 9, 5, 7)],
    ['14:31', local(2026, 0, 30, 14, 31)],
    ['yesterday 14:09', local(2026, 0, 30, 14, 9)],
    ['昨天14:09', local(2026, 0, 30, 14, 9)],
    ['2026-01-29 23:59:58', local(2026, 0, 29, 23, 59, 58)],
    ['2026-01-29T23:59', local(2026, 0, 29, 23, 59)],
    ['2026-01-29T12:00:00Z', Date.UTC(2026, 0, 29, 12)],
    ['-2h', present - 7_200_000],
    [' - 15 min ', present - 900_000],
    ['-3d', present - 3 * 86_400_000],
  ])('%s is read', (text, expected) => {
    expect(readMoment(text, present)).toBe(expected);
  });

  it.each([
    '',
    'now',
    '25:99',
    '24:30',
    '9:75',
    '14:09:60',
    '2026-02-31 14:09',
    '14',
    '2026-01-29',
    '2026-13-41 10:00',
    '-2 weeks',
  ])('%s is none', (text) => {
    expect(readMoment(text, present)).toBeNull();
  });

  it('is read as it was written', () => {
    expect(readMoment(writeMoment(present), present)).toBe(present);
  });
});

describe('the slider', () => {
  const hourMs = 3_600_000;

  it('ends in the present while the moment is in its reach, and lies about it where it is not', () => {
    expect(frameAround(null, hourMs, present)).toEqual({ fromMs: present - hourMs, toMs: present });
    expect(frameAround(present - hourMs, hourMs, present)).toEqual({ fromMs: present - hourMs, toMs: present });
    for (let backMs = hourMs + 1; backMs < 30 * hourMs; backMs += 777_777) {
      const { fromMs, toMs } = frameAround(present - backMs, hourMs, present);
      expect(toMs - fromMs).toBe(hourMs);
      expect(toMs).toBeLessThanOrEqual(present);
      expect(present - backMs).toBeGreaterThanOrEqual(fromMs);
      expect(present - backMs).toBeLessThan(toMs);
    }
  });

  it('shows of what would stand on one spot the weightiest, and nothing from outside of it', () => {
    const frame = { fromMs: 0, toMs: 1_000 };
    const marks = marksOf(
      [
        { lane: 'warm-ups', atMs: -5 },
        { lane: 'warm-ups', atMs: 100 },
        { lane: 'alerts', atMs: 101 },
        { lane: 'lists', atMs: 103 },
        { lane: 'config', atMs: 500 },
        { lane: 'config', atMs: 1_000 },
      ],
      frame,
      1_000,
    );
    expect(marks).toEqual([
      { lane: 'alerts', x: 100 },
      { lane: 'config', x: 500 },
    ]);
  });
});
