import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccessEntry } from '../../../core/contract/access.ts';
import { errorClasses } from '../../../core/contract/vocabulary.ts';
import { accessFixture, adding, failure, removing } from '../../support/access-fixtures.ts';

const ip = '192.0.2.10';
const hourMs = 3_600_000;

const rows = (lists: { frame(): { entries: readonly AccessEntry[] } }) =>
  lists.frame().entries.map(({ list, value, origin }) => `${origin} ${list} ${value}`);

describe('success', () => {
  test('puts an unknown IP on the automatic white list for 24 hours after the last one', async () => {
    const { lists, clock } = accessFixture();
    lists.reportSuccess(ip);
    expect(rows(lists)).toEqual([`automatic white ${ip}`]);
    await clock.advance(23 * hourMs);
    lists.reportSuccess(ip);
    await clock.advance(24 * hourMs - 1);
    expect(lists.verdict(ip).list).toBe('white');
    await clock.advance(1);
    expect(lists.verdict(ip).list).toBeNull();
    expect(lists.whitelistCount).toBe(0);
    await lists.close();
  });

  test('moves a banned IP to the white list and counts it', () => {
    const { lists } = accessFixture();
    lists.reportFailure(ip, failure('blocked'));
    expect(lists.whitelistMoves).toBe(0);
    lists.reportSuccess(ip);
    expect(rows(lists)).toEqual([`automatic white ${ip}`]);
    expect(lists.whitelistMoves).toBe(1);
    expect([lists.whitelistCount, lists.blacklistCount]).toEqual([1, 0]);
  });

  test('of thousands of IPs is told in one go', async () => {
    const { lists, clock } = accessFixture();
    let told = 0;
    lists.onChange(() => {
      told += 1;
    });
    for (let index = 0; index < 1_000; index += 1) {
      lists.reportSuccess(`10.0.${index >> 8}.${index & 255}`);
    }
    expect(told).toBe(0);
    await clock.advance(100);
    expect(told).toBe(1);
    expect(lists.whitelistCount).toBe(1_000);
  });
});

