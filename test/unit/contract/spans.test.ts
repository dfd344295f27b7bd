import { expect, it } from 'vitest';
import { duration, spanOf, unitsZh } from '../../../core/contract/event-figures.ts';
import { eventSentence } from '../../../core/contract/event-text.ts';
import type { EngineEvent } from '../../../core/contract/events.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

it.each([
  [350, '350 ms', '350 ms'],
  [1_290, '1.2 s', '1.2 秒'],
  [61_000, '1 min 1 s', '1 分 1 秒'],
  [2 * minuteMs, '2 min', '2 分钟'],
  [2 * hourMs + 5 * minuteMs + 9_000, '2 h 5 min', '2 小时 5 分'],
  [3 * hourMs, '3 h', '3 小时'],
  [27 * hourMs, '1 d 3 h', '1 天 3 小时'],
  [7 * 24 * hourMs, '7 d', '7 天'],
])('a span of %i ms has its two largest units, and no nought', (ms, english, chinese) => {
  expect(duration(ms)).toBe(english);
  expect(spanOf(ms, unitsZh)).toBe(chinese);
});

it('an event writes a span as everything else does, and numbers with their thousands', () => {
  const said = (kind: EngineEvent['kind'], data: object) =>
    (['en', 'zh'] as const).map((language) => eventSentence({ kind, data, subject: '' } as EngineEvent, language));
  expect(said('pool.woke', { seconds: 61 })).toEqual([
    expect.stringContaining('slept for 1 min 1 s,'),
    expect.stringContaining('休眠了 1 分 1 秒，'),
  ]);
  const many = { added: 0, removed: 99_998, whitelisted: 0, blacklisted: 0, named: '10.0.0.1' };
  expect(said('access.changed-many', many)).toEqual([
    '0 entries added or changed, 99,998 removed: 10.0.0.1, …',
    '新增或更改 0 条，移除 99,998 条：10.0.0.1…',
  ]);
  expect(said('dns.changed', { host: 'a.test', addresses: 1, added: 0, vanished: 0 })[0]).toBe(
    'a.test has 1 address: 0 new, 0 gone',
  );
});
