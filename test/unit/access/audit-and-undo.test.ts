import { describe, expect, test } from 'vitest';
import { accessChangeSchema } from '../../../core/contract/access.ts';
import { inEnglish } from '../../../core/contract/phrase.ts';
import { accessFixture, adding, removing } from '../../support/access-fixtures.ts';

const ip = '192.0.2.10';
const all = { before: null, limit: 50, who: null, text: '' } as const;

const rows = (lists: ReturnType<typeof accessFixture>['lists']): string[] =>
  [...lists.entries()].map(({ list, origin, value, note }) => `${origin} ${list} ${value} ${note}`.trim()).toSorted();

describe('the audit', () => {
  test('says who changed what, when and why, newest first', async () => {
    const { lists, clock } = accessFixture();
    await lists.apply({ ...adding('black', { value: ip, note: 'slow' }), reason: 'ticket 7' });
    await clock.advance(1_000);
    lists.setConfigEntries(['192.0.2.1'], []);
    const { records, next } = lists.journal.page(all);
    expect(next).toBeNull();
    expect(records).toMatchObject([
      { id: 2, atMs: clock.epochMs(), who: 'config', total: 1, undoes: null, undoneBy: null },
      {
        id: 1,
        atMs: clock.epochMs() - 1_000,
        who: 'operator',
        reason: 'ticket 7',
        changes: [{ before: null, after: { list: 'black', value: ip, origin: 'operator', note: 'slow' } }],
      },
    ]);
  });

  test('gathers what the automaton does within seconds, by its reason', async () => {
    const { lists, clock } = accessFixture();
    for (let index = 0; index < 96; index += 1) {
      lists.allow(`10.0.0.${index}`);
    }
    lists.ban('10.0.1.1', 'blocked: 403', clock.epochMs() + 30_000);
    await clock.advance(5_000);
    expect(lists.journal.page(all).records.map(({ who, reason, total }) => [who, reason, total])).toEqual([
      ['automaton', 'blocked: 403', 1],
      ['automaton', 'validated', 96],
    ]);
    await lists.close();
  });

  test('gathers more of one tick than a call takes arguments', async () => {
    const { lists, clock } = accessFixture();
    const expiresAtMs = clock.epochMs() + 60_000;
    for (const block of [10, 11]) {
      const values = Array.from({ length: 100_000 }, (_, i) => `${block}.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
      await lists.apply(adding('black', ...values.map((value) => ({ value, expiresAtMs }))));
    }
    await clock.advance(66_000);
    expect(lists.journal.page(all).records).toMatchObject([{ who: 'clock', total: 200_000 }, {}, {}]);
    await lists.close();
  });

  test('tells who listens of each record when it is made, and no longer than it wants to hear', async () => {
    const { lists, clock } = accessFixture();
    const told: [string, number][] = [];
    const stop = lists.journal.onRecord(({ who, total }) => told.push([who, total]));
    await lists.apply(adding('black', '192.0.2.1'));
    lists.allow('10.0.0.1');
    expect(told).toEqual([['operator', 1]]);
    await clock.advance(5_100);
    expect(told).toEqual([
      ['operator', 1],
      ['automaton', 1],
    ]);
    stop();
    await lists.apply(adding('black', '192.0.2.2'));
    expect(told).toHaveLength(2);
    await lists.close();
  });

  test('is read page by page, by author and by what it says', async () => {
    const { lists, clock } = accessFixture();
    for (let index = 0; index < 5; index += 1) {
      await lists.apply(adding('black', { value: `192.0.2.${index}`, note: index === 3 ? 'Abuse' : '' }));
    }
    lists.allow('10.0.0.1');
    expect(lists.journal.page(all).records[0]).toMatchObject({ id: 5, who: 'operator' });
    await clock.advance(5_100);
    const first = lists.journal.page({ ...all, limit: 2 });
    expect(first.records.map(({ id }) => id)).toEqual([6, 5]);
    const second = lists.journal.page({ ...all, limit: 4, before: first.next });
    expect(second).toMatchObject({ records: [{ id: 4 }, { id: 3 }, { id: 2 }, { id: 1 }], next: null });
    expect(lists.journal.page({ ...all, who: ['automaton'] }).records.map(({ id }) => id)).toEqual([6]);
    expect(lists.journal.page({ ...all, text: 'abuse' }).records.map(({ id }) => id)).toEqual([4]);
    await lists.close();
  });

  test('of an act that could not be stored says nothing', async () => {
    const { lists } = accessFixture();
    await expect(lists.apply(adding('black', 'nonsense'))).rejects.toMatchObject({ code: 'invalid-input' });
    expect(lists.journal.page(all).records).toEqual([]);
  });

  test('keeps every change of a long paste, and is bounded all the same', async () => {
    const { lists } = accessFixture();
    const { changeId } = await lists.apply(
      adding('white', ...Array.from({ length: 300 }, (_, i) => `10.0.${i >> 8}.${i & 255}`)),
    );
    const { record, changes } = await lists.journal.read(changeId ?? 0);
    expect([record.total, record.changes.length, changes.length]).toEqual([300, 20, 300]);
    for (let round = 0; round < 2_600; round += 1) {
      lists.journal.note('file', 'edited by hand', []);
    }
    await expect(lists.journal.read(changeId ?? 0)).rejects.toMatchObject({ code: 'not-found' });
    expect(lists.journal.page({ ...all, limit: 5_000 }).records.length).toBeLessThanOrEqual(2_500);
  });
});

describe('undo', () => {
  test('of an addition, a removal, new words and a move brings back what was', async () => {
    const { lists } = accessFixture();
    await lists.apply(adding('black', { value: ip, note: 'first' }, '192.0.2.11'));
    const before = rows(lists);
    const change = accessChangeSchema.parse({
      add: [
        { list: 'white', value: '192.0.2.11' },
        { list: 'black', value: ip, note: 'second' },
        { list: 'black', value: '198.51.100.0/24' },
      ],
      remove: [{ list: 'black', value: '192.0.2.11', origin: 'operator' }],
    });
    const { changeId } = await lists.apply(change);
    const foreseen = await lists.operator.previewUndo(changeId ?? 0);
    expect(foreseen).toMatchObject({ total: 4, left: [] });
    expect(foreseen.newlyBlocked('192.0.2.11')).toBe(true);
    const undone = await lists.operator.undo(changeId ?? 0, false);
    expect(rows(lists)).toEqual(before);
    expect(lists.verdict('192.0.2.11').allowed).toBe(false);
    expect(lists.journal.page(all).records).toMatchObject([
      { id: undone.changeId, who: 'operator', undoes: changeId, reason: `undo of change ${changeId}` },
      { id: changeId, undoneBy: undone.changeId },
      { id: 1 },
    ]);
  });

  test('can be undone itself, and names the change that all this is about', async () => {
    const { lists } = accessFixture();
    const { changeId } = await lists.apply({ ...adding('black', ip), reason: 'ticket 7' });
    const undone = await lists.operator.undo(changeId ?? 0, false);
    const redone = await lists.operator.undo(undone.changeId ?? 0, false);
    expect(rows(lists)).toEqual([`operator black ${ip}`]);
    expect((await lists.operator.audit({ ...all, undoable: false })).records).toMatchObject([
      { id: redone.changeId, undoes: undone.changeId, reason: `redo of change ${changeId}: ticket 7`, undoneBy: null },
      { id: undone.changeId, reason: `undo of change ${changeId}: ticket 7`, undoneBy: redone.changeId },
      // It holds again.
      { id: changeId, undoneBy: null, undoObstacle: null },
    ]);
    await lists.operator.undo(redone.changeId ?? 0, false);
    expect(rows(lists)).toEqual([]);
    expect(lists.journal.page(all).records[0]).toMatchObject({ reason: `undo of change ${changeId}: ticket 7` });
    expect(lists.journal.page(all).records.at(-1)).toMatchObject({ id: changeId, undoneBy: undone.changeId });
    await lists.close();
  });

  test('of the last change goes back one change after the other, and never forth', async () => {
    const { lists, clock } = accessFixture();
    const last = async () => {
      const wish = { ...all, limit: 1, who: ['operator', 'file'], undoable: true } as const;
      return (await lists.operator.audit(wish)).records[0];
    };
    await lists.apply(adding('black', '192.0.2.1'));
    const brief = Array.from({ length: 300 }, (_, index) => ({
      value: `10.0.${index >> 8}.${index & 255}`,
      expiresAtMs: clock.epochMs() + 1_000,
    }));
    await lists.apply(adding('white', ...brief));
    await lists.apply(adding('black', '192.0.2.3'));
    expect(await last()).toMatchObject({ id: 3 });
    await lists.operator.undo(3, false);
    // What has expired meanwhile cannot be taken back: the change before it can.
    expect(await last()).toMatchObject({ id: 2 });
    await clock.advance(1_000);
    expect(await last()).toMatchObject({ id: 1 });
    await lists.operator.undo(1, false);
    expect(await last()).toBeUndefined();
    await lists.close();
  });

  test('is not offered where nothing can be taken back, and the audit says why', async () => {
    const { lists, clock } = accessFixture();
    lists.setConfigEntries(['192.0.2.9'], []);
    await lists.apply(adding('black', ip, '192.0.2.11'));
    await lists.apply(removing('black', ip));
    lists.ban('192.0.2.12', 'blocked: 403', clock.epochMs() + 30_000);
    await clock.advance(36_000);
    const { records } = await lists.operator.audit({ ...all, undoable: false });
    expect(records.map(({ who, undoObstacle }) => [who, undoObstacle && inEnglish(undoObstacle)])).toEqual([
      ['clock', 'would have expired by now'],
      ['automaton', 'is not on the black list any more'],
      ['operator', null],
      // Its other entry is still there.
      ['operator', null],
      ['config', expect.stringContaining('configuration')],
    ]);
    await lists.close();
  });

  test('says what later changes are in its way, and does the rest when it is told to', async () => {
    const { lists } = accessFixture();
    const { changeId } = await lists.apply(adding('black', ip, '192.0.2.11', '192.0.2.12'));
    await lists.apply(adding('black', { value: ip, note: 'newer' }));
    await lists.apply(removing('black', '192.0.2.11'));
    await expect(lists.operator.undo(changeId ?? 0, false)).rejects.toMatchObject({
      code: 'conflict',
      issues: [
        { at: '192.0.2.11', message: 'is not on the black list any more' },
        { at: ip, message: 'got another note or expiry since then' },
      ],
    });
    expect(rows(lists)).toEqual([`operator black ${ip} newer`, 'operator black 192.0.2.12']);
    await lists.operator.undo(changeId ?? 0, true);
    expect(rows(lists)).toEqual([`operator black ${ip} newer`]);
    await expect(lists.operator.undo(changeId ?? 0, true)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('leaves what the configuration says, and what would have expired', async () => {
    const { lists, clock } = accessFixture();
    lists.setConfigEntries([], ['192.0.2.1']);
    await expect(lists.operator.undo(1, false)).rejects.toMatchObject({
      issues: [{ at: '192.0.2.1', message: expect.stringContaining('configuration') }],
    });
    await lists.apply(adding('black', { value: ip, expiresAtMs: clock.epochMs() + 60_000 }));
    const { changeId } = await lists.apply(removing('black', ip));
    await clock.advance(60_000);
    await expect(lists.operator.undo(changeId ?? 0, false)).rejects.toMatchObject({
      issues: [{ at: ip, message: 'would have expired by now' }],
    });
    await lists.close();
  });

  test('lifts what the automaton did, as the automaton had left it', async () => {
    const { lists, clock } = accessFixture();
    lists.allow(ip);
    await clock.advance(5_000);
    lists.ban(ip, 'blocked: 403', clock.epochMs() + 30_000);
    await clock.advance(5_000);
    const [ban] = lists.journal.page(all).records;
    await lists.operator.undo(ban?.id ?? 0, false);
    expect(rows(lists)).toEqual([`automatic white ${ip} validated`]);
    await lists.close();
  });

  test('of what is not in the audit is refused', async () => {
    const { lists } = accessFixture();
    await expect(lists.operator.undo(5, false)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a change made against older lists', () => {
  test('is refused with what a person changed meanwhile, and changes nothing', async () => {
    const { lists, clock } = accessFixture();
    await lists.apply(adding('black', ip, '192.0.2.11'));
    const expectedRevision = lists.revision;
    await clock.advance(1_000);
    await lists.apply(adding('white', { value: ip, note: 'customer' }));
    const mine = { ...adding('black', { value: ip, note: 'mine' }, '203.0.113.1'), expectedRevision };
    expect(lists.preview(mine).conflicts).toMatchObject([
      {
        value: ip,
        who: 'operator',
        atMs: clock.epochMs(),
        now: [{ list: 'white', note: 'customer' }, { list: 'black' }],
      },
    ]);
    await expect(lists.apply(mine)).rejects.toMatchObject({
      code: 'conflict',
      issues: [{ at: ip, message: expect.stringContaining('operator') }],
    });
    expect(rows(lists)).toEqual(
      [`operator black ${ip}`, 'operator black 192.0.2.11', `operator white ${ip} customer`].toSorted(),
    );
    await expect(lists.apply({ ...mine, expectedRevision: lists.revision })).resolves.toMatchObject({ added: 2 });
  });

  test('goes through when others changed other entries, or the automaton anything', async () => {
    const { lists } = accessFixture();
    const expectedRevision = lists.revision;
    await lists.apply(adding('black', '198.51.100.1'));
    lists.allow(ip);
    await expect(lists.apply({ ...adding('black', ip), expectedRevision })).resolves.toMatchObject({ added: 1 });
  });

  test('that says what the other said is no conflict', async () => {
    const { lists } = accessFixture();
    const expectedRevision = lists.revision;
    await lists.apply(adding('black', { value: ip, note: 'same' }));
    const mine = { ...adding('black', { value: ip, note: 'same' }), expectedRevision };
    await expect(lists.apply(mine)).resolves.toMatchObject({ added: 0, changeId: null });
  });

  test('names a removal of what is gone, by whatever hand', async () => {
    const { lists, clock } = accessFixture();
    await lists.apply(adding('black', { value: ip, expiresAtMs: clock.epochMs() + 1_000 }));
    const expectedRevision = lists.revision;
    await clock.advance(1_000);
    const mine = { ...removing('black', ip), expectedRevision };
    expect(lists.preview(mine).conflicts).toMatchObject([{ value: ip, who: 'clock', now: [] }]);
    await expect(lists.apply(mine)).rejects.toMatchObject({ code: 'conflict' });
    await lists.close();
  });
});
