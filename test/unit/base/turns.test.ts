import { expect, it } from 'vitest';
import { parseAccessEntries, parseAccessEntriesInTurns } from '../../../core/access/entry-parser.ts';
import { atOnce, inTurns, type Pieces } from '../../../core/base/turns.ts';
import { parseIpList, parseIpListInTurns } from '../../../core/warm-up/ip-list.ts';

function* counting(upTo: number): Pieces<number> {
  for (let count = 0; count < upTo; count += 1) {
    yield;
  }
  return upTo;
}

/** Turns of the event loop that others have had when the work is done. */
async function turnsOfOthers(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let done = false;
  const count = (): void => {
    turns += 1;
    if (!done) {
      setImmediate(count);
    }
  };
  setImmediate(count);
  await work;
  done = true;
  return turns;
}

it('gives the same in turns as at once, and lets others have a turn after each piece', async () => {
  expect(atOnce(counting(7))).toBe(7);
  expect(await inTurns(counting(7))).toBe(7);
  expect(await turnsOfOthers(inTurns(counting(7)))).toBeGreaterThanOrEqual(6);
});

const lines = Array.from({ length: 20_000 }, (_, index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`);

it.each([
  ['entries of a list', lines.join('\n')],
  ['entries with faults', `${lines.join('\n')}\nnonsense\n300.0.0.1`],
])('%s are read piece by piece, and as if they were read at once', async (_, text) => {
  const reading = parseAccessEntriesInTurns(text);
  expect(await turnsOfOthers(reading)).toBeGreaterThanOrEqual(8);
  expect(await reading).toEqual(parseAccessEntries(text));
  const list = parseIpListInTurns(text, () => null);
  expect(await turnsOfOthers(list)).toBeGreaterThanOrEqual(8);
  expect(await list).toEqual(parseIpList(text, () => null));
});
