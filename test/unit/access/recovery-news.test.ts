import { expect, it } from 'vitest';
import { RecoveryNews } from '../../../core/access/recovery-news.ts';
import { recordedEvents } from '../../support/access-fixtures.ts';
import { ManualClock } from '../../support/manual-clock.ts';

it('tells how many IPs came back, at once and then at most once a minute, each of them once', () => {
  const { sink, events } = recordedEvents(new ManualClock());
  const news = new RecoveryNews(sink, 4);
  const at = (moves: number, s: number): unknown[] => {
    news.see(moves, s * 1_000);
    return events.splice(0).map(({ kind, level, data }) => [kind, level, data]);
  };
  const told = (ips: number) => [['access.recovered', 'info', { ips }]];
  expect(at(4, 0)).toEqual([]);
  expect(at(6, 1)).toEqual(told(2));
  expect(at(7, 30)).toEqual([]);
  expect(at(9, 60)).toEqual([]);
  expect(at(9, 61)).toEqual(told(3));
  expect(at(9, 300)).toEqual([]);
});
