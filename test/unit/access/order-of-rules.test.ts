import { describe, expect, test } from 'vitest';
import type { AccessRecord } from '../../../core/access/access-entry.ts';
import type { AccessListName, AccessOrigin } from '../../../core/contract/access.ts';
import { accessFixture } from '../../support/access-fixtures.ts';

const ip = '192.0.2.10';
const foreverMs = Date.UTC(2030, 0, 1);

type Rule = `${AccessOrigin} ${AccessListName}`;

/** Best first, as the figures and rules fix it. */
const order: readonly Rule[] = [
  'operator black',
  'operator white',
  'file black',
  'file white',
  'config black',
  'config white',
  'automatic black',
  'automatic white',
];

function listsWith(rules: readonly Rule[], valueFor: (rule: Rule) => string) {
  const records: AccessRecord[] = [];
  const config: Record<AccessListName, string[]> = { white: [], black: [] };
  for (const rule of rules) {
    const [origin, list] = rule.split(' ') as [AccessOrigin, AccessListName];
    if (origin === 'config') {
      config[list].push(valueFor(rule));
    } else {
      const expiresAtMs = origin === 'automatic' ? foreverMs : null;
      records.push({ list, origin, value: valueFor(rule), note: '', addedAtMs: 0, expiresAtMs });
    }
  }
  const { lists } = accessFixture({ records });
  lists.setConfigEntries(config.white, config.black);
  return lists;
}

describe('order of rules', () => {
  test.each(order.slice(0, -1).map((rule, index) => [rule, order[index + 1]] as const))(
    '%s goes before %s',
    (better, worse) => {
      if (worse === undefined) {
        throw new Error('the order has no next rule');
      }
      const verdict = listsWith([worse, better], () => ip).verdict(ip);
      expect(`${verdict.rule?.origin} ${verdict.list}`).toBe(better);
      expect(verdict.allowed).toBe(better.endsWith('white'));
    },
  );

  test('all eight at once are decided by the first', () => {
    expect(listsWith(order.toReversed(), () => ip).verdict(ip)).toEqual({
      allowed: false,
      list: 'black',
      rule: { value: ip, origin: 'operator' },
    });
  });

  test("who wrote it counts before how precise it is: an operator's network beats the file's address", () => {
    const lists = listsWith(['operator white', 'file black'], (rule) =>
      rule === 'operator white' ? '192.0.2.0/24' : ip,
    );
    expect(lists.verdict(ip)).toEqual({
      allowed: true,
      list: 'white',
      rule: { value: '192.0.2.0/24', origin: 'operator' },
    });
  });

  test('within one origin black goes before white, however wide', () => {
    const lists = listsWith(['file white', 'file black'], (rule) => (rule === 'file white' ? ip : '192.0.2.0/24'));
    expect(lists.verdict(ip).allowed).toBe(false);
    expect(lists.verdict('192.0.3.1')).toEqual({ allowed: true, list: null, rule: null });
  });

  test('of equal rules the narrowest is named', () => {
    const { lists } = accessFixture({
      records: ['192.0.2.0/24', '192.0.0.0/16'].map((value) => ({
        list: 'black',
        origin: 'operator',
        value,
        note: '',
        addedAtMs: 0,
        expiresAtMs: null,
      })),
    });
    expect(lists.verdict(ip).rule?.value).toBe('192.0.2.0/24');
  });
});

describe('whitelist_mode', () => {
  test('prefer allows unknown IPs, enforce refuses them, and changes apply at once', () => {
    const lists = listsWith(['operator white'], () => ip);
    let changes = 0;
    lists.onChange(() => {
      changes += 1;
    });
    expect(lists.verdict('192.0.2.99')).toEqual({ allowed: true, list: null, rule: null });
    lists.setWhitelistMode('enforce');
    expect(lists.verdict('192.0.2.99')).toEqual({ allowed: false, list: null, rule: null });
    expect(lists.verdict(ip).allowed).toBe(true);
    expect(lists.frame().whitelistMode).toBe('enforce');
    expect(changes).toBe(1);
    lists.setWhitelistMode('enforce');
    expect(changes).toBe(1);
  });
});

describe('config entries', () => {
  test('come and go with the configuration and leave the others alone', () => {
    const lists = listsWith(['operator black'], () => '198.51.100.1');
    lists.setConfigEntries(['192.0.2.1'], ['192.0.2.2', '192.0.2.3']);
    expect([lists.whitelistCount, lists.blacklistCount]).toEqual([1, 3]);
    lists.recordHit('192.0.2.3');
    lists.setConfigEntries([], ['192.0.2.3']);
    expect(lists.frame().entries.map(({ value, origin, hits }) => ({ value, origin, hits }))).toEqual([
      { value: '198.51.100.1', origin: 'operator', hits: 0 },
      { value: '192.0.2.3', origin: 'config', hits: 1 },
    ]);
  });
});
