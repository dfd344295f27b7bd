import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccessStore, volatileAccessStore } from '../../../core/access/access-store.ts';
import { accessChangeSchema, accessEntrySchema } from '../../../core/contract/access.ts';
import { ContractError } from '../../../core/contract/errors.ts';
import { accessFixture, adding, removing } from '../../support/access-fixtures.ts';
import { textOf } from '../../support/event-words.ts';

const ip = '192.0.2.10';

describe('apply', () => {
  test('adds, removes, and says how many', async () => {
    const { lists } = accessFixture();
    expect(await lists.apply(adding('black', '192.0.2.0/24', '2001:DB8::/32'))).toEqual({
      revision: 1,
      added: 2,
      removed: 0,
      changeId: 1,
    });
    expect(lists.verdict(ip).allowed).toBe(false);
    expect(lists.verdict('2001:db8::5').rule).toEqual({ value: '2001:db8::/32', origin: 'operator' });
    expect(await lists.apply(removing('black', '192.0.2.0/24'))).toEqual({
      revision: 2,
      added: 0,
      removed: 1,
      changeId: 2,
    });
    expect(lists.verdict(ip).allowed).toBe(true);
    expect(accessEntrySchema.array().parse(lists.frame().entries)).toEqual(lists.frame().entries);
  });

  test('moves an entry from one list to the other in one change', async () => {
    const { lists } = accessFixture();
    await lists.apply(adding('black', ip));
    const change = accessChangeSchema.parse({
      add: [{ list: 'white', value: ip }],
      remove: [{ list: 'black', value: ip, origin: 'operator' }],
    });
    expect(await lists.apply(change)).toMatchObject({ added: 1, removed: 1 });
    expect(lists.frame().entries.map(({ list }) => list)).toEqual(['white']);
  });

  test('gives an entry that is there its new note and expiry, and keeps when it came and how often it hit', async () => {
    const { lists, clock } = accessFixture();
    await lists.apply(adding('black', ip));
    lists.recordHit(ip);
    const addedAtMs = clock.epochMs();
    await clock.advance(5_000);
    const expiresAtMs = clock.epochMs() + 60_000;
    expect(await lists.apply(adding('black', { value: ip, note: 'slow', expiresAtMs }))).toMatchObject({ added: 1 });
    expect(lists.frame().entries).toEqual([
      {
        list: 'black',
        value: ip,
        origin: 'operator',
        note: 'slow',
        addedAtMs,
        expiresAtMs,
        hits: 1,
        lastHitAtMs: addedAtMs,
      },
    ]);
    expect(await lists.apply(adding('black', { value: ip, note: 'slow', expiresAtMs }))).toEqual({
      revision: 2,
      added: 0,
      removed: 0,
      changeId: null,
    });
    await lists.close();
  });

  test('expires what has an expiry, and then only that', async () => {
    const { lists, clock } = accessFixture();
    const later = clock.epochMs() + 90_000;
    await lists.apply(adding('black', { value: ip, expiresAtMs: later }, '192.0.2.11'));
    await clock.advance(89_999);
    expect(lists.verdict(ip).allowed).toBe(false);
    await clock.advance(1);
    expect(lists.verdict(ip).allowed).toBe(true);
    expect(lists.frame().entries.map(({ value }) => value)).toEqual(['192.0.2.11']);
    await lists.close();
  });

  test('refuses a change with a fault whole, naming each fault by its path', async () => {
    const { lists, clock } = accessFixture();
    await lists.apply(adding('black', '198.51.100.1'));
    const change = accessChangeSchema.parse({
      add: [
        { list: 'black', value: '192.0.2.1' },
        { list: 'black', value: '300.1.1.1' },
        { list: 'white', value: '10.0.0.1/8' },
        { list: 'white', value: '192.0.2.9', expiresAtMs: clock.epochMs() },
        { list: 'white', value: '192.0.2.8', expiresAtMs: 1e17 },
      ],
      remove: [
        { list: 'black', value: '198.51.100.1', origin: 'operator' },
        { list: 'black', value: '198.51.100.2', origin: 'operator' },
        { list: 'black', value: '198.51.100.1', origin: 'file' },
      ],
    });
    const error = await lists.apply(change).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ContractError);
    expect(error).toMatchObject({ code: 'invalid-input' });
    expect(error instanceof ContractError && error.issues.map(({ at }) => at)).toEqual([
      'remove.1.value',
      'remove.2.value',
      'add.1.value',
      'add.2.value',
      'add.3.expiresAtMs',
      'add.4.expiresAtMs',
    ]);
    expect(lists.frame().entries.map(({ value }) => value)).toEqual(['198.51.100.1']);
    expect(lists.revision).toBe(1);
  });

  test('changes nothing when it cannot be stored', async () => {
    const store: AccessStore = {
      ...volatileAccessStore(),
      update: async (plan) => {
        plan();
        throw new ContractError('refused', 'the disk is full');
      },
    };
    const { lists, events } = accessFixture({ store });
    await expect(lists.apply(adding('black', ip))).rejects.toThrow('the disk is full');
    expect(lists.frame()).toMatchObject({ revision: 0, entries: [] });
    expect(lists.verdict(ip).allowed).toBe(true);
    expect(events).toEqual([]);
  });

  test('made at the same time on what both have seen: the second is told, with or without a data folder', async () => {
    const { lists } = accessFixture();
    const onWhatIsSeen = (note: string) =>
      lists.apply({ ...adding('black', { value: ip, note }), expectedRevision: lists.revision });
    const [first, second] = await Promise.allSettled([onWhatIsSeen('mine'), onWhatIsSeen('yours')]);
    expect(first).toMatchObject({ status: 'fulfilled', value: { added: 1 } });
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'conflict' } });
    expect(lists.frame().entries).toMatchObject([{ value: ip, note: 'mine' }]);
  });

  test('tells listeners once, with everything in force', async () => {
    const { lists } = accessFixture();
    const seen: boolean[] = [];
    const stop = lists.onChange(() => seen.push(lists.verdict(ip).allowed, lists.verdict('2001:db8::1').allowed));
    await lists.apply(adding('black', ip, '2001:db8::1'));
    expect(seen).toEqual([false, false]);
    stop();
    await lists.apply(removing('black', ip));
    expect(seen).toHaveLength(2);
  });
});

