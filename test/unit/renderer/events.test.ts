import { describe, expect, it } from 'vitest';
import { everything, isEverything, isNoIp, rangeOver } from '../../../renderer/store/events-screen.ts';
import { EventsStore } from '../../../renderer/store/events-store.ts';
import { fits, mergeEvents } from '../../../renderer/views/events/event-filter.ts';
import { printEvents } from '../../../renderer/views/events/export-events.ts';
import type { ShownEvent } from '../../../renderer/views/events/shown-event.ts';
import { freshOnes, type Remembered, withFirstPage } from '../../../renderer/views/events/use-event-log.ts';

function event(seq: number, change: Partial<ShownEvent> = {}): ShownEvent {
  return {
    seq,
    atMs: 1_000 * seq,
    level: 'info',
    kind: 'access.changed',
    subject: '10.0.0.1',
    text: 'joins the black list',
    data: { host: 'a.test', ip: '10.0.0.1' },
    ...change,
  };
}

describe('the filter of events', () => {
  it.each([
    [{ text: 'BLACK' }, true],
    [{ text: '10.0' }, true],
    [{ text: ' changed ' }, true],
    [{ text: 'white' }, false],
    [{ levels: ['warn', 'info'] as const }, true],
    [{ levels: ['warn'] as const }, false],
    [{ kind: 'access' }, true],
    [{ kind: 'access.changed' }, true],
    [{ kind: 'acc' }, false],
    [{ host: 'a.test' }, true],
    [{ host: 'b.test' }, false],
    [{ ip: ' 10.0.0.1 ' }, true],
    [{ ip: '10.0.0.' }, false],
  ])('%j: %s, as the history answers', (change, expected) => {
    expect(fits(event(1), { ...everything, ...change })).toBe(expected);
    expect(isEverything({ ...everything, ...change })).toBe(false);
  });
});

it('an IP is looked for however it is spelled; what is no whole one fits nothing, and is known to be none', () => {
  const seen = event(1, { data: { ip: '2001:db8::1' } });
  const look = (ip: string) => [fits(seen, { ...everything, ip }), isNoIp({ ip })];
  expect([look('2001:DB8:0::1'), look('127.20.2.300'), look('')]).toEqual([
    [true, false],
    [false, true],
    [true, false],
  ]);
});

it('words of either language are found, whatever the screen speaks', () => {
  const recovered = event(1, { kind: 'dns.recovered', subject: 'a.test', data: { host: 'a.test' } });
  const found = (text: string): boolean => fits(recovered, { ...everything, text });
  expect([found('resolved again'), found('已恢复解析'), found('joins the black list')]).toEqual([true, true, false]);
});

describe('the log', () => {
  it('has each event once, newest first, though seq begins anew with each start', () => {
    const remembered = [event(3, { atMs: 3_000 }), event(2, { atMs: 2_000 }), event(3, { atMs: 500 })];
    const live = [event(3, { atMs: 3_000.4 }), event(4, { atMs: 4_000.2 }), event(5, { atMs: 4_000.9 })];
    expect(mergeEvents(live, remembered).map(({ seq, atMs }) => [seq, Math.floor(atMs)])).toEqual([
      [5, 4_000],
      [4, 4_000],
      [3, 3_000],
      [2, 2_000],
      [3, 500],
    ]);
  });

  it('keeps the latest of the stream, and begins anew with a picture', () => {
    const store = new EventsStore(
      {
        request: () => Promise.reject(new Error('nobody is asked')),
        subscribe: () => () => {},
      },
      { visible: () => true, listen: () => () => {} },
    );
    store.apply(true, [event(1), event(2)]);
    store.apply(false, [event(3)]);
    expect([store.latest().map(({ seq }) => seq), store.readings()]).toEqual([[1, 2, 3], 1]);
    store.apply(
      false,
      Array.from({ length: 3_000 }, (_, index) => event(4 + index)),
    );
    expect([store.latest().length, store.latest()[0]?.seq]).toEqual([2_000, 1_004]);
    store.apply(true, [event(9)]);
    expect([store.latest().map(({ seq }) => seq), store.readings()]).toEqual([[9], 3]);
  });

  it('has the history read anew before any event is neither in it nor kept', () => {
    const api = { request: () => Promise.reject(new Error('nobody is asked')), subscribe: () => () => {} };
    const store = new EventsStore(api, { visible: () => true, listen: () => () => {} });
    store.apply(true, []);
    let readings = store.readings();
    let newestRead = 0;
    for (let seq = 1; seq <= 7_000; seq += 1) {
      store.apply(false, [event(seq)]);
      expect(store.latest()[0]?.seq).toBeLessThanOrEqual(newestRead + 1);
      if (store.readings() > readings) {
        readings = store.readings();
        newestRead = seq;
      }
    }
    expect(readings).toBe(8);
  });

  it('is exported oldest first, and no text can be a formula or break a line', () => {
    const events = [event(2, { subject: '=SUM(A1)', text: 'two "words",\nand a line' }), event(1)];
    const lines = printEvents(events, 'jsonl').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual([1, 2]);
    const csv = printEvents(events, 'csv').split('\r\n');
    expect(csv[0]).toBe('time,level,kind,subject,text,data');
    expect(csv[2]).toContain(`,'=SUM(A1),"two ""words"",\nand a line",`);
  });
});

describe('the range', () => {
  it('is the shortest that reaches back so far', () => {
    expect([0, 899_999, 900_000, 3_600_000, 10 ** 12].map(rangeOver)).toEqual([
      'quarter',
      'quarter',
      'hour',
      'day',
      'all',
    ]);
  });
});

describe('a log that is held still', () => {
  it('has as many new ones as came after its newest, also when that one is no longer there', () => {
    const newestFirst = [9, 8, 7].map((seq) => event(seq));
    expect(freshOnes(newestFirst, [event(8), event(7)])).toBe(1);
    expect(freshOnes(newestFirst, [event(6)])).toBe(3);
    expect(freshOnes(newestFirst, [])).toBe(3);
  });
});

describe('a new first page', () => {
  const page = (seqs: readonly number[], change: Partial<Remembered> = {}): Remembered => ({
    filter: everything,
    range: 'hour',
    fromMs: 0,
    events: seqs.map((seq) => event(seq)),
    cursor: 3,
    pages: 1,
    ...change,
  });
  const seqsOf = ({ events }: Remembered): readonly number[] => events.map(({ seq }) => seq);

  it('keeps what was read below it, and goes on from there', () => {
    const joined = withFirstPage(page([6, 5, 4], { cursor: 4, pages: 3 }), page([8, 7, 6], { cursor: 6 }));
    expect([seqsOf(joined), joined.cursor, joined.pages]).toEqual([[8, 7, 6, 5, 4], 4, 3]);
  });

  it('lets go of what has left the range, and of what lies behind it', () => {
    const joined = withFirstPage(page([6, 5, 4]), page([8, 7, 6], { fromMs: 5_000 }));
    expect([seqsOf(joined), joined.cursor]).toEqual([[8, 7, 6, 5], null]);
  });

  it.each([
    ['after a gap', page([3, 2])],
    ['of another filter', page([7, 6], { filter: { ...everything, text: 'x' } })],
    ['of another range', page([7, 6], { range: 'day' })],
  ])('stands alone %s', (_, before) => {
    expect(seqsOf(withFirstPage(before, page([9, 8, 7])))).toEqual([9, 8, 7]);
  });
});
