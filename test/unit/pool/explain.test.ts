import { describe, expect, it } from 'vitest';
import {
  type ConnectionExplanation,
  type Explanation,
  explanationSchema,
  type HostExplanation,
  type IpExplanation,
} from '../../../core/contract/explain.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import type { HotConnPool } from '../../../core/pool/hot-conn-pool.ts';
import { fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

function explained(pool: HotConnPool, subject: string | number): Explanation {
  const explanation = pool.explain(subject);
  expect(explanationSchema.parse(explanation)).toEqual(explanation);
  return explanation as Explanation;
}

const hostOf = (pool: HotConnPool, host = 'example.test') => explained(pool, host) as HostExplanation;
const ipOf = (pool: HotConnPool, ip: string) => explained(pool, ip) as IpExplanation;
const connectionOf = (pool: HotConnPool, id: number) => explained(pool, id) as ConnectionExplanation;

describe('a lease that is held for too long', () => {
  it('is said to be overdue, with its place, also when its connection is closed, and no more when it was released', async () => {
    const { pool, clock } = fakePool({ pool: { leakThresholdMs: 60_000 }, logLevel: 'debug' });
    const lease = await pool.acquire('example.test');
    await clock.advance(59_000);
    expect(connectionOf(pool, 1)).toMatchObject({ overdueLeases: [] });
    await clock.advance(3_000);
    const { sentence, overdueLeases } = connectionOf(pool, 1);
    expect(sentence).toMatch(
      /A lease on it is overdue: held for 1 min 2 s, leak_threshold is 1 min; it was acquired at .*explain\.test\.ts/,
    );
    expect(overdueLeases).toEqual([
      { sinceMs: clock.epochMs() - 62_000, acquiredAt: expect.stringContaining('explain.test.ts') },
    ]);
    pool.closeConnection(1, 'operator');
    await clock.advance(10_000);
    expect(connectionOf(pool, 1)).toMatchObject({ verdict: 'closed', overdueLeases: [{}] });
    lease.release();
    expect(connectionOf(pool, 1)).toMatchObject({ overdueLeases: [] });
  });
});

describe('cold', () => {
  it('is a host that nobody has asked for', () => {
    const { pool } = fakePool();
    expect(hostOf(pool)).toMatchObject({
      verdict: 'cold',
      watched: true,
      sentence:
        'Nothing to example.test is warm: nobody has asked for it since the start. min_idle_per_host is 0, so nothing is kept warm unasked; the next acquire dials.',
    });
    expect(hostOf(pool, 'stranger.test')).toMatchObject({
      verdict: 'cold',
      watched: false,
      sentence:
        'Nobody has asked for stranger.test since the start, or for so long that it was forgotten, and it is not in [[targets]].',
    });
  });

  it('is a host whose last connection was closed for idleness', async () => {
    const { pool, clock } = fakePool({ pool: { idleTimeoutMs: 10_000, cleanupIntervalMs: 1_000 } });
    (await pool.acquire('example.test')).release();
    await clock.advance(25_000);
    const { sentence, verdict, events, connections } = hostOf(pool);
    expect([verdict, connections]).toEqual(['cold', 0]);
    expect(sentence).toContain(
      'connection 1 was the last, closed 15 s ago: neither a request nor a check had touched it for idle_timeout',
    );
    expect(events.map(({ kind, detail }) => `${kind} ${detail}`)).toEqual(['resolved ', 'closed idle-timeout']);
  });

  it('is an IP that fails: by class, in a row, and until when it is left alone', async () => {
    const { pool, network, clock, directory } = fakePool();
    directory.set('example.test', ['10.0.0.1']);
    network.dials.set('10.0.0.1', 'refused');
    const asked = pool.acquire('example.test').catch((error: unknown) => error);
    await clock.advance(3_000);
    await asked;
    await clock.advance(2_000);
    const { sentence, verdict, endpoints } = ipOf(pool, '10.0.0.1');
    expect(verdict).toBe('cold');
    expect(sentence).toBe(
      'Nothing is connected to 10.0.0.1 of example.test: 4 dials in a row failed, others are dialled first for 6 s more; the last failure, 2 s ago, was refused: dial of 10.0.0.1: refused.',
    );
    expect(endpoints).toHaveLength(1);
    expect(endpoints[0]).toMatchObject({
      host: 'example.test',
      failuresInARow: 4,
      failuresByClass: [{ class: 'refused', count: 4 }],
      backOffUntilMs: clock.epochMs() + 6_000,
      lastError: { class: 'refused', code: 'REFUSED', atMs: clock.epochMs() - 2_000 },
      connections: 0,
    });
    expect(endpoints[0]?.events).toEqual([
      expect.objectContaining({ kind: 'dial-failed', detail: 'refused', count: 4 }),
    ]);
    expect(hostOf(pool)).toMatchObject({ verdict: 'cold', lastError: { class: 'refused' } });
  });

  it('is a host whose dials fail, on a clock that never stands still', async () => {
    const { pool, network, clock } = fakePool();
    const read = clock.monotonicMs.bind(clock);
    let hairs = 0;
    clock.monotonicMs = () => {
      hairs += 1;
      return read() + hairs / 1_000_000;
    };
    network.dials.set('*', 'refused');
    const asked = pool.acquire('example.test').catch((error: unknown) => error);
    await clock.advance(4_000);
    await asked;
    expect(hostOf(pool)).toMatchObject({
      verdict: 'cold',
      sentence: expect.stringContaining('was refused: dial of 10.0.0.'),
    });
  });

  it('is an IP that no host has', () => {
    const { pool } = fakePool();
    expect(ipOf(pool, '2001:0db8:0::1')).toMatchObject({
      ip: '2001:db8::1',
      verdict: 'cold',
      sentence: 'No host of the pool has the address 2001:db8::1.',
    });
  });

  it('is a host whose name cannot be resolved', async () => {
    const { pool } = fakePool();
    await pool.acquire('unknown.test').catch(() => undefined);
    expect(hostOf(pool, 'unknown.test')).toMatchObject({
      verdict: 'cold',
      resolved: false,
      lastError: { class: 'dns', code: 'ENOTFOUND' },
      sentence: expect.stringContaining('was dns: unknown.test has no address'),
    });
  });
});

describe('waiting', () => {
  it('is a host whose limit is full: who waits, since when, and for what', async () => {
    const { pool, clock } = fakePool({ pool: { maxConnectionsPerHost: 2 } });
    await Promise.all([1, 2].map(() => pool.acquire('example.test')));
    void pool.acquire('example.test').catch(() => undefined);
    await clock.advance(700);
    void pool.acquire('example.test', { priority: 'background' }).catch(() => undefined);
    await clock.advance(500);
    const host = hostOf(pool);
    expect(host.sentence).toBe(
      '2 callers wait for a connection to example.test, the first of them for 1.2 s. max_conns_per_host = 2 is full (2 in use). 2 leased, 0 idle or being checked, 0 being made.',
    );
    expect(host).toMatchObject({
      verdict: 'waiting',
      waiting: { interactive: 1, background: 1, longestMs: 1_200 },
      limit: { key: 'max_conns_per_host', limit: 2, inUse: 2 },
      leased: 2,
    });
  });

  it('is a host whose dials fail: with the last of them', async () => {
    const { pool, network, clock } = fakePool();
    network.dials.set('*', 'refused');
    void pool.acquire('example.test').catch(() => undefined);
    await clock.advance(1_500);
    expect(hostOf(pool)).toMatchObject({
      verdict: 'waiting',
      limit: null,
      lastError: { class: 'refused' },
      sentence: expect.stringMatching(/1 caller waits .* for 1\.5 s\..* the last failure, 500 ms ago, was refused/i),
    });
  });

  it('is an IP that somebody waits for by name', async () => {
    const { pool, network } = fakePool();
    network.dials.set('10.0.0.2', 'hang');
    void pool.acquireIp('https://example.test/', '10.0.0.2').catch(() => undefined);
    await settle();
    expect(ipOf(pool, '10.0.0.2')).toMatchObject({
      verdict: 'waiting',
      sentence: '1 caller waits for 10.0.0.2 of example.test: a connection to it is being made.',
      endpoints: [{ waiting: 1, dialing: 1 }],
    });
  });

  it('leaves its trace in the host when it was for nothing', async () => {
    const { pool, clock } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    await pool.acquire('example.test');
    for (let turn = 0; turn < 3; turn += 1) {
      const asked = pool.acquire('example.test', { timeoutMs: 100 }).catch(() => undefined);
      await clock.advance(100);
      await asked;
    }
    expect(hostOf(pool).events.at(-1)).toMatchObject({ kind: 'timed-out', detail: 'late', count: 3 });
    expect(hostOf(pool).verdict).toBe('busy');
  });
});

describe('closed', () => {
  it('is a connection with its life: its parts, its leases, its checks, its end', async () => {
    const { pool, network, clock } = fakePool({ pool: { leakThresholdMs: 600_000 } });
    network.options = { tcpMs: 3, tlsMs: 9 };
    network.probeMs = 20;
    const asking = pool.acquire('example.test');
    await clock.advance(20);
    const lease = await asking;
    await clock.advance(5_000);
    lease.release();
    const checking = pool.check(1);
    await clock.advance(20);
    await checking;
    const again = await pool.acquire('example.test');
    await clock.advance(100);
    again.release('broken');
    await clock.advance(12_000);
    const connection = connectionOf(pool, 1);
    expect(connection.sentence).toBe(
      'Connection 1 to example.test (10.0.0.2) was closed 12 s ago, 5.1 s old: the network broke it, or it gave no answer in time. It has served 2 leases and no request, with 1 error.'.replace(
        '10.0.0.2',
        connection.connection.ip,
      ),
    );
    const endedAtMs = clock.epochMs() - 12_000;
    expect(connection).toMatchObject({
      verdict: 'closed',
      connection: { id: 1, state: 'closed', leases: 2 },
      making: { waitedMs: 0, tcpMs: 3, tlsMs: 9, validationMs: 20, readyAtMs: endedAtMs - 5_120 },
      recentLeases: [
        { beganAtMs: endedAtMs - 5_120, heldMs: 5_000, outcome: 'ok' },
        { beganAtMs: endedAtMs - 100, heldMs: 100, outcome: 'broken' },
      ],
      checks: 1,
      lastLeaseAtMs: endedAtMs - 100,
      closed: { atMs: endedAtMs, reason: 'broken' },
      events: [
        { kind: 'check', detail: 'good', count: 1 },
        { kind: 'lease', detail: 'broken', count: 1 },
        { kind: 'closed', detail: 'broken', count: 1 },
      ],
    });
  });

  it('is a connection that could not be made, with what its server said', async () => {
    const { pool, network } = fakePool();
    network.paths.set('/', 404);
    const opening = pool.acquireUrl('https://example.test/').catch(() => undefined);
    await opening;
    expect(connectionOf(pool, 1)).toMatchObject({
      verdict: 'closed',
      closed: { reason: 'failed-validation' },
      lastError: { class: 'bad-status', code: '404', message: '/ answered 404' },
      making: { readyAtMs: null },
      sentence: expect.stringContaining('its first answer was not good. The last failure, 0 ms ago, was bad-status'),
    });
  });

  it('is forgotten after a thousand others, and one that never was is not known', async () => {
    const { pool } = fakePool({ pool: { maxIdleConnections: 0 } });
    for (let round = 0; round < 1_001; round += 1) {
      (await pool.acquire('example.test')).release();
    }
    expect(pool.explain(1)).toBeNull();
    expect(pool.explain(2)?.verdict).toBe('closed');
    expect(pool.explain(5_000)).toBeNull();
  });
});

describe('refused', () => {
  it('is an IP on a black list, with the entry that says so', async () => {
    const { pool, access } = fakePool();
    (await pool.acquireIp('https://example.test/', '10.0.0.1')).release();
    access.list('black', '10.0.0.1');
    expect(ipOf(pool, '10.0.0.1')).toMatchObject({
      verdict: 'refused',
      sentence:
        '10.0.0.1 of example.test may not be dialled: the operator entry 10.0.0.1 of the black list refuses it.',
      access: { allowed: false, list: 'black', rule: { value: '10.0.0.1', origin: 'operator' } },
      endpoints: [
        { access: { allowed: false }, events: [{ kind: 'ready' }, { kind: 'closed', detail: 'blacklisted' }] },
      ],
    });
  });

  it('is an IP of no host as well', () => {
    const { pool, access } = fakePool();
    access.list('black', '192.0.2.7');
    expect(ipOf(pool, '192.0.2.7')).toMatchObject({
      verdict: 'refused',
      sentence: expect.stringContaining('It could not be dialled either: the operator entry 192.0.2.7'),
    });
  });

  it('is a host none of whose addresses is allowed', async () => {
    const { pool, access } = fakePool();
    access.enforce = true;
    access.announce();
    await pool.acquire('example.test').catch(() => undefined);
    const host = hostOf(pool);
    expect(host).toMatchObject({
      verdict: 'refused',
      sentence:
        'None of the 3 addresses of example.test may be dialled: for 10.0.0.1, it is on no white list, and whitelist_mode is "enforce".',
      addresses: 3,
    });
    expect(host.endpoints.every(({ access: { allowed } }) => !allowed)).toBe(true);
    expect(host.events.at(-1)).toMatchObject({ kind: 'refused' });
  });
});

describe('what is well', () => {
  it('is told as it is: hot, busy, being made, suspect, draining', async () => {
    const { pool, network, clock, access } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    network.dialMs = 400;
    const asking = pool.acquire('example.test');
    await clock.advance(300);
    expect(connectionOf(pool, 1)).toMatchObject({
      verdict: 'making',
      sentence: expect.stringContaining('is being dialled, for 300 ms'),
    });
    await clock.advance(100);
    const lease = await asking;
    expect([hostOf(pool).verdict, connectionOf(pool, 1).verdict, ipOf(pool, lease.ip).verdict]).toEqual([
      'busy',
      'busy',
      'busy',
    ]);
    lease.release('failed');
    expect([hostOf(pool).verdict, connectionOf(pool, 1).verdict, ipOf(pool, lease.ip).verdict]).toEqual([
      'suspect',
      'suspect',
      'suspect',
    ]);
    await clock.advance(1_000);
    expect([hostOf(pool).verdict, connectionOf(pool, 1).verdict, ipOf(pool, lease.ip).verdict]).toEqual([
      'hot',
      'hot',
      'hot',
    ]);
    expect(connectionOf(pool, 1).events.map(({ kind }) => kind)).toEqual(['lease', 'flag-down', 'check', 'flag-up']);
    await pool.acquire('example.test');
    access.list('black', lease.ip);
    expect(connectionOf(pool, 1)).toMatchObject({
      verdict: 'draining',
      sentence: expect.stringContaining('a black list has forbidden its address'),
    });
  });

  it('keeps short histories: the same again and again is one event, and old ones make room', async () => {
    const { pool, network } = fakePool();
    (await pool.acquire('example.test')).release();
    for (let round = 0; round < 40; round += 1) {
      await pool.check(1);
    }
    expect(connectionOf(pool, 1).events).toEqual([expect.objectContaining({ kind: 'check', count: 40 })]);
    for (let round = 0; round < 20; round += 1) {
      (await pool.acquire('example.test')).release('failed');
      await pool.check(1);
    }
    const { events, earlierEvents, recentLeases, connection } = connectionOf(pool, 1);
    expect(events).toHaveLength(8);
    expect(earlierEvents).toBeGreaterThan(40);
    expect([recentLeases.length, connection.leases]).toEqual([8, 21]);
    expect(recentLeases.every(({ outcome }) => outcome === 'failed')).toBe(true);
    expect(network.transports).toHaveLength(1);
  });

  it('refuses what is neither a host nor an IP', () => {
    const { pool } = fakePool();
    expect(() => pool.explain('no host')).toThrow(RangeError);
    expect(() => pool.explain({ ip: '10.0.0.300' })).toThrow(RangeError);
  });
});

it('of an ejected address says for how long, how often and when it is probed', async () => {
  const { pool, health, clock } = fakePool();
  const nowMs = clock.monotonicMs();
  health.ejection = {
    reason: 'failures-in-a-row',
    untilMs: nowMs + 42_000,
    nextProbeMs: nowMs + 12_000,
    count: 2,
    held: false,
  };
  await pool.acquire('example.test').then((lease) => lease.release());
  health.set('barred', { host: parseHostName('example.test'), ip: '10.0.0.1', port: 443 });
  const explanation = ipOf(pool, '10.0.0.1');
  expect(explanation.sentence).toContain(
    'it is ejected (failures-in-a-row), 2 times in a row, 42 s more; the next probe is in 12 s',
  );
  expect(explanation).toMatchObject({
    endpoints: [{ ejection: { count: 2, held: false, untilMs: clock.epochMs() + 42_000 } }],
  });
});
