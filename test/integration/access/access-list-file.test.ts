import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AccessListFile, accessListFileName } from '../../../core/access/access-list-file.ts';
import { readAccessLists } from '../../../core/access/access-list-format.ts';
import type { IpAccessController } from '../../../core/access/ip-access-controller.ts';
import { journalFileName } from '../../../core/access/journal-file.ts';
import { type AccessListsOptions, openAccessLists } from '../../../core/access/open-access-lists.ts';
import { systemClock } from '../../../core/base/clock.ts';
import { accessChangeSchema } from '../../../core/contract/access.ts';
import type { EngineEvent } from '../../../core/contract/events.ts';
import { adding, recordedEvents, removing } from '../../support/access-fixtures.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';

let folder: string;
let file: string;
let clock: ManualClock;
let events: EngineEvent[];
/** What the system would say after a change in the folder. */
let noticed: (name: string | null) => void;
const opened: IpAccessController[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hotpool-lists-'));
  file = join(folder, accessListFileName);
  clock = new ManualClock(Date.now());
  noticed = () => undefined;
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((lists) => lists.close()));
  await rm(folder, { recursive: true, force: true });
});

async function open(options: Partial<AccessListsOptions> = {}): Promise<IpAccessController> {
  const recorded = recordedEvents(clock);
  events = recorded.events;
  const lists = await openAccessLists({
    folder,
    clock,
    events: recorded.sink,
    watch: (_, onEvent) => {
      noticed = onEvent;
      return () => undefined;
    },
    ...options,
  });
  opened.push(lists);
  return lists;
}

const rules = (lists: IpAccessController): string[] =>
  lists
    .frame()
    .entries.map(({ list, origin, value }) => `${origin} ${list} ${value}`)
    .toSorted();

/** A person saves the file, and the console has had the time to see it. */
async function editByHand(text: string): Promise<void> {
  await writeFile(file, text);
  await seeEdit();
}

async function seeEdit(): Promise<void> {
  noticed(accessListFileName);
  await clock.advance(100);
  await quiet();
}

/** Files are read and written by the system's threads: a change in turn waits until all before it are done. */
async function quiet(): Promise<void> {
  const [lists] = opened.slice(-1);
  await lists?.apply({ add: [], remove: [] }).catch(() => undefined);
  await settle();
}