describe('preview', () => {
  test('names exactly the IPs that the change will forbid', async () => {
    const value = fc.constantFrom('192.0.2.0/24', '192.0.2.10', '192.0.2.11', '0.0.0.0/0', '2001:db8::/32', '::1');
    const list = fc.constantFrom('white' as const, 'black' as const);
    const entry = fc.record({ list, value });
    const ips = ['192.0.2.10', '192.0.2.11', '192.0.2.12', '203.0.113.1', '2001:db8::1', '::1'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('prefer' as const, 'enforce' as const),
        fc.array(entry, { maxLength: 6 }),
        fc.array(entry, { maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 3 }),
        async (whitelistMode, before, add, removeAt) => {
          const { lists, clock } = accessFixture({ whitelistMode });
          lists.ban('203.0.113.1', 'blocked: 403', clock.epochMs() + 30_000);
          await lists.apply(accessChangeSchema.parse({ add: before }));
          const present = lists.frame().entries;
          const remove = removeAt.flatMap((at) => present[at % present.length] ?? []);
          const change = accessChangeSchema.parse({ add, remove });
          const allowedBefore = ips.filter((one) => lists.verdict(one).allowed);
          const { newlyBlocked } = lists.preview(change);
          const foreseen = ips.filter(newlyBlocked);
          expect(lists.frame().entries).toEqual(present);
          await lists.apply(change);
          expect(foreseen).toEqual(allowedBefore.filter((one) => !lists.verdict(one).allowed));
          await lists.close();
        },
      ),
    );
  });

  test('names a thousand conflicts at a time, and where the next ones begin', async () => {
    const { lists } = accessFixture();
    const values = Array.from({ length: 2_500 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
    await lists.apply(adding('black', ...values.map((value) => ({ value, note: 'theirs' }))));
    const mine = { ...adding('black', ...values), expectedRevision: 0 };
    const first = lists.preview(mine);
    expect([first.conflicts.length, first.conflictCount, first.nextConflict]).toEqual([1_000, 2_500, 1_000]);
    const last = lists.preview(mine, 2_000);
    expect([last.conflicts.length, last.conflictCount, last.nextConflict]).toEqual([500, 500, null]);
    expect(last.conflicts[0]).toMatchObject({ value: values[2_000], now: [{ note: 'theirs' }] });
    await expect(lists.apply(mine)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('2500 entries'),
    });
  });

  test('refuses what apply refuses', () => {
    const { lists } = accessFixture();
    expect(() => lists.preview(adding('black', 'nonsense'))).toThrow(ContractError);
  });
});

