import { describe, expect, test } from 'vitest';
import { accessChangeSchema } from '../../../core/contract/access.ts';
import { accessFixture, adding } from '../../support/access-fixtures.ts';

const ip = '192.0.2.10';

describe('who decides about an IP', () => {
  test('every rule that has a say, in order, the first one deciding', async () => {
    const { lists } = accessFixture();
    lists.allow(ip);
    lists.setConfigEntries(['192.0.0.0/16'], ['192.0.2.0/24']);
    await lists.apply(adding('white', '192.0.2.8/29', '192.0.0.0/8'));
    const { allowed, list, rules, text } = lists.explain(ip);
    expect([allowed, list]).toEqual([true, 'white']);
    expect(text).toBe('May be dialled: 192.0.2.8/29 on the white list (operator) decides.');
    expect(rules.map(({ origin, list: on, value, why }) => [`${origin} ${on} ${value}`, why])).toEqual([
      ['operator white 192.0.2.8/29', 'decides'],
      ['operator white 192.0.0.0/8', 'agrees with the narrower 192.0.2.8/29'],
      ['config black 192.0.2.0/24', 'outranked: operator counts before config'],
      ['config white 192.0.0.0/16', 'outranked: operator counts before config'],
      [`automatic white ${ip}`, 'outranked: operator counts before automatic'],
    ]);
    expect(lists.verdict(ip).rule).toEqual({ value: rules[0]?.value, origin: rules[0]?.origin });
  });

  test('a ban of the automaton says for whom it holds', async () => {
    const { lists, clock } = accessFixture();
    lists.ban(ip, 'a.test: blocked: 403', clock.epochMs() + 30_000, ['a.test']);
    expect(lists.explain(ip).text).toBe(
      `Is out of use for a.test alone: ${ip} on the black list (automatic) decides. Other hosts may dial it.`,
    );
    await lists.close();
  });

  test('black before white of one origin', async () => {
    const { lists } = accessFixture();
    await lists.apply(adding('white', ip));
    await lists.apply(adding('black', '192.0.2.0/24'));
    expect(lists.explain(ip)).toMatchObject({
      allowed: false,
      rules: [
        { list: 'black' },
        { list: 'white', why: 'outranked: black counts before white among entries of one source (operator)' },
      ],
    });
  });

  test('an unknown one by the mode, a range by what is around it, and nonsense is refused', async () => {
    const { lists } = accessFixture();
    expect(lists.explain(ip)).toMatchObject({ allowed: true, list: null, rules: [] });
    lists.setWhitelistMode('enforce');
    expect(lists.explain(ip)).toMatchObject({ allowed: false, text: expect.stringContaining('enforce') });
    await lists.apply(adding('white', '192.0.2.0/24', ip));
    expect(lists.explain('192.0.2.0/25').rules.map(({ value }) => value)).toEqual(['192.0.2.0/24']);
    expect(() => lists.explain('localhost')).toThrow('not an IP address');
  });

  test('a range answers for the narrower entries in it that decide for themselves', async () => {
    const { lists, clock } = accessFixture();
    lists.allow('192.0.2.14');
    lists.allow('192.0.3.1');
    lists.ban('192.0.2.15', 'blocked: 403', clock.epochMs() + 30_000);
    await lists.apply(adding('black', '192.0.2.19', '192.0.2.128/25', '2001:db8::1'));
    await lists.apply(adding('black', '192.0.2.12/30'));
    // .14 and .15 are outranked by the operator's range around them.
    expect(lists.explain('192.0.2.0/24')).toMatchObject({
      allowed: true,
      inside: { allowed: 0, blocked: 3 },
      text: expect.stringContaining('0 allowed, 3 blocked'),
    });
    expect(lists.explain('192.0.2.0/23').inside).toMatchObject({ allowed: 1, blocked: 3 });
    expect(lists.explain('192.0.2.0/23').inside.entries.map(({ value }) => value)).toEqual([
      '192.0.3.1',
      '192.0.2.19',
      '192.0.2.128/25',
      '192.0.2.12/30',
    ]);
    expect(lists.explain('192.0.2.19').inside.entries).toEqual([]);
    await lists.close();
  });
});