describe('kept on disk', () => {
  test('a confirmed change is in the file, and in force after a restart', async () => {
    const first = await open();
    await first.apply(adding('black', { value: '192.0.2.0/24', note: 'a "quoted" note' }, '2001:DB8::1'));
    await first.apply(adding('white', { value: '192.0.2.7', expiresAtMs: clock.epochMs() + 60_000 }));
    const { records, issues } = readAccessLists(await readFile(file, 'utf8'));
    expect(issues).toEqual([]);
    expect(records).toHaveLength(3);
    const second = await open();
    expect(second.frame().entries).toEqual(first.frame().entries);
    expect(second.frame()).toMatchObject({ file, fileIssues: [] });
    await clock.advance(60_000);
    expect(rules(second)).toEqual(['operator black 192.0.2.0/24', 'operator black 2001:db8::1']);
  });

  test('an entry that expired while nobody ran is not there', async () => {
    const first = await open();
    await first.apply(adding('black', { value: '192.0.2.1', expiresAtMs: clock.epochMs() + 5 }));
    await first.close();
    clock = new ManualClock(clock.epochMs() + 10);
    expect(rules(await open())).toEqual([]);
  });

  test('the text is one that people can read', async () => {
    const lists = await open();
    await lists.apply(adding('black', { value: '192.0.2.1', note: 'slow' }));
    const text = await readFile(file, 'utf8');
    expect(text).toContain('\n[[black]]\nip = "192.0.2.1"\nnote = "slow"\norigin = "operator"\nadded = 20');
    expect(text).toMatch(/^# Who may be dialled/);
    expect(await readdir(folder)).toEqual([journalFileName, accessListFileName]);
  });

  test('changes made at the same time are all kept, one after the other', async () => {
    const lists = await open();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => lists.apply(adding('black', `192.0.2.${index}`))),
    );
    expect(answers.map(({ revision }) => revision)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(readAccessLists(await readFile(file, 'utf8')).records).toHaveLength(20);
  });

  test('config entries are not written', async () => {
    const lists = await open({ whitelist: ['192.0.2.1'], blacklist: ['192.0.2.2'] });
    await lists.apply(adding('black', '192.0.2.3'));
    expect(readAccessLists(await readFile(file, 'utf8')).records.map(({ value }) => value)).toEqual(['192.0.2.3']);
    await lists.close();
    expect(rules(await open({ whitelist: [], blacklist: ['192.0.2.2'] }))).toEqual([
      'config black 192.0.2.2',
      'operator black 192.0.2.3',
    ]);
  });

  test('automatic entries are written within seconds, many at once, and at the end', async () => {
    const lists = await open();
    for (let index = 0; index < 100; index += 1) {
      lists.allow(`192.0.2.${index}`);
    }
    lists.ban('198.51.100.1', 'blocked: 403', clock.epochMs() + 30_000);
    await clock.advance(1_999);
    await expect(stat(file)).rejects.toThrow('ENOENT');
    await clock.advance(1);
    await quiet();
    expect(readAccessLists(await readFile(file, 'utf8')).records).toHaveLength(101);
    lists.allow('203.0.113.1');
    await lists.close();
    expect(rules(await open())).toHaveLength(102);
  });

  test('what a killed process left of a save is cleared away', async () => {
    await writeFile(`${file}.tmp`, '[[black');
    const lists = await open();
    expect(lists.frame()).toMatchObject({ entries: [], fileIssues: [] });
    expect(await readdir(folder)).toEqual([journalFileName]);
  });

  test('after the end nothing is accepted', async () => {
    const lists = await open();
    await lists.close();
    await expect(lists.apply(adding('black', '192.0.2.1'))).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('a save that fails', () => {
  test('refuses the change, says why, and changes nothing', async () => {
    const lists = await open();
    await lists.apply(adding('black', '192.0.2.1'));
    const before = await readFile(file, 'utf8');
    // A folder in the temporary file's place: nothing can be written there.
    await mkdir(join(`${file}.tmp`, 'in-the-way'), { recursive: true });
    await expect(lists.apply(adding('black', '192.0.2.2'))).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('could not be saved'),
    });
    expect(rules(lists)).toEqual(['operator black 192.0.2.1']);
    expect(await readFile(file, 'utf8')).toBe(before);
    expect(events.map(({ kind }) => kind)).toContain('access.save-failed');
  });

  test('says in words that an operator can act on what the system had against it', async () => {
    const lists = await open();
    await lists.apply(adding('black', '192.0.2.1'));
    await rm(folder, { recursive: true });
    await expect(lists.apply(adding('black', '192.0.2.2'))).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('Its folder is not there (ENOENT).'),
    });
    expect(lists.store.saveFault).toBe('Its folder is not there (ENOENT).');
    await mkdir(folder);
  });

  test('of automatic entries is tried again', async () => {
    const lists = await open();
    await mkdir(join(`${file}.tmp`, 'in-the-way'), { recursive: true });
    lists.allow('192.0.2.1');
    await clock.advance(2_000);
    await vi.waitFor(() => expect(events.map(({ kind }) => kind)).toContain('access.save-failed'));
    await quiet();
    await rm(`${file}.tmp`, { recursive: true });
    await clock.advance(30_000);
    await quiet();
    expect(readAccessLists(await readFile(file, 'utf8')).records).toHaveLength(1);
  });
});

test('what the automaton finds while a change of the operator is being stored is stored as well', async () => {
  const store = await AccessListFile.open({
    folder,
    clock,
    events: recordedEvents(clock).sink,
    watch: () => () => undefined,
  });
  const said = { note: '', addedAtMs: 0 };
  const operators = { ...said, list: 'black', value: '192.0.2.1', origin: 'operator', expiresAtMs: null } as const;
  const automatic = { ...said, list: 'black', value: '192.0.2.2', origin: 'automatic', expiresAtMs: 9e12 } as const;
  store.attach({
    records: () => [operators, automatic],
    edited: () => undefined,
    issuesChanged: () => undefined,
  });
  await store.update(() => ({
    records: [operators],
    prepare: async () => store.saveSoon(),
    commit: () => undefined,
  }));
  await store.close();
  const { records } = readAccessLists(await readFile(file, 'utf8'));
  expect(records.map(({ value }) => value)).toEqual(['192.0.2.1', '192.0.2.2']);
});

