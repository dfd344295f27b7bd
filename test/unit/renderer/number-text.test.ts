import { describe, expect, it } from 'vitest';
import { isHopeless, readNumber } from '../../../renderer/parts/fields/number-text.ts';

const retries = { min: 0, max: 10, whole: true };
const timeout = { min: 0.1, max: 300, whole: false };
const concurrency = { min: 1, max: 1_000, whole: true };

describe('a number that is typed', () => {
  it('is read as it stands, with groups, a fraction or an exponent', () => {
    expect(readNumber(' 7 ', retries)).toBe(7);
    expect(readNumber('1,000', concurrency)).toBe(1_000);
    expect(readNumber('1 000', concurrency)).toBe(1_000);
    expect(readNumber('1e3', concurrency)).toBe(1_000);
    expect(readNumber('.5', timeout)).toBe(0.5);
    expect(readNumber('12.', timeout)).toBe(12);
  });

  it.each([
    ['99', retries],
    ['-3', concurrency],
    ['−3', concurrency],
    ['1.5', retries],
    ['1e9', timeout],
    ['0.05', timeout],
    ['', retries],
    ['-', retries],
    ['.', timeout],
    ['e3', timeout],
    ['12a', concurrency],
    ['1,5', timeout],
    ['10,00', concurrency],
    ['0x10', concurrency],
    ['Infinity', concurrency],
  ])('%s is taken whole or not at all', (text, bounds) => {
    expect(readNumber(text, bounds)).toBeNull();
  });

  it('is refused under the hands only when nothing typed behind it can help', () => {
    expect(isHopeless('99', retries)).toBe(true);
    expect(isHopeless('9,999', concurrency)).toBe(true);
    expect(isHopeless('abc', timeout)).toBe(true);
    for (const begun of ['', '-', '0', '0.', '1e', '.', '1,']) {
      expect(isHopeless(begun, timeout), begun).toBe(false);
    }
  });
});