describe('findings', () => {
  test('name what is on both lists, what can never decide, and what a wider entry covers', async () => {
    const { lists } = accessFixture();
    await lists.apply(adding('white', ip, '198.51.100.7', '203.0.113.0/24', '203.0.113.9'));
    await lists.apply(adding('black', ip, '198.51.100.0/24'));
    const { total, findings } = await lists.findings();
    expect(total).toBe(3);
    expect(
      findings.map(({ kind, entry, by }) => [kind, `${entry.list} ${entry.value}`, `${by.list} ${by.value}`]),
    ).toEqual(
      expect.arrayContaining([
        ['both-lists', `white ${ip}`, `black ${ip}`],
        ['overruled', 'white 198.51.100.7', 'black 198.51.100.0/24'],
        ['covered', 'white 203.0.113.9', 'white 203.0.113.0/24'],
      ]),
    );
  });

  test('leave alone an exception from a wider entry, and what the automaton found alike', async () => {
    const { lists, clock } = accessFixture();
    lists.setConfigEntries([], ['10.0.0.0/8']);
    await lists.apply(adding('white', '10.1.0.0/16'));
    lists.ban('192.0.2.2', 'blocked: 403', clock.epochMs() + 30_000);
    await lists.apply(adding('black', '192.0.2.0/24'));
    expect(await lists.findings()).toEqual({ total: 0, fresh: 0, findings: [] });
    await lists.close();
  });

  test('name what the automaton allows and a person blocks, and the other way round', async () => {
    const { lists, clock } = accessFixture();
    lists.allow(ip);
    lists.ban('192.0.2.2', 'blocked: 403', clock.epochMs() + 30_000);
    await lists.apply(adding('black', ip));
    await lists.apply(adding('white', '192.0.2.2'));
    lists.allow('198.51.100.7');
    await lists.apply(adding('black', '198.51.100.0/24'));
    const { findings } = await lists.findings();
    expect(findings.map(({ kind, entry, by }) => [kind, entry.origin, entry.list, entry.value, by.list])).toEqual([
      ['both-lists', 'automatic', 'white', ip, 'black'],
      ['both-lists', 'automatic', 'black', '192.0.2.2', 'white'],
      ['overruled', 'automatic', 'white', '198.51.100.7', 'black'],
    ]);
    await lists.close();
  });

  test('look ahead at a change: what comes with it first, what it removes no more', async () => {
    const { lists } = accessFixture();
    await lists.apply(adding('white', ip, '203.0.113.9', '198.51.100.7'));
    await lists.apply(adding('black', '203.0.113.9'));
    const change = accessChangeSchema.parse({
      add: [
        { list: 'black', value: '0.0.0.0/0' },
        { list: 'black', value: '127.0.0.0/8' },
      ],
      remove: [{ list: 'black', value: '203.0.113.9', origin: 'operator' }],
    });
    const { total, fresh, findings } = await lists.findings(change);
    expect([total, fresh]).toEqual([4, 4]);
    expect(findings.map(({ kind, entry, by }) => [kind, entry.value, by.value])).toEqual([
      ['covered', '127.0.0.0/8', '0.0.0.0/0'],
      ['overruled', ip, '0.0.0.0/0'],
      ['overruled', '203.0.113.9', '0.0.0.0/0'],
      ['overruled', '198.51.100.7', '0.0.0.0/0'],
    ]);
    expect(await lists.findings()).toMatchObject({ total: 1, fresh: 0, findings: [{ fresh: false }] });
  });

  test('do not come with another note on an entry that was there before', async () => {
    const { lists } = accessFixture();
    await lists.apply(adding('white', ip));
    await lists.apply(adding('black', ip));
    const noted = accessChangeSchema.parse({ add: [{ list: 'black', value: ip, note: 'ticket 4471' }], remove: [] });
    expect(await lists.findings(noted)).toMatchObject({ total: 1, fresh: 0 });
    await lists.close();
  });

  test('do not come with an entry that the operator makes his own where the file had it', async () => {
    const said = { note: '', addedAtMs: 0, expiresAtMs: null };
    const { lists } = accessFixture({ records: [{ list: 'black', value: ip, origin: 'file', ...said }] });
    await lists.apply(adding('black', '192.0.2.0/24'));
    const owned = accessChangeSchema.parse({
      add: [{ list: 'black', value: ip, note: 'ticket 4471' }],
      remove: [{ list: 'black', value: ip, origin: 'file' }],
    });
    expect(await lists.findings(owned)).toMatchObject({ total: 1, fresh: 0 });
    await lists.close();
  });

  test('of a long list are looked for in pauses', async () => {
    const { lists, clock } = accessFixture();
    await lists.apply(
      adding('black', '10.0.0.0/8', ...Array.from({ length: 2_500 }, (_, i) => `10.0.${i >> 8}.${i & 255}`)),
    );
    const found = lists.findings();
    expect(clock.timers).toBe(1);
    await clock.advance(10);
    await expect(found).resolves.toMatchObject({ total: 2_500 });
    expect((await found).findings).toHaveLength(500);
  });
});