describe('failure', () => {
  const permanent = ['blocked', 'auth', 'tls-protocol', 'tls-certificate', 'tls-client-certificate'];

  test.each(errorClasses.map((errorClass) => [errorClass, permanent.includes(errorClass)] as const))(
    'of class %s bans: %s',
    (errorClass, bans) => {
      const { lists } = accessFixture();
      lists.reportFailure(ip, failure(errorClass));
      expect(lists.verdict(ip).allowed).toBe(!bans);
      expect(lists.blacklistCount).toBe(bans ? 1 : 0);
    },
  );

  test('takes a validated IP off the white list, and listeners hear of it at once', () => {
    const { lists } = accessFixture();
    lists.reportSuccess(ip);
    let told = 0;
    lists.onChange(() => {
      told += 1;
    });
    lists.reportFailure(ip, failure('blocked', '403'));
    expect(told).toBe(1);
    expect(lists.frame().entries).toMatchObject([{ list: 'black', origin: 'automatic', note: 'blocked: 403' }]);
  });

  test('always expires: 30 s, doubled each time, ± 10 %, at most an hour', async () => {
    const { lists, clock } = accessFixture();
    const lengthsMs: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      lists.reportFailure(ip, failure('blocked'));
      const expiresAtMs = lists.frame().entries[0]?.expiresAtMs ?? Number.NaN;
      lengthsMs.push(expiresAtMs - clock.epochMs());
      await clock.advance(expiresAtMs - clock.epochMs());
      expect(lists.verdict(ip).allowed).toBe(true);
    }
    for (const [round, lengthMs] of lengthsMs.entries()) {
      const planMs = 30_000 * 2 ** round;
      expect(lengthMs).toBeGreaterThanOrEqual(Math.min(planMs * 0.9, hourMs) - 1);
      expect(lengthMs).toBeLessThanOrEqual(Math.min(planMs * 1.1, hourMs) + 1);
    }
    expect(lengthsMs.at(-1)).toBe(hourMs);
    await lists.close();
  });

  test('is over after blacklist_check_interval at the latest, whatever the back-off says', async () => {
    const { lists, clock } = accessFixture({ blacklistCheckIntervalMs: 45_000 });
    const ban = (): number => {
      lists.reportFailure(ip, failure('blocked'));
      return (lists.frame().entries[0]?.expiresAtMs ?? Number.NaN) - clock.epochMs();
    };
    const first = ban();
    expect(first).toBeLessThanOrEqual(33_000);
    await clock.advance(first);
    expect(ban()).toBe(45_000);
    lists.setBlacklistCheckInterval(10_000);
    expect(lists.verdict(ip).allowed).toBe(false);
    await clock.advance(10_000);
    expect(lists.verdict(ip).allowed).toBe(true);
    await lists.close();
  });

  test('of an earlier run is shortened to blacklist_check_interval as well; a white entry is not', async () => {
    const said = { origin: 'automatic', note: '', addedAtMs: 0 } as const;
    const { clock } = accessFixture();
    const expiresAtMs = clock.epochMs() + hourMs;
    const { lists } = accessFixture({
      blacklistCheckIntervalMs: 10_000,
      records: [
        { ...said, list: 'black', value: ip, expiresAtMs },
        { ...said, list: 'white', value: '192.0.2.11', expiresAtMs },
      ],
    });
    expect(lists.frame().entries.map((entry) => entry.expiresAtMs)).toEqual([clock.epochMs() + 10_000, expiresAtMs]);
    await lists.close();
  });

  test('that ran out, and then a success, is a move to the white list as well', async () => {
    const { lists, clock } = accessFixture();
    lists.reportFailure(ip, failure('blocked'));
    await clock.advance(40_000);
    expect(rows(lists)).toEqual([]);
    lists.reportSuccess(ip);
    lists.reportSuccess('192.0.2.11');
    expect(lists.whitelistMoves).toBe(1);
    expect(lists.frame().entries.map(({ note }) => note)).toEqual(['well again', 'validated']);
    await lists.close();
  });

  test('that comes ten times at once is one failure', () => {
    const { lists, clock } = accessFixture();
    for (let index = 0; index < 10; index += 1) {
      lists.reportFailure(ip, failure('blocked'));
    }
    const { expiresAtMs } = lists.frame().entries[0] ?? { expiresAtMs: null };
    expect((expiresAtMs ?? 0) - clock.epochMs()).toBeLessThanOrEqual(33_000);
  });

  test.each([
    ['a success', (lists: ReturnType<typeof accessFixture>['lists']) => lists.reportSuccess(ip)],
    [
      "an operator's removal",
      (lists: ReturnType<typeof accessFixture>['lists']) => lists.apply(removing('black', ip, 'automatic')),
    ],
  ])('begins with the shortest ban again after %s', async (_, recover) => {
    const { lists, clock } = accessFixture();
    for (let round = 0; round < 4; round += 1) {
      lists.reportFailure(ip, failure('blocked'));
      const expiresAtMs = lists.frame().entries[0]?.expiresAtMs ?? 0;
      await clock.advance(round < 3 ? expiresAtMs - clock.epochMs() : 0);
    }
    await recover(lists);
    lists.reportFailure(ip, failure('blocked'));
    const banned = lists.frame().entries.find(({ list }) => list === 'black');
    expect((banned?.expiresAtMs ?? 0) - clock.epochMs()).toBeLessThanOrEqual(33_000);
    await lists.close();
  });

  test('is forgotten after two hours without another one', async () => {
    const { lists, clock } = accessFixture();
    const ban = (): number => {
      lists.reportFailure(ip, failure('blocked'));
      return (lists.frame().entries[0]?.expiresAtMs ?? 0) - clock.epochMs();
    };
    await clock.advance(ban());
    await clock.advance(ban());
    await clock.advance(hourMs);
    const third = ban();
    expect(third).toBeGreaterThan(100_000);
    await clock.advance(third + 2 * hourMs + 1);
    expect(ban()).toBeLessThanOrEqual(33_000);
    await lists.close();
  });

  test('bans nobody whom mayListAutomatically protects', () => {
    const asked: string[] = [];
    const { lists } = accessFixture({
      mayListAutomatically: (candidate) => {
        asked.push(candidate);
        return candidate !== ip;
      },
    });
    lists.reportSuccess(ip);
    lists.reportFailure(ip, failure('blocked'));
    lists.reportFailure('192.0.2.11', failure('blocked'));
    expect(asked).toEqual([ip, '192.0.2.11']);
    expect(rows(lists)).toEqual([`automatic white ${ip}`, 'automatic black 192.0.2.11']);
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
    fc.record({ kind: fc.constant('success' as const), ip: fc.constantFrom(...ips) }),
    fc.record({
      kind: fc.constant('failure' as const),
      ip: fc.constantFrom(...ips),
      errorClass: fc.constantFrom(...errorClasses),
    }),
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
            if (step.kind === 'success') {
              lists.reportSuccess(step.ip);
            } else if (step.kind === 'failure') {
              lists.reportFailure(step.ip, failure(step.errorClass));
            } else {
              await clock.advance(step.ms);
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
    const { lists } = accessFixture();
    lists.reportFailure(ip, failure('blocked'));
    await lists.apply(adding('white', ip));
    expect(lists.verdict(ip)).toMatchObject({ allowed: true, rule: { origin: 'operator' } });
    lists.reportFailure(ip, failure('blocked'));
    lists.reportSuccess(ip);
    expect(rows(lists)).toEqual([`automatic black ${ip}`, `operator white ${ip}`]);
    expect(lists.whitelistMoves).toBe(0);
  });
});
