/** The lists between two people, between two programs, and between the engine and a long table. */
import { describe, expect, it, vi } from 'vitest';
import { parseAccessEntries } from '../../../core/access/entry-parser.ts';
import { type AccessEntry, type AccessFrame, accessKey } from '../../../core/contract/access.ts';
import type { ConsoleApi, RequestInput, RequestName, StreamFrame, StreamName } from '../../../core/contract/index.ts';
import { atOnce } from '../../../renderer/base/slices.ts';
import {
  accessDraft,
  changeDraft,
  emptyDraft,
  withAdditions,
  withoutApplied,
} from '../../../renderer/store/access-draft.ts';
import { resolved } from '../../../renderer/store/access-merge.ts';
import { AccessStore } from '../../../renderer/store/access-store.ts';
import { exportFormats, printList } from '../../../renderer/views/access/export-list.ts';
import { type LineOrder, ordered } from '../../../renderer/views/access/lines.ts';
import { readEntries } from '../../../renderer/views/access/read-entries.ts';

function entry(value: string, change: Partial<AccessEntry> = {}): AccessEntry {
  const said = { list: 'black', value, origin: 'operator', note: '', addedAtMs: 0, expiresAtMs: null } as const;
  return { ...said, hits: 0, lastHitAtMs: null, ...change };
}

const addition = (value: string, note = '', expiresAtMs: number | null = null) =>
  ({ list: 'black', value, note, expiresAtMs }) as const;

describe('a conflict', () => {
  const draft = {
    add: [addition('10.0.0.1', 'mine', 50), addition('10.0.0.9')],
    remove: [{ list: 'black', value: '10.0.0.2', origin: 'operator' } as const],
    revision: 3,
  };
  const conflicts = [
    {
      value: '10.0.0.1',
      who: 'operator',
      atMs: 0,
      now: [entry('10.0.0.1', { note: 'theirs', expiresAtMs: 70 }), entry('10.0.0.1', { list: 'white' })],
    },
    { value: '10.0.0.2', who: 'file', atMs: 0, now: [] },
  ] as const;
  const preview = { conflicts: conflicts.map((one) => ({ ...one, now: [...one.now] })), revision: 8 };

  it('decided for mine becomes what I said, and what they said against it goes', () => {
    expect(resolved(draft, preview, () => 'mine')).toEqual({
      add: draft.add,
      remove: [{ list: 'white', value: '10.0.0.1', origin: 'operator' }],
      revision: 8,
    });
  });

  it('decided for theirs drops what I said, and leaves the rest of the draft', () => {
    expect(resolved(draft, preview, () => 'theirs')).toEqual({ add: [draft.add[1]], remove: [], revision: 8 });
  });

  it('merged keeps both: notes joined, the longer stay, nothing removed', () => {
    expect(resolved(draft, preview, () => 'both')).toEqual({
      add: [addition('10.0.0.1', 'theirs; mine', 70), addition('10.0.0.9')],
      remove: [],
      revision: 8,
    });
  });
});

describe('an applied draft', () => {
  it('keeps what was added while it was on its way', () => {
    const before = withAdditions(emptyDraft, [addition('10.0.0.1')]);
    const meanwhile = withAdditions(before, [addition('10.0.0.2')]);
    expect(withoutApplied(meanwhile, before).add.map(({ value }) => value)).toEqual(['10.0.0.2']);
  });
});

describe('an exported list', () => {
  const entries = [
    entry('192.0.2.1', { note: 'slow, "very"', expiresAtMs: Date.UTC(2030, 0, 1) }),
    entry('198.51.100.0/24', { note: '=SUM(A1)' }),
    entry('2001:db8::/32'),
  ];

  it.each(exportFormats)('as %s is read again, each entry as it was', (format) => {
    const { entries: read, issues } = parseAccessEntries(printList(entries, format));
    expect(issues).toEqual([]);
    expect(read.map(({ value }) => value)).toEqual(entries.map(({ value }) => value));
  });

  it('keeps notes, expiries and lists where the form has them', () => {
    for (const format of ['csv', 'toml'] as const) {
      expect(parseAccessEntries(printList(entries, format)).entries[0]).toMatchObject({
        list: 'black',
        note: 'slow, "very"',
        expiresAtMs: Date.UTC(2030, 0, 1),
      });
    }
    expect(JSON.parse(printList(entries, 'json'))).toEqual({
      ipv4: ['192.0.2.1', '198.51.100.0/24'],
      ipv6: ['2001:db8::/32'],
    });
  });

  it('gives a spreadsheet no formula to run', () => {
    expect(printList(entries, 'csv')).toContain(",'=SUM(A1),");
  });
});

