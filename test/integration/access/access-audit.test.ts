/** The audit on disk: it outlives restarts and kill -9, and what is taken back stays taken back. */
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accessListFileName } from '../../../core/access/access-list-file.ts';
import type { IpAccessController } from '../../../core/access/ip-access-controller.ts';
import { journalFileName } from '../../../core/access/journal-file.ts';
import { written } from '../../../core/access/journal-line.ts';
import { openAccessLists } from '../../../core/access/open-access-lists.ts';
import type { EngineEvent } from '../../../core/contract/events.ts';
import { adding, recordedEvents } from '../../support/access-fixtures.ts';
import { ManualClock } from '../../support/manual-clock.ts';

let folder: string;
let journal: string;
let clock: ManualClock;
let events: EngineEvent[];
const opened: IpAccessController[] = [];
const all = { before: null, limit: 50, who: null, text: '' } as const;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hotpool-audit-'));
  journal = join(folder, journalFileName);
  clock = new ManualClock(Date.now());
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((lists) => lists.close()));
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<IpAccessController> {
  const recorded = recordedEvents(clock);
  events = recorded.events;
  const watch = () => () => undefined;
  const lists = await openAccessLists({ folder, clock, events: recorded.sink, watch });
  opened.push(lists);
  return lists;
}

const ids = (lists: IpAccessController): number[] => lists.journal.page(all).records.map(({ id }) => id);

test('a change is in the audit when it is confirmed, and can be undone after a restart', async () => {
  const first = await open();
  const many = Array.from({ length: 60 }, (_, index) => `192.0.2.${index}`);
  const { changeId } = await first.apply({ ...adding('black', ...many), reason: 'a paste' });
  expect(await readFile(journal, 'utf8')).toContain('"reason":"a paste"');
  await first.close();
  const second = await open();
  expect(second.journal.page(all).records).toMatchObject([{ id: changeId, total: 60, reason: 'a paste' }]);
  const undone = await second.operator.undo(changeId ?? 0, false);
  expect(undone).toMatchObject({ removed: 60 });
  expect([...second.entries()]).toEqual([]);
  await second.close();
  const third = await open();
  expect(third.journal.page(all).records).toMatchObject([
    { id: undone.changeId, undoes: changeId },
    { id: changeId, undoneBy: undone.changeId },
  ]);
});

test('a paste of thousands takes little room, and is taken back whole after a restart', async () => {
  const first = await open();
  const values = Array.from({ length: 3_000 }, (_, index) => `10.7.${index >> 8}.${index & 255}`);
  const { changeId } = await first.apply(adding('white', ...values));
  await first.close();
  // In plain JSON it would be 140 bytes an entry.
  expect((await readFile(journal)).length).toBeLessThan(20 * values.length);
  const second = await open();
  expect(second.journal.page({ ...all, text: '10.7.0.3' }).records).toMatchObject([{ id: changeId, total: 3_000 }]);
  await expect(second.operator.undo(changeId ?? 0, false)).resolves.toMatchObject({ removed: 3_000 });
  expect([...second.entries()]).toEqual([]);
});

