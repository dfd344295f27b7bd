import { describe, expect, it } from 'vitest';
import { parseAccessEntries } from '../../../core/access/entry-parser.ts';
import type { AccessEntry } from '../../../core/contract/access.ts';
import { atOnce } from '../../../renderer/base/slices.ts';
import {
  accessDraft,
  adding,
  changeDraft,
  changeLongDraft,
  type DraftAddition,
  draftSize,
  editing,
  emptyDraft,
  removedKeys,
  removing,
  withAdditions,
  withMove,
  withoutRemoval,
  withRemoval,
} from '../../../renderer/store/access-draft.ts';
import { additionOf, saying, tallying } from '../../../renderer/store/access-said.ts';
import { expiresAt } from '../../../renderer/views/access/expiry.ts';
import {
  additionsTo,
  changeOf,
  conflictsOf,
  type ListLines,
  lineAt,
  lineCount,
  ordered,
  searchLines,
} from '../../../renderer/views/access/lines.ts';
import { faultyLines, issuesByLine } from '../../../renderer/views/access/pasted-lines.ts';
import { MadeScheduler } from './made-scheduler.ts';

function entry(change: Partial<AccessEntry>): AccessEntry {
  return {
    list: 'white',
    value: '10.0.0.1',
    origin: 'operator',
    note: '',
    addedAtMs: 0,
    expiresAtMs: null,
    hits: 0,
    lastHitAtMs: null,
    ...change,
  };
}

const add = (list: DraftAddition['list'], value: string): DraftAddition => ({
  list,
  value,
  note: '',
  expiresAtMs: null,
});

describe('the draft', () => {
  it('holds an address once: the later word wins', () => {
    const draft = withAdditions(withAdditions(emptyDraft, [add('white', '10.0.0.1')]), [add('black', '10.0.0.1')]);
    expect(draft.add).toEqual([add('black', '10.0.0.1')]);
  });

  it('takes a removal back when the same entry is added again', () => {
    const removed = withRemoval(emptyDraft, entry({}));
    expect(removed.remove).toHaveLength(1);
    expect(withAdditions(removed, [add('white', '10.0.0.1')]).remove).toEqual([]);
  });

  it('removes once, never an entry of the config, and can undo it', () => {
    const twice = withRemoval(withRemoval(emptyDraft, entry({})), entry({}));
    expect(twice.remove).toHaveLength(1);
    expect(withRemoval(emptyDraft, entry({ origin: 'config' }))).toBe(emptyDraft);
    expect(withoutRemoval(twice, 'operator white 10.0.0.1').remove).toEqual([]);
  });

  it('moves an entry as the operator’s word, and outranks one it may not remove', () => {
    const moved = withMove(emptyDraft, entry({ list: 'black', origin: 'automatic', note: '403' }));
    expect(moved).toMatchObject({
      add: [{ list: 'white', value: '10.0.0.1', note: '' }],
      remove: [{ list: 'black', origin: 'automatic' }],
    });
    const named = withMove(emptyDraft, entry({ note: 'customer edge' }));
    expect(named.add).toEqual([{ ...add('black', '10.0.0.1'), note: 'customer edge' }]);
    const overridden = withMove(emptyDraft, entry({ list: 'black', origin: 'config' }));
    expect(overridden).toMatchObject({ add: [{ list: 'white' }], remove: [] });
  });
});

describe('a change of the draft with thousands of lines', () => {
  const many = Array.from({ length: 20_000 }, (_, index) => add('black', `10.0.${index >> 8}.${index & 255}`));

  it('is made in slices, and is there whole or not at all', () => {
    changeDraft(() => emptyDraft);
    const scheduler = new MadeScheduler();
    changeLongDraft((draft) => adding(draft, many), scheduler);
    let slices = 0;
    while (accessDraft.getState().add.length === 0 && scheduler.runOne()) {
      slices += 1;
    }
    expect(slices).toBeGreaterThan(2);
    expect(accessDraft.getState().add).toEqual(many);
    expect(scheduler.waiting).toEqual([]);
  });

  it('loses nothing of what comes in the middle, and does nothing twice', () => {
    changeDraft(() => emptyDraft);
    const scheduler = new MadeScheduler();
    const gone = many.map(({ list, value }) => entry({ list, value }));
    changeLongDraft((draft) => adding(draft, many.slice(0, 15_000)), scheduler);
    changeLongDraft((draft) => removing(draft, gone), scheduler);
    scheduler.runOne();
    scheduler.runOne();
    changeDraft((draft) => withAdditions(draft, [add('white', '192.0.2.1')]));
    while (scheduler.runOne()) {
      // Until both are there.
    }
    const draft = accessDraft.getState();
    expect(draft.add.map(({ value }) => value).toSorted()).toEqual(
      ['192.0.2.1', ...many.slice(0, 15_000).map(({ value }) => value)].toSorted(),
    );
    expect(draft.remove).toHaveLength(many.length);
    expect(removedKeys(draft).size).toBe(many.length);
  });
});

