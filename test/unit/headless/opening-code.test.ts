import { expect, it } from 'vitest';
import { OpeningCode } from '../../../electron/headless/request-guard.ts';

it('a code that opens the page is good for a minute', () => {
  const codes = new OpeningCode();
  const inTime = codes.make(1_000);
  expect(codes.take(inTime, 61_000)).toBe(true);
  const tooLate = codes.make(1_000);
  expect(codes.take(tooLate, 61_001)).toBe(false);
});
