/** Warm-ups of a program's pool on real TLS origins, each on an address of loopback of its own. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuthority } from '../../../core/demo/certificate-authority.ts';
import { defaultSettings, openPool, type ProgramPool, parseHostName } from '../../../core/index.ts';
import { startTlsOrigin, type TlsOrigin } from '../../support/tls-origin.ts';

const ips = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'];
let origins: TlsOrigin[];
let host: string;
let hot: ProgramPool;

async function open(warm?: number | 'all-ips'): Promise<ProgramPool> {
  const [first] = origins;
  return openPool({
    settings: defaultSettings({
      targets: [{ host: parseHostName(host), path: '/', ips: null, ...(warm === undefined ? {} : { warm }) }],
    }),
    hosts: { [host]: ips },
    authorities: [first?.authority.certificatePem ?? ''],
  });
}

beforeEach(async () => {
  const authority = await createAuthority();
  origins = [];
  for (const ip of ips) {
    origins.push(await startTlsOrigin({ authority, ip, port: origins[0]?.endpoint.port ?? 0 }));
  }
  host = `origin.test:${origins[0]?.endpoint.port}`;
  hot = await open();
});

afterEach(async () => {
  await hot[Symbol.asyncDispose]();
  await Promise.all(origins.map((origin) => origin[Symbol.asyncDispose]()));
});

function accepted(): number[] {
  return origins.map((origin) => origin.accepted);
}

describe('a warm-up on real TLS', () => {
  it('dials each IP once, and the connection that was validated is the one that serves', async () => {
    const run = await hot.pool.warmUp(host);
    expect(run).toMatchObject({ outcome: 'ok', total: 4, ready: 4, healthyNow: 4, report: { healthy: 4, errors: [] } });
    expect(accepted()).toEqual([1, 1, 1, 1]);
    expect(run.tls?.p50Ms).toBeGreaterThan(0);
    const lease = await hot.pool.acquire(host);
    const answer = await lease.request({ method: 'GET', path: '/' });
    expect(await answer.body.text()).toBe('good');
    lease.release();
    expect(accepted()).toEqual([1, 1, 1, 1]);
  });

  it('ends with one error for each way in which an IP fails, and its failures can be tried again', async () => {
    const [, blocked, silent, resetting] = origins;
    if (!blocked || !silent || !resetting) {
      throw new Error('there are four origins');
    }
    blocked.answer = { status: 403 };
    silent.helloFault = 'silent';
    resetting.helloFault = 'reset';
    const run = await hot.pool.warmUp(host, { retries: 0, timeoutMs: 2_000 });
    expect(run).toMatchObject({ outcome: 'partly-failed', ready: 1, failed: 3, successRate: 0.25 });
    expect(run.errors.map((group) => group.class).sort()).toEqual(['blocked', 'reset', 'timeout-tls']);
    const cells = hot.pool.warmUps.cells(run.id);
    expect(cells.map(({ ip, state, error }) => [ip, state, error]).sort()).toEqual([
      [ips[0], 'ready', null],
      [ips[1], 'failed', 'blocked'],
      [ips[2], 'failed', 'timeout-tls'],
      [ips[3], 'failed', 'reset'],
    ]);
    silent.helloFault = null;
    resetting.helloFault = null;
    const { warmUps } = hot.pool;
    const retried = await warmUps.finished(warmUps.retryFailed(run.id));
    expect(retried).toMatchObject({ retryOf: run.id, ready: 2, failed: 1, errors: [{ class: 'blocked' }] });
    expect(hot.pool.stats().idleConnections).toBe(3);
  });

  it('tries an IP that it had ejected again when its retry is asked for: by probes first, and once', async () => {
    const [, ejected] = origins;
    if (!ejected) {
      throw new Error('there are four origins');
    }
    ejected.answer = { status: 403 };
    const { warmUps } = hot.pool;
    const run = await hot.pool.warmUp(host, { retries: 3, timeoutMs: 5_000 });
    const before = ejected.accepted;
    const inVain = await warmUps.finished(warmUps.retryFailed(run.id));
    expect(inVain).toMatchObject({ outcome: 'failed', failed: 1, errors: [{ class: 'blocked' }] });
    expect(ejected.accepted).toBe(before + 1);
    ejected.answer = { status: 200 };
    const retried = await warmUps.finished(warmUps.retryFailed(inVain?.id ?? 0));
    expect(retried).toMatchObject({ outcome: 'ok', total: 1, ready: 1 });
    const lease = await hot.pool.acquireIp(`https://${host}/`, ejected.endpoint.ip);
    expect(lease.ip).toBe(ejected.endpoint.ip);
    lease.release();
  });

  it('stops dialing while it is paused', async () => {
    const { warmUps } = hot.pool;
    for (const origin of origins) {
      origin.holding = true;
    }
    const runId = hot.pool.warmUps.start({
      hosts: [host],
      connections: 8,
      ips: null,
      onlyCold: false,
      concurrency: 2,
      dialsPerSecond: null,
      timeoutMs: 10_000,
      retries: 0,
    });
    await expect.poll(() => origins.reduce((sum, { requests }) => sum + requests, 0)).toBe(2);
    expect(warmUps.pause(runId)).toBe(true);
    for (const origin of origins) {
      origin.holding = false;
      origin.letGo();
    }
    await expect.poll(() => warmUps.run(runId)?.ready).toBe(2);
    expect(warmUps.run(runId)).toMatchObject({ state: 'paused', dialing: 0 });
    expect(accepted().reduce((sum, count) => sum + count, 0)).toBe(2);
    warmUps.resume(runId);
    expect(await warmUps.finished(runId)).toMatchObject({ outcome: 'ok', ready: 8 });
  });

  it('is made at the start for a target that asks for it', async () => {
    await using warmed = await open('all-ips');
    await expect.poll(() => warmed.pool.stats().idleConnections).toBe(4);
    expect(accepted()).toEqual([1, 1, 1, 1]);
  });
});