describe('a long text', () => {
  const api = (asked: RequestInput<'access.parse'>[]): Pick<ConsoleApi, 'request'> => ({
    request: (async (_: RequestName, input: RequestInput<'access.parse'>) => {
      asked.push(input);
      return parseAccessEntries(input.text, input.firstLine);
    }) as ConsoleApi['request'],
  });

  it('is read in pieces, with its own line numbers and each value once', async () => {
    const lines = Array.from({ length: 9_000 }, (_, index) => `10.0.${(index >> 8) & 15}.${index & 255}`);
    lines[8_500] = 'nonsense';
    const asked: RequestInput<'access.parse'>[] = [];
    const progress: number[] = [];
    const read = await readEntries(api(asked), lines.join('\n'), (done) => progress.push(done));
    expect(asked.map(({ firstLine }) => firstLine)).toEqual([1, 4_001, 8_001]);
    expect(progress).toEqual([4_000, 8_000, 9_000]);
    expect(read.entries).toHaveLength(4_096);
    expect(read.issues).toMatchObject([{ at: 'line 8501' }]);
  });

  it('that makes sense only as a whole goes as a whole', async () => {
    const asked: RequestInput<'access.parse'>[] = [];
    const json = JSON.stringify(
      { ipv4: Array.from({ length: 5_000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`) },
      null,
      1,
    );
    expect((await readEntries(api(asked), json)).entries).toHaveLength(5_000);
    expect(asked).toHaveLength(1);
  });

  it('of nothing but faults lists a thousand and counts the rest', async () => {
    const read = await readEntries(api([]), Array.from({ length: 10_000 }, () => 'x').join('\n'));
    expect([read.issues.length, read.issues.length + read.unlisted]).toEqual([1_000, 10_000]);
  });
});

describe('the store of the lists', () => {
  function store() {
    let listener: ((frame: AccessFrame) => void) | null = null;
    const api: ConsoleApi = {
      request: () => Promise.reject(new Error('not asked here')),
      subscribe: <Name extends StreamName>(_: Name, heard: (frame: StreamFrame<Name>) => void) => {
        listener = heard as (frame: AccessFrame) => void;
        return () => undefined;
      },
    };
    const access = new AccessStore(api, { visible: () => true, listen: () => () => undefined });
    access.retain();
    const say = (change: Partial<AccessFrame>): void =>
      listener?.({
        reset: false,
        total: 0,
        revision: 1,
        whitelistMode: 'prefer',
        upserts: [],
        removes: [],
        fileIssues: [],
        moreFileIssues: 0,
        fileGone: false,
        file: '',
        ...change,
      });
    return { access, say };
  }

  it('puts a picture together from its frames, and follows what changes', () => {
    vi.useFakeTimers();
    const { access, say } = store();
    say({ reset: true, total: 2, upserts: [entry('10.0.0.1')] });
    expect(access.picture()).toMatchObject({ complete: false, lists: { black: [{ value: '10.0.0.1' }] } });
    say({ total: 2, upserts: [entry('10.0.0.2', { list: 'white' })] });
    vi.advanceTimersByTime(100);
    expect(access.picture()).toMatchObject({ complete: true, lists: { white: [{ value: '10.0.0.2' }] } });
    say({ total: 1, removes: [accessKey('black', 'operator', '10.0.0.1')], revision: 2 });
    vi.advanceTimersByTime(100);
    expect(access.picture()).toMatchObject({ revision: 2, lists: { black: [] } });
    vi.useRealTimers();
  });

  it('shows the picture it had until a new one is whole', () => {
    vi.useFakeTimers();
    const { access, say } = store();
    say({ reset: true, total: 2, upserts: [entry('10.0.0.1'), entry('10.0.0.2')] });
    say({ reset: true, total: 2, revision: 5, upserts: [entry('10.0.0.2')] });
    vi.advanceTimersByTime(1_000);
    const key = accessKey('black', 'operator', '10.0.0.1');
    expect(access.picture()).toMatchObject({ complete: true, revision: 1, lists: { black: { length: 2 } } });
    expect(access.entry(key)).toBeDefined();
    say({ total: 2, revision: 5, upserts: [entry('10.0.0.3')] });
    vi.advanceTimersByTime(1_000);
    expect(access.picture()?.lists.black.map(({ value }) => value)).toEqual(['10.0.0.2', '10.0.0.3']);
    expect([access.entry(key), access.picture()?.revision]).toEqual([undefined, 5]);
    vi.useRealTimers();
  });

  it('makes no new list for hits alone, so that nothing is ordered anew', () => {
    vi.useFakeTimers();
    const { access, say } = store();
    say({ reset: true, total: 1, upserts: [entry('10.0.0.1')] });
    const before = access.picture();
    say({ total: 1, upserts: [entry('10.0.0.1', { hits: 7 })] });
    vi.advanceTimersByTime(100);
    const after = access.picture();
    expect(after?.lists.black).toBe(before?.lists.black);
    expect(after?.lists.black[0]?.hits).toBe(7);
    expect(after?.hitsVersion).not.toBe(before?.hitsVersion);
    vi.useRealTimers();
  });

  it('tells a draft that is begun which lists it was begun on', () => {
    const { say } = store();
    accessDraft.setState(emptyDraft, true);
    say({ reset: true, revision: 41 });
    changeDraft((draft) => withAdditions(draft, [addition('10.0.0.1')]));
    say({ revision: 42 });
    changeDraft((draft) => withAdditions(draft, [addition('10.0.0.2')]));
    expect(accessDraft.getState().revision).toBe(41);
    changeDraft(() => emptyDraft);
  });
});

describe('the order of a list', () => {
  it('is by address, hits, last hit or expiry as well', () => {
    const entries = [
      entry('2001:db8::1', { hits: 5, expiresAtMs: 9 }),
      entry('10.0.0.10', { lastHitAtMs: 8 }),
      entry('10.0.0.9', { hits: 2, lastHitAtMs: 3, expiresAtMs: 4 }),
    ];
    const order = (by: LineOrder) => atOnce(ordered(entries, by)).map(({ value }) => value);
    expect(order('entry')).toEqual(['10.0.0.9', '10.0.0.10', '2001:db8::1']);
    expect(order('hits')).toEqual(['2001:db8::1', '10.0.0.9', '10.0.0.10']);
    expect(order('lastHit')).toEqual(['10.0.0.10', '10.0.0.9', '2001:db8::1']);
    expect(order('expires')).toEqual(['10.0.0.9', '2001:db8::1', '10.0.0.10']);
  });
});