describe('an edit by hand', () => {
  test('while the console runs appears as an entry of the file', async () => {
    const lists = await open();
    await lists.apply(adding('black', '192.0.2.1'));
    await editByHand(`${await readFile(file, 'utf8')}\n[[white]]\nips = ["192.0.2.2"]\n`);
    expect(rules(lists)).toEqual(['file white 192.0.2.2', 'operator black 192.0.2.1']);
    expect(events.at(-1)).toMatchObject({ kind: 'access.changed', subject: '192.0.2.2', data: { who: 'file' } });
  });

  test('that comes while the console is saving is neither overwritten nor lost', async () => {
    const store = await AccessListFile.open({
      folder,
      clock,
      events: recordedEvents(clock).sink,
      watch: () => () => undefined,
    });
    const edits: string[][] = [];
    const put = (value: string) =>
      ({ list: 'black', value, origin: 'operator', note: '', addedAtMs: 0, expiresAtMs: null }) as const;
    store.attach({
      records: () => [],
      edited: ({ put: added }) => edits.push(added.map(({ value }) => value)),
      issuesChanged: () => undefined,
    });
    let plans = 0;
    let abandoned = 0;
    await store.update(() => {
      plans += 1;
      return {
        records: [put('192.0.2.1'), ...edits.flat().map(put)],
        prepare: async () => {
          // A person saves the file after it was read for this change, once.
          if (plans === 1) {
            await writeFile(file, '[[black]]\nip = "192.0.2.9"\norigin = "operator"\n');
          }
        },
        abandon: async () => {
          abandoned += 1;
        },
        commit: () => undefined,
      };
    });
    expect([plans, abandoned, edits]).toEqual([2, 1, [['192.0.2.9']]]);
    expect(readAccessLists(await readFile(file, 'utf8')).records.map(({ value }) => value)).toEqual([
      '192.0.2.1',
      '192.0.2.9',
    ]);
    await store.close();
  });

  test('keeps its comments when the console writes the file, and loses them with their entry alone', async () => {
    const lists = await open();
    await lists.apply(adding('black', '192.0.2.1'));
    const text = await readFile(file, 'utf8');
    await editByHand(
      `# ours, ask Ada\n\n${text}\n# the old office\n# leave it\n[[white]] # until May\nip = "192.0.2.2" # edge\n\n# gone soon\n[[black]]\nips = ["192.0.2.3", "192.0.2.4"]\n\n# the end\n`,
    );
    await lists.apply(adding('black', '192.0.2.5'));
    await lists.apply(removing('black', '192.0.2.1'));
    const written = await readFile(file, 'utf8');
    expect(written).toContain('\n# ours, ask Ada\n');
    expect(written).toContain(
      '\n# the old office\n# leave it\n# until May\n[[white]]\nip = "192.0.2.2"\nnote = "edge"\n',
    );
    expect(written).toContain('\n# gone soon\n[[black]]\nip = "192.0.2.3"\n');
    expect(written.trimEnd().endsWith('# the end')).toBe(true);
    await lists.close();
    const again = await open();
    await again.apply(removing('black', '192.0.2.3', 'file'));
    const last = await readFile(file, 'utf8');
    expect(last).not.toContain('gone soon');
    expect(last.match(/^#/gm)?.length).toBe((written.match(/^#/gm)?.length ?? 0) - 1);
  });

  test('can remove and re-word what the console wrote', async () => {
    const lists = await open();
    await lists.apply(adding('black', { value: '192.0.2.1', note: 'old' }, '192.0.2.2'));
    const text = await readFile(file, 'utf8');
    const second = text.lastIndexOf('[[black]]');
    await editByHand(text.slice(0, second).replace('"old"', '"new"'));
    expect(lists.frame().entries).toMatchObject([{ value: '192.0.2.1', origin: 'operator', note: 'new' }]);
  });

  test('that dates an entry back ends it', async () => {
    const lists = await open();
    await lists.apply(adding('black', { value: '192.0.2.1', expiresAtMs: clock.epochMs() + 3_600_000 }));
    await editByHand((await readFile(file, 'utf8')).replace(/^expires = .*$/m, 'expires = 2020-01-01T00:00:00Z'));
    expect(rules(lists)).toEqual([]);
    await lists.apply(adding('black', '192.0.2.2'));
    const { records } = readAccessLists(await readFile(file, 'utf8'));
    expect(records.map(({ value }) => value)).toEqual(['192.0.2.2']);
  });

  test('just before a change from the console is kept beside it', async () => {
    const lists = await open();
    await lists.apply(adding('black', '192.0.2.1'));
    await writeFile(file, `${await readFile(file, 'utf8')}\n[[black]]\nip = "192.0.2.9"\n`);
    await lists.apply(adding('black', '192.0.2.3'));
    const expected = ['file black 192.0.2.9', 'operator black 192.0.2.1', 'operator black 192.0.2.3'];
    expect(rules(lists)).toEqual(expected);
    expect(rules(await open())).toEqual(expected);
  });

  test('takes nothing away that the automaton has found and not saved yet', async () => {
    const lists = await open();
    await lists.apply(adding('black', '192.0.2.1'));
    lists.allow('192.0.2.50');
    await editByHand('[[black]]\nip = "192.0.2.2"\n');
    expect(rules(lists)).toEqual(['automatic white 192.0.2.50', 'file black 192.0.2.2']);
    await clock.advance(2_000);
    await quiet();
    expect(rules(await open())).toEqual(['automatic white 192.0.2.50', 'file black 192.0.2.2']);
  });

  test('by an editor that saves a new file under the old name is seen', async () => {
    const lists = await open();
    await lists.apply(adding('black', '192.0.2.1'));
    await rename(file, `${file}~`);
    noticed(accessListFileName);
    await clock.advance(50);
    await writeFile(`${file}.new`, '[[white]]\nip = "192.0.2.2"\n');
    await rename(`${file}.new`, file);
    noticed(accessListFileName);
    await clock.advance(100);
    await quiet();
    expect(rules(lists)).toEqual(['file white 192.0.2.2']);
  });

  test('caught in the middle, when the file is empty, lifts no ban', async () => {
    const lists = await open();
    await lists.apply(adding('black', '192.0.2.1'));
    const text = await readFile(file, 'utf8');
    await writeFile(file, '');
    noticed(accessListFileName);
    await clock.advance(100);
    await vi.waitFor(() => expect(clock.timers).toBeGreaterThan(0));
    expect(rules(lists)).toEqual(['operator black 192.0.2.1']);
    await writeFile(file, `${text}\n[[black]]\nip = "192.0.2.2"\n`);
    await clock.advance(1_000);
    await quiet();
    expect(rules(lists)).toEqual(['file black 192.0.2.2', 'operator black 192.0.2.1']);
  });

  test('that empties the file for good is believed', async () => {
    const lists = await open();
    await lists.apply(adding('black', '192.0.2.1'));
    await writeFile(file, '\n');
    noticed(accessListFileName);
    await clock.advance(100);
    await vi.waitFor(() => expect(clock.timers).toBeGreaterThan(0));
    await clock.advance(1_000);
    await quiet();
    expect(rules(lists)).toEqual([]);
  });

  test('that deletes the file changes no list, and the next change writes it anew', async () => {
    const lists = await open();
    await lists.apply(adding('black', '192.0.2.1'));
    await unlink(file);
    noticed(accessListFileName);
    await clock.advance(100);
    await vi.waitFor(() => expect(lists.frame().fileGone).toBe(true));
    expect(rules(lists)).toEqual(['operator black 192.0.2.1']);
    expect(events.map(({ kind }) => kind)).toContain('access.file-gone');
    await lists.apply(adding('black', '192.0.2.2'));
    expect(lists.frame().fileGone).toBe(false);
    expect(rules(await open())).toHaveLength(2);
  });

  test('that takes the file away is told, and the lists in force are written again when they are asked for', async () => {
    const lists = await open();
    await lists.apply(adding('black', '192.0.2.1'));
    let told = 0;
    lists.onChange(() => {
      told += 1;
    });
    await unlink(file);
    noticed(accessListFileName);
    await clock.advance(100);
    await vi.waitFor(() => expect([lists.store.gone, told]).toEqual([true, 1]));
    expect(await lists.save()).toEqual({ file });
    expect([lists.store.gone, told]).toEqual([false, 2]);
    expect(rules(await open())).toEqual(['operator black 192.0.2.1']);
  });

  test('is not found in what the console has written itself', async () => {
    const lists = await open();
    await lists.apply(adding('black', '192.0.2.1'));
    const { revision } = lists;
    await seeEdit();
    noticed(null);
    await clock.advance(100);
    await quiet();
    expect(lists.revision).toBe(revision);
  });
});

describe('a file with faults', () => {
  const faulty = '[[black]]\nip = "192.0.2.1"\n\n[[black]]\nip = "300.0.0.1"\n\n[[white]]\nip = "192.0.2.2"\n';

  test('names the line, uses the good entries, is left as it is, and refuses changes', async () => {
    await writeFile(file, faulty);
    const lists = await open();
    expect(rules(lists)).toEqual(['file black 192.0.2.1', 'file white 192.0.2.2']);
    expect(lists.frame().fileIssues).toMatchObject([{ at: 'line 5', message: '300 is not 0 to 255' }]);
    expect(events).toMatchObject([
      { level: 'error', kind: 'access.file-bad', data: { at: expect.stringContaining('line 5') } },
    ]);
    await expect(lists.apply(adding('black', '192.0.2.9'))).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('access-lists.toml has a fault and is left as it is'),
      issues: [{ at: 'line 5', message: '300 is not 0 to 255' }],
    });
    lists.allow('203.0.113.1');
    await clock.advance(60_000);
    await lists.close();
    expect(await readFile(file, 'utf8')).toBe(faulty);
  });

  test('in each of its lines names the first hundred where a change is refused', async () => {
    await writeFile(file, '[[black]]\nip = "300.0.0.1"\n'.repeat(500));
    const lists = await open();
    const refused = await lists.apply(adding('black', '192.0.2.9')).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'refused', message: expect.stringContaining('500 faults') });
    expect(refused).toHaveProperty('issues.length', 100);
  });

  test('is in use again once it is mended, and what had to wait is saved', async () => {
    await writeFile(file, faulty);
    const lists = await open();
    let told = 0;
    lists.onChange(() => {
      told += 1;
    });
    lists.ban('203.0.113.1', 'blocked: 403', clock.epochMs() + 30_000);
    await editByHand(faulty.replace('300', '30'));
    expect(told).toBeGreaterThan(0);
    expect(lists.frame().fileIssues).toMatchObject([]);
    expect(rules(lists)).toContain('file black 30.0.0.1');
    expect(events.map(({ kind }) => kind)).toContain('access.file-good');
    await clock.advance(2_000);
    await quiet();
    expect(await readFile(file, 'utf8')).toContain('203.0.113.1');
    await lists.apply(adding('black', '192.0.2.9'));
  });

  test('that gets its fault while the console runs lifts no ban', async () => {
    const lists = await open();
    await lists.apply(adding('black', '192.0.2.1', '192.0.2.2'));
    const text = await readFile(file, 'utf8');
    await editByHand(`${text.replace('"192.0.2.1"\norigin', '"192.0.2.1\norigin')}\n[[black]]\nip = "192.0.2.3"\n`);
    expect(lists.frame().fileIssues).toHaveLength(1);
    expect(rules(lists)).toEqual(['file black 192.0.2.3', 'operator black 192.0.2.1', 'operator black 192.0.2.2']);
    await editByHand(text.slice(0, text.lastIndexOf('[[black]]')));
    expect(lists.frame().fileIssues).toMatchObject([]);
    expect(rules(lists)).toEqual(['operator black 192.0.2.1']);
  });

  test('that is deleted to begin anew blocks nothing any more', async () => {
    await writeFile(file, faulty);
    const lists = await open();
    await unlink(file);
    await seeEdit();
    expect(lists.frame().fileIssues).toMatchObject([]);
    await lists.apply(adding('black', '192.0.2.9'));
  });

  test('that cannot be read at all is said, not overwritten', async () => {
    await mkdir(file);
    const lists = await open();
    expect(lists.frame().fileIssues).toMatchObject([{ at: accessListFileName }]);
    await expect(lists.apply(adding('black', '192.0.2.9'))).rejects.toMatchObject({ code: 'refused' });
    expect((await stat(file)).isDirectory()).toBe(true);
  });
});

