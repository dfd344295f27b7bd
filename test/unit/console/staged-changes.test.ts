import { describe, expect, test } from 'vitest';
import { StagedChanges } from '../../../core/console/staged-changes.ts';
import { accessChangeSchema, mostStagedAtOnce, mostStagedLines } from '../../../core/contract/access.ts';
import type { RequestParsed } from '../../../core/contract/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

type Piece = RequestParsed<'access.stage'>;

function line(index: number): Piece['add'][number] {
  return {
    list: 'black',
    value: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
    note: '',
    expiresAtMs: null,
  };
}

const gone: Piece['remove'][number] = { list: 'white', value: '192.0.2.1', origin: 'operator' };

function naming(ticket: string) {
  return accessChangeSchema.parse({ staged: ticket, add: [line(9)], reason: 'why' });
}

function staging() {
  const clock = new ManualClock();
  return { clock, staged: new StagedChanges(clock) };
}

describe('a change in pieces', () => {
  test('is put together in their order, the lines of the last message behind them', () => {
    const { staged } = staging();
    expect(staged.put({ ticket: 'a', from: 0, add: [line(1), line(2)], remove: [] })).toEqual({ lines: 2 });
    expect(staged.put({ ticket: 'a', from: 2, add: [line(3)], remove: [gone] })).toEqual({ lines: 4 });
    expect(staged.whole(naming('a'))).toMatchObject({
      add: [line(1), line(2), line(3), line(9)],
      remove: [gone],
      reason: 'why',
    });
    // Asked again: the same.
    expect(staged.whole(naming('a')).add).toHaveLength(4);
  });

  test('begins anew at 0, and refuses a piece that does not follow on', () => {
    const { staged } = staging();
    staged.put({ ticket: 'a', from: 0, add: [line(1)], remove: [] });
    expect(() => staged.put({ ticket: 'a', from: 2, add: [line(2)], remove: [] })).toThrow('has 1 of this change');
    expect(() => staged.put({ ticket: 'b', from: 1, add: [line(2)], remove: [] })).toThrow('has 0 of this change');
    staged.put({ ticket: 'a', from: 0, add: [line(7)], remove: [] });
    expect(staged.whole(naming('a')).add).toEqual([line(7), line(9)]);
  });

  test('is forgotten when nobody has asked for five minutes, when it is dropped, and at the end', async () => {
    const { clock, staged } = staging();
    staged.put({ ticket: 'a', from: 0, add: [line(1)], remove: [] });
    await clock.advance(299_000);
    staged.whole(naming('a'));
    await clock.advance(299_000);
    expect(staged.whole(naming('a')).add).toHaveLength(2);
    await clock.advance(300_000);
    expect(() => staged.whole(naming('a'))).toThrow('carry its lines again');
    staged.put({ ticket: 'b', from: 0, add: [line(1)], remove: [] });
    staged.drop('b');
    expect(() => staged.whole(naming('b'))).toThrow('carry its lines again');
    staged.put({ ticket: 'c', from: 0, add: [line(1)], remove: [] });
    staged.close();
    expect(clock.timers).toBe(0);
  });

  test('has at most so many lines, and makes those forgotten that were used longest ago', () => {
    const { staged } = staging();
    const piece = Array.from({ length: mostStagedAtOnce }, (_, index) => line(index));
    const fill = (ticket: string): void => {
      for (let from = 0; from < mostStagedLines; from += mostStagedAtOnce) {
        staged.put({ ticket, from, add: piece, remove: [] });
      }
    };
    fill('a');
    fill('b');
    expect(() => staged.put({ ticket: 'b', from: mostStagedLines, add: [line(0)], remove: [] })).toThrow(
      'at most 400000 lines',
    );
    staged.put({ ticket: 'c', from: 0, add: [line(1)], remove: [] });
    expect(() => staged.whole(naming('a'))).toThrow('carry its lines again');
    expect(staged.whole(naming('b')).add).toHaveLength(mostStagedLines + 1);
  });
});
