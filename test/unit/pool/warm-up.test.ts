/** Warm-ups through the pool's own face, and what it learns from them. */
import { describe, expect, it } from 'vitest';
import { warmUpJobSchema } from '../../../core/contract/warm-up-job.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { WarmUpFailedError } from '../../../core/warm-up/warm-up-hosts.ts';
import { type FakePool, fakePool } from '../../support/fake-pool.ts';

const roomy = { pool: { maxConnections: 100, maxConnectionsPerHost: 100, maxIdleConnections: 100 } };
const example = parseHostName('example.test');

function warmPool(settings = {}): FakePool {
  const fake = fakePool({ ...roomy, ...settings });
  fake.directory.set('other.test', ['10.1.0.1', '10.1.0.2']);
  return fake;
}

describe('pool.warmUp', () => {
  it('makes one connection to each IP, dialled once and left idle', async () => {
    const { pool, network } = warmPool();
    const run = await pool.warmUp('example.test');
    expect(run).toMatchObject({ outcome: 'ok', total: 3, ready: 3, report: { healthy: 3, unhealthy: 0 } });
    expect(network.dialled).toHaveLength(3);
    expect(pool.stats()).toMatchObject({ totalConnections: 3, idleConnections: 3 });
    const lease = await pool.acquire('example.test');
    expect(network.dialled).toHaveLength(3);
    lease.release();
  });

  it('makes as many as it is told, spread over the IPs', async () => {
    const { pool, network } = warmPool();
    expect(await pool.warmUp('example.test', { connections: 9 })).toMatchObject({ ready: 9 });
    expect([...network.dialsByIp().values()]).toEqual([3, 3, 3]);
  });

  it('dials the IPs that are named, whatever DNS says, and tells those that are forbidden', async () => {
    const { pool, network, access } = warmPool();
    access.list('black', '192.0.2.9');
    const run = await pool.warmUp('example.test', { ips: ['192.0.2.7', '192.0.2.9', '2001:DB8::1', '2001:db8:0::1'] });
    expect(network.dialled.map(({ ip }) => ip)).toEqual(['192.0.2.7', '2001:db8::1']);
    expect(run).toMatchObject({
      outcome: 'ok',
      total: 2,
      hosts: [{ forbidden: { count: 1, examples: [{ ip: '192.0.2.9' }] } }],
    });
  });

  it.each([
    { waiting: 'to be tried again', concurrency: 3, dials: 1 },
    { waiting: 'for its turn', concurrency: 1, dials: 0 },
  ])('does not dial an IP that leaves DNS while it waits $waiting', async ({ concurrency, dials }) => {
    const { pool, network, directory, clock } = warmPool();
    directory.set('example.test', ['10.0.0.2', '10.0.0.1']);
    network.dials.set('10.0.0.1', 'refused');
    network.dialMs = 100;
    const warming = pool.warmUp('example.test', { concurrency });
    await clock.advance(50);
    await clock.advance(dials === 0 ? 0 : 60);
    expect(network.dialsByIp().get('10.0.0.1') ?? 0).toBe(dials);
    directory.change('example.test', ['10.0.0.2']);
    await clock.advance(20_000);
    expect(await warming).toMatchObject({
      outcome: 'partly-failed',
      ready: 1,
      hosts: [{ error: { class: 'dns', message: '10.0.0.1 is no longer an address of example.test' } }],
    });
    expect(network.dialsByIp().get('10.0.0.1') ?? 0).toBe(dials);
  });

  it('takes another IP for one that has left DNS, where so many connections are wanted', async () => {
    const { pool, network, directory, clock } = warmPool();
    directory.set('example.test', ['10.0.0.2', '10.0.0.1']);
    network.dialMs = 100;
    const warming = pool.warmUp('example.test', { connections: 2, concurrency: 1 });
    await clock.advance(50);
    directory.change('example.test', ['10.0.0.2']);
    await clock.advance(20_000);
    expect(await warming).toMatchObject({ outcome: 'ok', ready: 2 });
    expect(network.dialsByIp()).toEqual(new Map([['10.0.0.2', 2]]));
  });

  it('dials an IP that is banned for another host, and not one that is banned for this host', async () => {
    const { pool, network, access, health } = warmPool();
    access.list('black', '192.0.2.7', 'automatic');
    await pool.warmUp('other.test', { ips: ['192.0.2.7'] });
    expect(network.dialled.map(({ ip }) => ip)).toEqual(['192.0.2.7']);
    health.set('barred', { host: example, ip: '10.0.0.1', port: 443 });
    const run = await pool.warmUp('example.test');
    expect(run.hosts[0]?.forbidden.examples.map(({ ip }) => ip)).toEqual(['10.0.0.1']);
  });

  it('fails only when every connection failed, and says why', async () => {
    const { pool, network } = warmPool();
    network.dials.set('10.0.0.1', 'refused');
    expect(await pool.warmUp('example.test', { retries: 0 })).toMatchObject({ outcome: 'partly-failed', ready: 2 });
    network.dials.set('*', 'refused');
    const failed = pool.warmUp('other.test', { retries: 0 });
    await expect(failed).rejects.toBeInstanceOf(WarmUpFailedError);
    await expect(failed).rejects.toMatchObject({ run: { outcome: 'failed', failed: 2 } });
    await expect(failed).rejects.toThrow(/other\.test: refused/);
  });

  it('warms what fits, and fails when nothing does', async () => {
    const { pool } = warmPool({ pool: { ...roomy.pool, maxIdleConnections: 2 } });
    expect(await pool.warmUp('example.test')).toMatchObject({
      outcome: 'ok',
      ready: 2,
      wanted: 3,
      clippedBy: { key: 'max_idle_conns', limit: 2 },
    });
    await expect(pool.warmUp('other.test')).rejects.toThrow('max_idle_conns leaves no place');
  });

  it('is cancelled by its signal, and refuses what cannot be read', async () => {
    const { pool, network } = warmPool();
    network.dials.set('*', 'hang');
    const giveUp = new AbortController();
    const warming = pool.warmUp('example.test', { signal: giveUp.signal });
    giveUp.abort(new Error('enough'));
    await expect(warming).rejects.toThrow('enough');
    expect(pool.stats().totalConnections).toBe(0);
    await expect(pool.warmUp('example.test', { retries: 99 })).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(pool.warmUp('a b')).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(pool.warmUp('example.test', { ips: ['1.2.3'] })).rejects.toThrow('1.2.3');
  });

  it('ends when the pool closes', async () => {
    const { pool, network } = warmPool();
    network.dials.set('*', 'hang');
    const warming = pool.warmUp('example.test');
    const ended = expect(warming).rejects.toMatchObject({ code: 'closed' });
    await pool.close();
    await ended;
  });
});