test('a long change that was damaged on disk is refused with the reason, and the others stay', async () => {
  const first = await open();
  const values = Array.from({ length: 300 }, (_, index) => `10.7.${index >> 8}.${index & 255}`);
  const { changeId } = await first.apply(adding('white', ...values));
  await first.close();
  const text = await readFile(journal, 'utf8');
  await writeFile(
    journal,
    text.replace(/"gzip":".{40}/, (head) => `"gzip":"${'A'.repeat(head.length - 8)}`),
  );
  const second = await open();
  expect(ids(second)).toEqual([changeId]);
  await expect(second.operator.undo(changeId ?? 0, false)).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining(`Change ${changeId} cannot be read from ${journalFileName}`),
  });
});

test('a long change of which a part is missing on disk is refused too', async () => {
  const first = await open();
  const values = Array.from({ length: 300 }, (_, index) => `10.7.${index >> 8}.${index & 255}`);
  const { changeId } = await first.apply(adding('white', ...values));
  await first.close();
  const text = await readFile(journal, 'utf8');
  await writeFile(journal, text.replace('"packed":{"changes":280', '"packed":{"changes":281'));
  const second = await open();
  await expect(second.operator.undo(changeId ?? 0, false)).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('280 of 281'),
  });
});

test('what the automaton did is there after a restart, and ids go on', async () => {
  const first = await open();
  first.allow('10.0.0.1');
  await first.close();
  const second = await open();
  expect(second.journal.page(all).records).toMatchObject([{ id: 1, who: 'automaton', total: 1 }]);
  expect(await second.apply(adding('black', '192.0.2.1'))).toMatchObject({ changeId: 2 });
});

describe('after a kill', () => {
  test('a torn line is dropped, and the next one begins anew', async () => {
    const first = await open();
    await first.apply(adding('black', '192.0.2.1'));
    await first.close();
    await appendFile(journal, '{"id":2,"atMs":1,"who":"oper');
    const second = await open();
    expect(ids(second)).toEqual([1]);
    await second.apply(adding('black', '192.0.2.2'));
    await second.close();
    expect(ids(await open())).toEqual([2, 1]);
  });

  test('a change that was audited and not made any more is left out; one that was made stays', async () => {
    const first = await open();
    await first.apply(adding('black', '192.0.2.1'));
    const killed = await readFile(journal, 'utf8');
    // The next change got as far as its line in the audit.
    const line = JSON.parse(killed.trim().split('\n').at(-1) ?? '');
    const words = { ...line.changes[0].after, value: '192.0.2.2' };
    await first.close();
    await writeFile(
      journal,
      `${killed}${JSON.stringify({ ...line, id: 2, changes: [{ before: null, after: words }] })}\n`,
    );
    const second = await open();
    expect(ids(second)).toEqual([1]);
    await second.close();
    expect(ids(await open())).toEqual([1]);
    await writeFile(journal, killed);
    expect(ids(await open())).toEqual([1]);
  });

  test('what the automaton wrote after a change that was not made does not make it', async () => {
    const first = await open();
    await first.apply(adding('black', '192.0.2.1'));
    const killed = await readFile(journal, 'utf8');
    const line = JSON.parse(killed.trim().split('\n').at(-1) ?? '');
    const entry = line.changes[0].after;
    const lineOf = (id: number, who: string, value: string): string =>
      JSON.stringify({ ...line, id, who, changes: [{ before: null, after: { ...entry, value } }] });
    await first.close();
    await writeFile(journal, `${killed}${lineOf(2, 'operator', '192.0.2.2')}\n${lineOf(3, 'automaton', '10.0.0.1')}\n`);
    const second = await open();
    expect(ids(second)).toEqual([3, 1]);
    await second.close();
    // Who went on from it knew that it was made.
    await writeFile(journal, `${killed}${lineOf(2, 'operator', '192.0.2.2')}\n${lineOf(3, 'clock', '192.0.2.2')}\n`);
    expect(ids(await open())).toEqual([3, 2, 1]);
  });

  test.each(['192.0.2.1', '192.0.2.2'])(
    'a change that was made stays when who went on from it changed hundreds, and no other does: %s',
    async (changed) => {
      const first = await open();
      await first.apply({ ...adding('black', '192.0.2.1'), reason: 'abuse ticket 7' });
      const killed = await readFile(journal, 'utf8');
      const line = JSON.parse(killed.trim().split('\n').at(-1) ?? '');
      const [{ after: entry }] = line.changes;
      await first.close();
      // A hand edit took it off the list, among 250 others that are packed with it.
      const others = Array.from({ length: 250 }, (_, index) => `10.0.0.${index}`);
      const changes = [...others, changed].map((value) => ({ before: { ...entry, value }, after: null }));
      const edit = await written({ ...line, id: 2, who: 'file', reason: '', changes });
      expect(JSON.stringify(edit)).not.toContain(`"${changed}"`);
      await writeFile(join(folder, accessListFileName), '');
      await writeFile(journal, `${killed}${JSON.stringify(edit)}\n`);
      const second = await open();
      expect(ids(second)).toEqual(changed === '192.0.2.1' ? [2, 1] : [2]);
      await second.close();
      expect(ids(await open())).toEqual(changed === '192.0.2.1' ? [2, 1] : [2]);
    },
  );
});

test('lines that cannot be read are said and left out', async () => {
  await writeFile(
    journal,
    'not json\n{"id":1,"atMs":1,"who":"file","reason":"","undoes":null,"changes":[]}\n{"some":"thing"}\n',
  );
  const lists = await open();
  expect(ids(lists)).toEqual([1]);
  expect(events).toMatchObject([{ level: 'warn', kind: 'access.audit-bad', data: { lines: 1 } }]);
});

test('a change that could not be stored is not in the audit', async () => {
  const lists = await open();
  await lists.apply(adding('black', '192.0.2.1'));
  await writeFile(join(folder, accessListFileName), '[[black]]\nip = "300.0.0.1"\n');
  await expect(lists.apply(adding('black', '192.0.2.2'))).rejects.toMatchObject({ code: 'refused' });
  expect(ids(lists)).toEqual([1]);
});

test('a hand edit is a record of its own, and can be taken back', async () => {
  const lists = await open();
  await lists.apply(adding('black', '192.0.2.1'));
  const file = join(folder, accessListFileName);
  await writeFile(file, `${await readFile(file, 'utf8')}\n[[white]]\nip = "192.0.2.9"\n`);
  await lists.apply(adding('black', '192.0.2.3'));
  const [, edit] = lists.journal.page(all).records;
  expect(edit).toMatchObject({ who: 'file', changes: [{ after: { value: '192.0.2.9', origin: 'file' } }] });
  await lists.operator.undo(edit?.id ?? 0, false);
  expect(await readFile(file, 'utf8')).not.toContain('192.0.2.9');
});

test('the oldest go when there are too many, on disk as well', async () => {
  const line = { atMs: 1, who: 'file', reason: '', undoes: null, changes: [] };
  const lines = Array.from({ length: 2_600 }, (_, index) => JSON.stringify({ id: index + 1, ...line }));
  await writeFile(journal, `${lines.join('\n')}\n`);
  const lists = await open();
  const { changeId } = await lists.apply(adding('black', '192.0.2.1'));
  await lists.close();
  const left = (await readFile(journal, 'utf8')).trim().split('\n');
  // The newest 2,000, the operator's change, and the end of the run.
  expect(left).toHaveLength(2_002);
  expect(ids(await open()).slice(0, 2)).toEqual([changeId, 2_600]);
});

test('long lines of an older version are packed before any of them goes', async () => {
  const changes = Array.from({ length: 4_000 }, (_, index) => ({
    before: null,
    after: {
      list: 'black',
      value: `10.9.${index >> 8}.${index & 255}`,
      origin: 'operator',
      note: '',
      addedAtMs: clock.epochMs(),
      expiresAtMs: null,
    },
  }));
  const line = { atMs: 1, who: 'operator', reason: 'a paste', undoes: null, changes };
  const lines = Array.from({ length: 70 }, (_, index) => JSON.stringify({ id: index + 1, ...line }));
  // So that no record is in doubt.
  await writeFile(journal, `${lines.join('\n')}\n{"closed":true}\n`);
  expect((await readFile(journal)).length).toBeGreaterThan(32_000_000);
  const lists = await open();
  const { changeId } = await lists.apply(adding('black', '192.0.2.1'));
  expect(lists.journal.page({ ...all, limit: 100 }).records).toHaveLength(71);
  expect((await lists.journal.read(1)).changes).toEqual(changes);
  await lists.close();
  expect((await readFile(journal)).length).toBeLessThan(6_000_000);
  const again = await open();
  expect(ids(again).slice(0, 2)).toEqual([changeId, 70]);
  expect((await again.journal.read(70)).changes).toEqual(changes);
});

test('an act that is under way while the oldest go is kept on disk', async () => {
  const line = { atMs: 1, who: 'automaton', reason: '', undoes: null, changes: [] };
  const lines = Array.from({ length: 1_250 }, (_, index) => JSON.stringify({ id: index + 1, ...line }));
  await writeFile(journal, `${lines.join('\n')}\n`);
  const { journal: audit } = await open();
  const draft = await audit.begin('operator', 'ticket 7', [], null);
  // One too many: with the next line the file is made shorter.
  audit.note('automaton', 'validated', []);
  await clock.advance(5_000);
  await audit.read(1_250);
  audit.confirm(draft);
  await audit.close();
  expect(await readFile(journal, 'utf8')).toContain('ticket 7');
});
