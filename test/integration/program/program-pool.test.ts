/** The API for programs: as a program of its own, and piece by piece, on real TLS. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  defaultSettings,
  NoAllowedEndpointError,
  openPool,
  type ProgramPool,
  parseHostName,
} from '../../../core/index.ts';
import { startTlsOrigin, type TlsOrigin } from '../../support/tls-origin.ts';

const program = join(import.meta.dirname, 'hot-fetch.ts');
let origin: TlsOrigin;
let host: string;
let hot: ProgramPool | null;

beforeEach(async () => {
  origin = await startTlsOrigin({ hostname: 'origin.test' });
  host = `origin.test:${origin.port}`;
  hot = null;
});

afterEach(async () => {
  await hot?.close(AbortSignal.abort());
  await origin[Symbol.asyncDispose]();
});

function open(options: Parameters<typeof openPool>[0] = {}): ProgramPool {
  hot = openPool({ hosts: { [host]: ['127.0.0.1'] }, authorities: [origin.authority.certificatePem], ...options });
  return hot;
}

async function fetchOnce(pool: ProgramPool): Promise<number> {
  using lease = await pool.pool.acquireUrl(`https://${host}/`);
  const { status, text } = await lease.fetch('/').then(async (it) => ({ status: it.status, text: await it.text() }));
  expect(text).toBe('good');
  return status;
}

describe('a small program', () => {
  it('loads its configuration, warms up, fetches over hot connections and ends by itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hotpool-program-'));
    try {
      const file = join(folder, 'hotpool.toml');
      writeFileSync(join(folder, 'ca.pem'), origin.authority.certificatePem);
      writeFileSync(file, `[[targets]]\nhost = "${host}"\nips = ["127.0.0.1"]\nca_file = "ca.pem"\n`);
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, file, `https://${host}/`]);
      expect(stdout.trim().split('\n')).toEqual([
        'warm-up: ok',
        expect.stringMatching(/^100 requests, 10 dials, \d+ % on a used connection$/),
      ]);
      expect(stderr).toBe('');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is the one that the README shows', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');
    expect(readme).toContain(readFileSync(program, 'utf8').replace('../../../core/', './core/'));
  });
});

describe('a program with nothing else to do', () => {
  const waits = join(import.meta.dirname, 'waits-for-nobody.ts');

  it.each(['acquire', 'warm-up', 'fetch'])('lives until its %s has settled, and ends then', async (what) => {
    const { stdout } = await promisify(execFile)(process.execPath, [waits, what], { timeout: 30_000 });
    expect(stdout.trim()).toMatch(/^(failed: no connection to nobody|outcome: failed)/);
  });
});

describe('the pool of a program', () => {
  it('serves a host outside of any configuration, and tells where it is', async () => {
    const pool = open();
    expect(pool.settings.targets).toEqual([]);
    expect(await fetchOnce(pool)).toBe(200);
    expect([...pool.hostMapping()]).toEqual([[host, ['127.0.0.1']]]);
    const last = await pool.close();
    expect(last.sinceStart.successfulRequests).toBe(1);
    await expect(pool.pool.acquire(host)).rejects.toThrow(/closed/);
    expect(await pool.close()).toEqual(last);
  });

  it('keeps its own lists: what is blocked is closed and refused at once, until it is allowed again', async () => {
    const pool = open({ blockedIps: ['192.0.2.0/24'], allowedIps: ['127.0.0.1'] });
    expect([pool.allowedIps(), pool.blockedIps()]).toEqual([['127.0.0.1'], ['192.0.2.0/24']]);
    await fetchOnce(pool);
    pool.setLists({ blockedIps: ['127.0.0.0/8'] });
    await expect(fetchOnce(pool)).rejects.toThrow(NoAllowedEndpointError);
    await expect.poll(() => pool.stats().totalConnections).toBe(0);
    pool.setLists({});
    expect(await fetchOnce(pool)).toBe(200);
    expect(() => pool.setLists({ blockedIps: ['nowhere'] })).toThrow(RangeError);
  });

  it('takes other settings while it runs: a target with a floor is kept warm, a lowered limit drains', async () => {
    const pool = open();
    const targets = [{ host: parseHostName(host), path: '/', ips: null }];
    pool.updateSettings(defaultSettings({ targets, pool: { minIdlePerHost: 4 } }));
    await expect.poll(() => pool.stats().idleConnections).toBe(4);
    pool.updateSettings(
      defaultSettings({ targets, pool: { maxConnections: 2, maxConnectionsPerHost: 2, maxIdleConnections: 2 } }),
    );
    await expect.poll(() => pool.stats().totalConnections).toBe(2);
    expect(await pool.health.checkAll()).toEqual({ checked: 2, healthy: 2, unhealthy: 0 });
  });

  it('goes to the addresses of a target that it is given later, for a host that it resolved before', async () => {
    const pool = open({
      hosts: {},
      dependencies: { resolver: { resolve: async ({ port }) => [{ ip: '127.0.0.1', port }] } },
    });
    await fetchOnce(pool);
    const targets = [{ host: parseHostName(host), path: '/', ips: ['127.0.0.2'] }];
    pool.updateSettings(defaultSettings({ targets }));
    await expect.poll(() => pool.hostMapping().get(host)).toEqual(['127.0.0.2']);
    pool.updateSettings(defaultSettings({ targets: [] }));
    await expect.poll(() => pool.hostMapping().get(host)).toEqual(['127.0.0.1']);
  });

  it('uses what is given to it in place of its own parts', async () => {
    const asked: string[] = [];
    const pool = open({
      hosts: {},
      dependencies: {
        resolver: {
          async resolve({ name }) {
            asked.push(name);
            return [{ ip: '127.0.0.1', port: origin.port }];
          },
        },
      },
    });
    expect(await fetchOnce(pool)).toBe(200);
    expect(asked).toEqual([host]);
  });

  it('measures a load through itself, and whoever else asks is served meanwhile', async () => {
    const pool = open();
    const cancel = new AbortController();
    const running = pool.load({ urls: [`https://${host}/`], durationMs: 60_000, concurrency: 32 }, cancel.signal);
    await expect.poll(() => pool.stats().sinceStart.totalRequests).toBeGreaterThan(100);
    for (let turn = 0; turn < 20; turn += 1) {
      using lease = await pool.pool.acquire(host, { timeoutMs: 1_000 });
      expect(lease.released).toBe(false);
    }
    await expect(pool.load({ urls: [`https://${host}/`] })).rejects.toThrow(/goes on/);
    cancel.abort();
    const run = await running;
    expect(run).toMatchObject({ state: 'cancelled', failures: 0, successRate: 1, errors: [] });
    expect(run.requests).toBe(pool.stats().sinceStart.successfulRequests);
    const { hot: free, queued, cold } = run;
    expect(free.count + queued.count + cold.count).toBe(run.requests);
    expect(cold.count).toBeGreaterThan(0);
    expect(queued.count).toBeGreaterThan(0);
    expect(pool.stats().activeConnections).toBe(0);
  });

  it('refuses what it cannot read', () => {
    expect(() => openPool({ hosts: { 'https://origin.test/': ['127.0.0.1'] } })).toThrow(RangeError);
    expect(() => openPool({ hosts: { 'origin.test': ['nowhere'] } })).toThrow(RangeError);
    expect(() => openPool({ allowedIps: ['1.2.3'] })).toThrow(RangeError);
  });
});