describe('pool.warmUpMultipleHosts', () => {
  it('is one run with its hosts side by side, partly failed when one of them fails', async () => {
    const { pool, network } = warmPool();
    const run = await pool.warmUpMultipleHosts(['example.test', 'other.test', 'gone.test', 'EXAMPLE.test:443']);
    expect(run).toMatchObject({ outcome: 'partly-failed', ready: 5, failed: 0 });
    expect(run.hosts.map(({ host, ready, error }) => [host, ready, error?.class ?? null])).toEqual([
      ['example.test', 3, null],
      ['other.test', 2, null],
      ['gone.test', 0, 'dns'],
    ]);
    expect(new Set(network.dialled.slice(0, 2).map(({ host }) => host.name))).toEqual(
      new Set(['example.test', 'other.test']),
    );
  });
});

describe('what is learned of IPs', () => {
  it('survives a restart: the best are warmed first', async () => {
    const before = warmPool();
    before.network.slow.set('10.0.0.1', 300).set('10.0.0.2', 20).set('10.0.0.3', 100);
    const warmed = before.pool.warmUp('example.test');
    await before.clock.advance(1_000);
    await warmed;
    const scores = before.pool.scores();

    const after = warmPool();
    after.pool.restoreScores(scores);
    await after.pool.warmUp('example.test', { concurrency: 1 });
    expect(after.network.dialled.map(({ ip }) => ip)).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.1']);
  });

  it('ranks an IP that fails behind one that is slower', async () => {
    const before = warmPool();
    before.network.slow.set('10.0.0.2', 20);
    before.network.slow.set('10.0.0.3', 30);
    before.network.dials.set('10.0.0.2', 'reset');
    for (let count = 0; count < 3; count += 1) {
      const failing = before.pool.warmUp('example.test', { ips: ['10.0.0.2'], retries: 0 });
      await expect(failing).rejects.toThrow();
    }
    before.network.dials.delete('10.0.0.2');
    const warmed = before.pool.warmUp('example.test', { ips: ['10.0.0.2', '10.0.0.3'] });
    await before.clock.advance(1_000);
    await warmed;
    const after = warmPool();
    after.pool.restoreScores(before.pool.scores());
    expect((await after.pool.endpointsOf(example)).map(({ ip }) => ip)).toEqual(['10.0.0.3', '10.0.0.2', '10.0.0.1']);
  });

  it('of hosts and IPs that are not met this time is kept for the next', () => {
    const { pool } = warmPool();
    const scores = [
      {
        host: 'later.test',
        usual: [],
        endpoints: [{ ip: '192.0.2.1', port: 443, responseMs: 5, successShare: 1, atMs: 1_700_000_000_000 }],
      },
    ];
    pool.restoreScores(scores);
    expect(pool.scores()).toEqual(scores);
  });
});