describe('hits', () => {
  test('count on the entry that decides, and raise no revision', async () => {
    const { lists, clock } = accessFixture();
    await lists.apply(adding('black', '192.0.2.0/24', ip));
    const { revision } = lists;
    await clock.advance(1_000);
    lists.recordHit(ip);
    lists.recordHit('192.0.2.11');
    lists.recordHit('192.0.2.12');
    lists.recordHit('203.0.113.1');
    expect(lists.frame().entries.map(({ value, hits, lastHitAtMs }) => ({ value, hits, lastHitAtMs }))).toEqual([
      { value: '192.0.2.0/24', hits: 2, lastHitAtMs: clock.epochMs() },
      { value: ip, hits: 1, lastHitAtMs: clock.epochMs() },
    ]);
    expect(lists.revision).toBe(revision);
  });
});

describe('the audit', () => {
  test('says who, what was and what is', async () => {
    const { lists, events, clock } = accessFixture();
    await lists.apply(adding('black', { value: ip, note: 'slow' }));
    await lists.apply(adding('black', { value: ip, note: 'very slow' }));
    await lists.apply(removing('black', ip));
    lists.ban(ip, 'blocked: 403', clock.epochMs() + 30_000);
    lists.setConfigEntries(['192.0.2.1'], []);
    expect(
      events.map((event) => [event.kind, event.subject, event.level, textOf(event), Object(event.data).who]),
    ).toEqual([
      ['access.changed', ip, 'info', `${ip} joins the black list (operator)`, 'operator'],
      ['access.changed', ip, 'info', `${ip} on the black list (operator) has a new note or expiry`, 'operator'],
      ['access.changed', ip, 'info', `${ip} leaves the black list (operator)`, 'operator'],
      ['access.changed', ip, 'info', `${ip} joins the black list (automatic): blocked: 403`, 'automaton'],
      [
        'access.changed',
        '192.0.2.1',
        'info',
        '192.0.2.1 joins the white list (config): the configuration says so',
        'config',
      ],
    ]);
    expect(events[1]?.data).toMatchObject({ before: 'black (operator): slow', after: 'black (operator): very slow' });
    expect(events[2]?.data).toMatchObject({ before: 'black (operator): very slow', after: null });
  });

  test('of a long paste is one event', async () => {
    const { lists, events } = accessFixture();
    await lists.apply(
      adding('white', ...Array.from({ length: 300 }, (_, index) => `10.0.${index >> 8}.${index & 255}`)),
    );
    expect(events).toHaveLength(1);
    expect(textOf(events[0])).toContain('300 entries added or changed, 0 removed: 10.0.0.0, 10.0.0.1');
    expect(events[0]?.subject, 'how many is said in the reader’s language').toBe('');
  });
});
