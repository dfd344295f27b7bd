import { expect, test } from 'vitest';
import { PresetAdvice } from '../../../core/config/preset-advice.ts';

/** Each second of `rates`; what is suggested after each. */
function suggestions(rates: readonly number[], advice = new PresetAdvice()): (string | null)[] {
  return rates.map((requests) => {
    advice.observe([{ atMs: (Number.isFinite(advice.seenMs) ? advice.seenMs : 0) + 1_000, requests }]);
    return advice.suggested;
  });
}

const steady = (rate: number, seconds: number): number[] => Array.from({ length: seconds }, () => rate);

test.each([
  [1, 'low'],
  [9, 'low'],
  [10, 'medium'],
  [99, 'medium'],
  [100, 'high'],
  [5_000, 'high'],
])('%i requests a second for a minute suggest %s', (rate, preset) => {
  const suggested = suggestions(steady(rate, 60));
  expect(suggested.slice(0, 59).every((one) => one === null)).toBe(true);
  expect(suggested.at(-1)).toBe(preset);
});

test('nothing is suggested to a pool that nobody has used', () => {
  expect(suggestions(steady(0, 600)).every((one) => one === null)).toBe(true);
});

test('a rate that wavers around a border suggests one preset for good', () => {
  const wavering = Array.from({ length: 3_600 }, (_, second) => 10 + 0.9 * Math.sin(second / 40));
  expect(new Set(suggestions(wavering).slice(60)).size).toBe(1);
});

test('a rate that has clearly changed suggests another, once', () => {
  const seen = suggestions([...steady(5, 120), ...steady(50, 300), ...steady(2, 300)]);
  const changes = seen.filter((one, second) => one !== seen[second - 1]);
  expect(changes).toEqual([null, 'low', 'medium', 'low']);
});

test('a burst of a few seconds changes nothing', () => {
  const seen = suggestions([...steady(5, 120), ...steady(60, 8), ...steady(5, 300)]);
  expect(new Set(seen.slice(60))).toEqual(new Set(['low']));
});

test('seconds that were seen are not counted twice', () => {
  const advice = new PresetAdvice();
  const seconds = Array.from({ length: 60 }, (_, index) => ({ atMs: index, requests: 20 }));
  advice.observe(seconds);
  advice.observe(seconds);
  expect(advice.requestsPerSecond).toBe(20);
});