test('the system tells of a hand edit by itself', async () => {
  const { sink } = recordedEvents(clock);
  const lists = await openAccessLists({ folder, clock: systemClock, events: sink });
  opened.push(lists);
  await lists.apply(adding('black', '192.0.2.1'));
  const changed = new Promise<void>((resolve) => lists.onChange(() => resolve()));
  await writeFile(`${file}.swap`, '[[white]]\nip = "192.0.2.2"\n');
  await rename(`${file}.swap`, file);
  await changed;
  expect(rules(lists)).toEqual(['file white 192.0.2.2']);
});

test('entries of any origin can be removed by the operator, but for those of the config', async () => {
  await writeFile(file, 'black = ["192.0.2.1"]');
  const lists = await open({ blacklist: ['192.0.2.2'] });
  lists.ban('192.0.2.3', 'blocked: 403', clock.epochMs() + 30_000);
  await lists.apply(removing('black', '192.0.2.1', 'file'));
  await lists.apply(removing('black', '192.0.2.3', 'automatic'));
  expect(() =>
    accessChangeSchema.parse({ remove: [{ list: 'black', value: '192.0.2.2', origin: 'config' }] }),
  ).toThrow();
  expect(rules(lists)).toEqual(['config black 192.0.2.2']);
  expect(rules(await open())).toEqual([]);
});
