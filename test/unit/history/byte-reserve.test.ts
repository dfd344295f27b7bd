import { expect, it } from 'vitest';
import { ByteReserve } from '../../../core/history/byte-reserve.ts';

it('a reserve is full at first, is used up, and is saved up again to no more than it holds', () => {
  const reserve = new ByteReserve(1_000, 10);
  expect(reserve.hasSome(0)).toBe(true);
  reserve.take(1_200);
  expect(reserve.hasSome(20_000), 'as much as it owes').toBe(false);
  expect(reserve.hasSome(20_100)).toBe(true);
  expect(reserve.hasSome(1_000_000_000)).toBe(true);
  reserve.take(1_000);
  expect(reserve.hasSome(1_000_000_000)).toBe(false);
});

it('a clock that is set back takes nothing from it and adds nothing', () => {
  const reserve = new ByteReserve(1_000, 10);
  reserve.hasSome(50_000);
  reserve.take(1_000);
  expect(reserve.hasSome(10_000)).toBe(false);
  expect(reserve.hasSome(11_000)).toBe(true);
});