describe('the lines of a list', () => {
  const entries = [
    entry({ value: '10.0.0.9', origin: 'automatic', addedAtMs: 9 }),
    entry({ value: '10.0.0.2', origin: 'config' }),
    entry({ value: '10.0.0.1', note: 'customer edge' }),
    entry({ value: '10.0.0.3', list: 'black' }),
  ];

  const present = atOnce(
    ordered(
      entries.filter(({ list }) => list === 'white'),
      'rank',
    ),
  );
  const linesOf = (lines: ListLines) =>
    Array.from({ length: lineCount(lines) }, (_, index) => lineAt(lines, index)).filter((line) => line !== undefined);

  it('begin with what will be added, then rank by origin, and mark what will go', () => {
    const draft = withRemoval(withAdditions(emptyDraft, [add('white', '10.0.0.7')]), entry({}));
    const lines = { ...additionsTo('white', draft.add, () => true), present };
    expect(linesOf(lines).map((line) => [line.value, changeOf(line, removedKeys(draft))])).toEqual([
      ['10.0.0.7', 'added'],
      ['10.0.0.1', 'removed'],
      ['10.0.0.2', 'none'],
      ['10.0.0.9', 'none'],
    ]);
  });

  it('are found by address, note and origin', () => {
    const lines = { added: [add('white', '10.0.0.29')], edits: new Map(), present };
    const found = (text: string): string[] => linesOf(searchLines(lines, text)).map(({ value }) => value);
    expect(found('EDGE')).toEqual(['10.0.0.1']);
    expect(found('automatic')).toEqual(['10.0.0.9']);
    expect(found('.2')).toEqual(['10.0.0.29', '10.0.0.2']);
    expect(found(' ')).toHaveLength(4);
  });

  it('tell what an operator’s black entry would outrank, until it is removed too', () => {
    const draft = withAdditions(emptyDraft, [add('white', '10.0.0.3')]);
    const [conflict] = conflictsOf(entries, draft);
    expect(conflict).toMatchObject({ list: 'black', value: '10.0.0.3' });
    expect(conflict && conflictsOf(entries, withRemoval(draft, conflict))).toEqual([]);
  });

  it('show new words of an entry in its own line, until it is gone or they are taken back', () => {
    const draft = atOnce(editing(emptyDraft, [entry({ note: 'customer edge' })], { note: 'another' }));
    const lines = { ...additionsTo('white', draft.add, () => true), present };
    expect(linesOf(lines).map((line) => [line.value, line.note, changeOf(line, removedKeys(draft))])).toEqual([
      ['10.0.0.1', 'another', 'changed'],
      ['10.0.0.2', '', 'none'],
      ['10.0.0.9', '', 'none'],
    ]);
    // Somebody else has removed it: what would come is an entry of its own again.
    expect(additionsTo('white', draft.add, () => false).added).toHaveLength(1);
  });
});

