import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mostAutomaticWhite } from '../../../core/access/automatic-acts.ts';
import type { AccessEntry } from '../../../core/contract/access.ts';
import { accessFixture, adding } from '../../support/access-fixtures.ts';

const ip = '192.0.2.10';
const hourMs = 3_600_000;

const rows = (lists: { frame(): { entries: readonly AccessEntry[] } }) =>
  lists.frame().entries.map(({ list, value, origin }) => `${origin} ${list} ${value}`);

describe('success', () => {
  test('puts an unknown IP on the automatic white list for 24 hours after the last one', async () => {
    const { lists, clock } = accessFixture();
    lists.allow(ip);
    expect(rows(lists)).toEqual([`automatic white ${ip}`]);
    await clock.advance(23 * hourMs);
    lists.allow(ip);
    await clock.advance(24 * hourMs - 1);
    expect(lists.verdict(ip).list).toBe('white');
    await clock.advance(1);
    expect(lists.verdict(ip).list).toBeNull();
    expect(lists.whitelistCount).toBe(0);
    await lists.close();
  });

  test('is noted of so many IPs and no more, until others have expired', async () => {
    const { lists, clock } = accessFixture();
    const most = mostAutomaticWhite;
    for (let index = 0; index <= most; index += 1) {
      lists.allow(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`);
    }
    expect(lists.whitelistCount).toBe(most);
    expect(lists.verdict(ip)).toEqual({ allowed: true, list: null, rule: null });
    await clock.advance(24 * hourMs);
    lists.allow(ip);
    expect(lists.whitelistCount).toBe(1);
    await lists.close();
  });

  test('lifts no ban: the keeper of the health says when an IP is well', () => {
    const { lists, clock } = accessFixture();
    lists.ban(ip, 'blocked: 403', clock.epochMs() + 30_000);
    lists.allow(ip);
    expect(rows(lists)).toEqual([`automatic black ${ip}`]);
    expect(lists.whitelistMoves).toBe(0);
  });

  test('shows at once to whoever asks, also when others ask only later', async () => {
    const { lists } = accessFixture();
    const before = lists.revision;
    lists.allow(ip);
    lists.allow('192.0.2.11');
    expect(lists.isAllowed(ip)).toBe(true);
    expect(lists.verdict('192.0.2.11')).toMatchObject({ list: 'white', rule: { origin: 'automatic' } });
    expect([lists.revision, lists.size, lists.whitelistCount]).toEqual([before + 1, 2, 2]);
    await lists.close();
  });

  test('is in the lists within 100 ms, whether anybody asks or not', async () => {
    const { lists, clock } = accessFixture();
    const changed: string[] = [];
    lists.observe({ changed: (key) => changed.push(key) });
    lists.allow(ip);
    await clock.advance(99);
    expect(changed).toEqual([]);
    await clock.advance(1);
    expect(changed).toHaveLength(1);
    await lists.close();
  });

  test('comes before what a person or the automaton does next', async () => {
    const { lists, clock } = accessFixture();
    for (const one of [ip, '192.0.2.11', '192.0.2.12']) {
      lists.allow(one);
    }
    lists.ban(ip, 'blocked: 403', clock.epochMs() + 30_000);
    lists.allow('192.0.2.13');
    await lists.apply(adding('black', '192.0.2.13'));
    expect(rows(lists)).toEqual([
      'automatic white 192.0.2.11',
      'automatic white 192.0.2.12',
      `automatic black ${ip}`,
      'automatic white 192.0.2.13',
      'operator black 192.0.2.13',
    ]);
    await lists.close();
  });

  test('of many IPs at once has a routine line each, and none that asks for attention', async () => {
    const { lists, clock, events } = accessFixture();
    for (let index = 0; index < 100; index += 1) {
      lists.allow(`10.0.0.${index}`);
    }
    await clock.advance(100);
    const told = events.map(({ level, subject }) => `${level} ${subject}`);
    expect(told).toEqual(Array.from({ length: 100 }, (_, index) => `debug 10.0.0.${index}`));
    await lists.close();
  });

  test('of thousands of IPs is told in one go', async () => {
    const { lists, clock } = accessFixture();
    const told: (ReadonlySet<string> | null)[] = [];
    lists.onChange((ips) => told.push(ips));
    const ips = Array.from({ length: 1_000 }, (_, index) => `10.0.${index >> 8}.${index & 255}`);
    for (const one of ips) {
      lists.allow(one);
    }
    expect(told).toEqual([]);
    await clock.advance(100);
    expect(told).toEqual([new Set(ips)]);
    expect(lists.whitelistCount).toBe(1_000);
  });

  test('is told with what a person does meanwhile, which may concern any IP', async () => {
    const { lists, clock } = accessFixture();
    const told: (ReadonlySet<string> | null)[] = [];
    lists.onChange((ips) => told.push(ips));
    lists.allow(ip);
    lists.setWhitelistMode('enforce');
    await clock.advance(100);
    lists.unban(ip);
    lists.ban(ip, 'blocked: 403', clock.epochMs() + 30_000);
    await clock.advance(100);
    expect(told).toEqual([null, new Set([ip])]);
    await lists.close();
  });
});

describe('a ban', () => {
  test('takes an IP off the automatic white list until it expires', async () => {
    const { lists, clock } = accessFixture();
    lists.allow(ip);
    lists.ban(ip, 'blocked: 403', clock.epochMs() + 30_000);
    expect(lists.frame().entries).toMatchObject([{ list: 'black', origin: 'automatic', note: 'blocked: 403' }]);
    expect(lists.automaticBan(ip)).toEqual({ note: 'blocked: 403', expiresAtMs: clock.epochMs() + 30_000, hosts: [] });
    await clock.advance(29_999);
    expect(lists.verdict(ip).allowed).toBe(false);
    await clock.advance(1);
    expect(lists.verdict(ip)).toEqual({ allowed: true, list: null, rule: null });
    expect(lists.automaticBan(ip)).toBeNull();
    await lists.close();
  });

  test('that is given again lasts as long as the last one says', async () => {
    const { lists, clock } = accessFixture();
    lists.ban(ip, 'first', clock.epochMs() + 30_000);
    lists.ban(ip, 'second', clock.epochMs() + 60_000);
    await clock.advance(59_999);
    expect(lists.automaticBan(ip)?.note).toBe('second');
    await clock.advance(1);
    expect(rows(lists)).toEqual([]);
    await lists.close();
  });

  test('ends by a move to the white list, which is counted, also when it has run out by then', async () => {
    const { lists, clock } = accessFixture();
    lists.ban(ip, 'blocked: 403', clock.epochMs() + 30_000);
    lists.readmit(ip);
    lists.ban('192.0.2.11', 'blocked: 403', clock.epochMs() + 30_000);
    await clock.advance(30_000);
    lists.readmit('192.0.2.11');
    expect(rows(lists)).toEqual([`automatic white ${ip}`, 'automatic white 192.0.2.11']);
    expect(lists.frame().entries.map(({ note }) => note)).toEqual(['well again', 'well again']);
    expect(lists.whitelistMoves).toBe(2);
    await lists.close();
  });

  test('that turns out to be void leaves the IP unknown', () => {
    const { lists, clock } = accessFixture();
    lists.ban(ip, 'blocked: 403', clock.epochMs() + 30_000);
    lists.unban(ip);
    lists.unban('192.0.2.11');
    expect(rows(lists)).toEqual([]);
    expect(lists.whitelistMoves).toBe(0);
  });
});

describe('what a person wrote', () => {
  const values = ['192.0.2.0/24', '192.0.2.10', '192.0.2.11', '2001:db8::/32', '2001:db8::1'] as const;
  const ips = ['192.0.2.10', '192.0.2.11', '192.0.2.12', '198.51.100.1', '2001:db8::1', '2001:db8::2', '2001:db9::1'];
  const record = fc.record({
    list: fc.constantFrom('white' as const, 'black' as const),
    origin: fc.constantFrom('operator' as const, 'file' as const),
    value: fc.constantFrom(...values),
    note: fc.constantFrom('', 'why'),
    addedAtMs: fc.constant(1),
    expiresAtMs: fc.constant(null),
  });
  const act = fc.oneof(
    fc.record({ kind: fc.constantFrom('allow', 'ban', 'unban', 'readmit'), ip: fc.constantFrom(...ips) }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 2 * hourMs }) }),
  );

  test('no sequence of automatic acts changes, and what it decides stays decided', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 8 }),
        fc.subarray([...values]),
        fc.subarray([...values]),
        fc.array(act, { maxLength: 25 }),
        async (records, white, black, acts) => {
          const { lists, clock } = accessFixture({ records });
          lists.setConfigEntries(white, black);
          const manual = () => lists.frame().entries.filter(({ origin }) => origin !== 'automatic');
          const decided = () =>
            ips
              .map((one) => lists.verdict(one))
              .map((verdict) => (verdict.rule?.origin === 'automatic' ? null : verdict.rule && verdict));
          const manualBefore = manual();
          const decidedBefore = decided();
          for (const step of acts) {
            if (step.kind === 'wait') {
              await clock.advance(step.ms);
            } else if (step.kind === 'ban') {
              lists.ban(step.ip, 'blocked: 403', clock.epochMs() + hourMs);
            } else {
              lists[step.kind](step.ip);
            }
            for (const entry of lists.frame().entries) {
              expect(entry.origin === 'automatic' && entry.expiresAtMs === null).toBe(false);
            }
          }
          expect(manual()).toEqual(manualBefore);
          expect(decided()).toEqual(decidedBefore);
          expect(lists.whitelistCount + lists.blacklistCount).toBe(lists.frame().entries.length);
          await lists.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  test('overrides what the automaton found, and leaves it be', async () => {
    const { lists, clock } = accessFixture();
    lists.ban(ip, 'blocked: 403', clock.epochMs() + hourMs);
    await lists.apply(adding('white', ip));
    expect(lists.verdict(ip)).toMatchObject({ allowed: true, rule: { origin: 'operator' } });
    lists.allow(ip);
    expect(rows(lists)).toEqual([`automatic black ${ip}`, `operator white ${ip}`]);
  });
});