describe('the baseline', () => {
  it('is of new connections of quiet minutes, dialled under the same load, and a run is held against it', async () => {
    const { pool, network, clock } = warmPool({ pool: { ...roomy.pool, idleTimeoutMs: 3_600_000 } });
    network.probeMs = 20;
    const first = pool.warmUp('example.test', { connections: 60, concurrency: 3 });
    await clock.advance(10_000);
    expect((await first).hosts[0]).toMatchObject({ ready: 60, baseline: null, deviation: null });
    await clock.advance(60_000);
    network.probeMs = 30;
    const second = pool.warmUp('example.test', { connections: 3, concurrency: 3 });
    await clock.advance(1_000);
    const [host] = (await second).hosts;
    expect(host?.baseline).toMatchObject({ responseMs: 20 });
    expect(host?.deviation).toBeCloseTo(0.5, 5);
    expect((await second).report).toMatchObject({ responseMs: 30, baselineMs: 20 });
  });
});

describe('what a run has lost', () => {
  it('is named with why and since when: closed, banned, its flag down; until it is warm again', async () => {
    const fake = warmPool({ pool: { ...roomy.pool, idleTimeoutMs: 3_600_000 } });
    const { pool, network, access, clock } = fake;
    const { id } = await pool.warmUp('example.test');
    expect(pool.warmUps.run(id)?.lost).toEqual({ count: 0, examples: [] });
    await clock.advance(5_000);
    network.transports.find(({ endpoint }) => endpoint.ip === '10.0.0.1')?.end('peer-closed');
    access.list('black', '10.0.0.2');
    network.transports.find(({ endpoint }) => endpoint.ip === '10.0.0.3')?.paths.set('/', 404);
    await Promise.all(pool.idleFor(0).map((connection) => pool.check(connection)));
    const sinceMs = clock.epochMs();
    expect(pool.warmUps.run(id)).toMatchObject({ healthyNow: 0, report: { unhealthy: 0 } });
    expect(pool.warmUps.run(id)?.lost.examples).toEqual([
      { host: 'example.test', ip: '10.0.0.1', connections: 1, why: 'closed: its server has closed it', sinceMs },
      {
        host: 'example.test',
        ip: '10.0.0.2',
        connections: 1,
        why: expect.stringMatching(/^the \w+ entry 10\.0\.0\.2 of the black list refuses it$/),
        sinceMs,
      },
      {
        host: 'example.test',
        ip: '10.0.0.3',
        connections: 1,
        why: expect.stringMatching(/^connection 3 is looked at again: .*404/),
        sinceMs,
      },
    ]);
    await pool.warmUp('example.test', { ips: ['10.0.0.1'] });
    expect(pool.warmUps.run(id)?.lost.count).toBe(2);
  });
});

describe('what a plan sees of the pool', () => {
  it('says how many IPs are warm already, and leaves them out when it is told to', async () => {
    const { pool } = warmPool();
    await pool.warmUp('example.test', { ips: ['10.0.0.1', '10.0.0.3'] });
    const job = warmUpJobSchema.parse({ hosts: ['example.test'] });
    expect(await pool.warmUps.plan(job)).toMatchObject({ ips: 3, warmIps: 2, wanted: 3 });
    expect(await pool.warmUps.plan({ ...job, onlyCold: true })).toMatchObject({ ips: 3, warmIps: 2, wanted: 1 });
  });

  it('says how many of listed IPs are none of the host', async () => {
    const { pool } = warmPool();
    const job = warmUpJobSchema.parse({ hosts: ['example.test'], ips: ['10.0.0.1', '10.9.0.1', '10.9.0.2'] });
    expect((await pool.warmUps.plan(job)).hosts).toMatchObject([{ ips: 3, notOfHost: 2 }]);
    expect((await pool.warmUps.plan({ ...job, ips: null })).hosts).toMatchObject([{ notOfHost: 0 }]);
    // Met once, they are still not the host's.
    await pool.warmUp('example.test', { ips: ['10.9.0.1'] });
    expect((await pool.warmUps.plan(job)).hosts).toMatchObject([{ notOfHost: 2 }]);
  });

  it('with its change of limits made, everything fits', async () => {
    const fake = warmPool({ pool: { maxConnections: 4, maxConnectionsPerHost: 2, maxIdleConnections: 3 } });
    const job = warmUpJobSchema.parse({ hosts: ['example.test', 'other.test'], connections: 5 });
    const plan = await fake.pool.warmUps.plan(job);
    expect(plan).toMatchObject({ wanted: 10, fits: 3, fitsAfterChanges: 10 });
    const after = Object.fromEntries(plan.changes.map((change) => [change.path, Number(change.after)]));
    fake.configure({
      pool: {
        maxConnections: after['pool.max_connections'] ?? 4,
        maxConnectionsPerHost: after['pool.max_conns_per_host'] ?? 2,
        maxIdleConnections: after['pool.max_idle_conns'] ?? 3,
      },
    });
    expect(await fake.pool.warmUps.plan(job)).toMatchObject({ fits: 10, changes: [] });
  });
});