describe('an entry that is edited', () => {
  const own = entry({ note: 'old', expiresAtMs: 50 });

  it('keeps what is not said, in one step or in two', () => {
    const once = atOnce(editing(emptyDraft, [own], { note: 'new' }));
    expect(once.add).toEqual([
      { ...add('white', '10.0.0.1'), note: 'new', expiresAtMs: 50, edits: 'operator white 10.0.0.1' },
    ]);
    expect(once.remove).toEqual([]);
    const twice = atOnce(editing(once, [own], { expiresAtMs: null }));
    expect(twice.add).toEqual([
      { ...add('white', '10.0.0.1'), note: 'new', expiresAtMs: null, edits: 'operator white 10.0.0.1' },
    ]);
  });

  it('is no change when it says what it said', () => {
    const once = atOnce(editing(emptyDraft, [own], { note: 'new' }));
    expect(draftSize(atOnce(editing(once, [own], { note: 'old' })))).toBe(0);
    expect(draftSize(atOnce(editing(emptyDraft, [own], {})))).toBe(0);
  });

  it('becomes the operator’s where it was not; of the configuration’s nothing is removed', () => {
    const others = (['file', 'automatic', 'config'] as const).map((origin, index) =>
      entry({ origin, value: `10.0.0.${index}`, note: 'validated' }),
    );
    const draft = atOnce(editing(emptyDraft, others, { expiresAtMs: 99 }));
    expect(draft.add.map(({ value, note, edits }) => [value, note, edits])).toEqual([
      ['10.0.0.0', 'validated', undefined],
      ['10.0.0.1', '', undefined],
      ['10.0.0.2', 'validated', undefined],
    ]);
    expect(draft.remove.map(({ origin }) => origin)).toEqual(['file', 'automatic']);
  });

  it('is not edited any more when it is removed or moved', () => {
    const edited = atOnce(editing(emptyDraft, [own], { note: 'new' }));
    expect(withRemoval(edited, own)).toMatchObject({ add: [], remove: [{ value: '10.0.0.1' }] });
    expect(withMove(edited, own)).toMatchObject({ add: [{ list: 'black' }], remove: [{ list: 'white' }] });
  });
});

describe('what is typed or pasted', () => {
  const there = entry({ note: 'ours', expiresAtMs: 70 });
  const find = (key: string) => (key === 'operator white 10.0.0.1' ? there : undefined);
  const said = (note: string, expiresAtMs?: number | null) => ({
    list: 'white' as const,
    value: '10.0.0.1',
    note,
    expiresAtMs,
  });

  it('changes an entry that is there by what it says, and only by that', () => {
    expect(additionOf(said(''), find)).toBeNull();
    expect(additionOf(said('ours', 70), find)).toBeNull();
    expect(additionOf(said('theirs'), find)).toMatchObject({
      note: 'theirs',
      expiresAtMs: 70,
      edits: 'operator white 10.0.0.1',
    });
    expect(additionOf(said('', null), find)).toMatchObject({
      note: 'ours',
      expiresAtMs: null,
      edits: 'operator white 10.0.0.1',
    });
    expect(additionOf({ ...said(''), list: 'black' }, find)).toEqual(add('black', '10.0.0.1'));
  });

  it('takes back the removal of what is there', () => {
    const draft = atOnce(saying(withRemoval(emptyDraft, there), [said('')], find));
    expect(draftSize(draft)).toBe(0);
  });

  it('is counted by what it means', () => {
    const black = { ...said(''), list: 'black' as const };
    expect(atOnce(tallying([said(''), said('new'), black], find))).toEqual({ there: 1, changed: 1, opposed: 1 });
  });
});

describe('a pasted text', () => {
  const issues = issuesByLine([
    { at: 'line 2', message: 'a' },
    { at: 'line 4, entry 2', message: 'b' },
    { at: 'line 4, entry 3', message: 'c' },
  ]);

  it('has its faults on their lines', () => {
    expect([...issues]).toEqual([
      [2, 'a'],
      [4, 'entry 2: b; entry 3: c'],
    ]);
  });

  it('keeps the faulty lines, whole and by their numbers, when the good ones were taken', () => {
    const text = '192.0.2.1\n192.0.2.300  # typo\n\n192.0.2.2, 10.0.0.0/33 192.0.2.3,x # partner\n192.0.2.9 # far';
    const { entries, issues: faults } = parseAccessEntries(text);
    const rest = faultyLines(text, faults);
    expect(rest).toEqual({
      text: '192.0.2.300  # typo\n192.0.2.2, 10.0.0.0/33 192.0.2.3,x # partner',
      numbers: [2, 4],
    });
    // Nothing is lost, and nothing is offered twice.
    expect(entries.map(({ value }) => value)).toEqual(['192.0.2.1', '192.0.2.9']);
    expect(parseAccessEntries(rest.text).entries).toEqual([]);
  });

  it('keeps everything beyond the faults that are listed', () => {
    const listed = [
      { at: 'line 2', message: 'a' },
      { at: 'after line 3', message: '7 more faults' },
    ];
    expect(faultyLines('one\ntwo\nthree\nfour', listed)).toEqual({ text: 'two\nthree\nfour', numbers: [2, 3, 4] });
  });
});

describe('expiresAt', () => {
  it('counts from now', () => {
    expect(expiresAt('never', 5)).toBeNull();
    expect(expiresAt('hour', 5)).toBe(3_600_005);
  });
});
