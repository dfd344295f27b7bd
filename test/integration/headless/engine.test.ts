/** The engine as both hosts start it: on the demo's real TLS origins, and on a configuration of one's own. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionRow, ConnectionsFrame } from '../../../core/contract/connections.ts';
import { ContractError } from '../../../core/contract/errors.ts';
import type { IpHealth } from '../../../core/contract/health.ts';
import { inEnglish } from '../../../core/contract/phrase.ts';
import { type EngineOptions, type HotpoolEngine, startEngine } from '../../../core/engine/hotpool-engine.ts';
import { runsThen } from '../../../renderer/store/past/runs-then.ts';
import { quickestMs, timed } from '../../support/quickest.ts';

let dataFolder: string;
let engines: HotpoolEngine[];

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'hotpool-engine-'));
  engines = [];
});

afterEach(async () => {
  await Promise.all(engines.map((engine) => engine.close(AbortSignal.abort())));
  rmSync(dataFolder, { recursive: true, force: true });
});

async function start(options: Partial<EngineOptions> = {}): Promise<HotpoolEngine> {
  const engine = await startEngine({
    version: '1.2.3',
    dataFolder,
    configFile: null,
    demo: { endpoints: 9 },
    ...options,
  });
  engines.push(engine);
  return engine;
}

/** The table as a console follows it. */
function follow(engine: HotpoolEngine): Map<number, ConnectionRow> {
  const rows = new Map<number, ConnectionRow>();
  engine.console.subscribe('connections', (frame: ConnectionsFrame) => {
    if (frame.reset) {
      rows.clear();
    }
    for (const row of frame.upserts) {
      rows.set(row.id, row);
    }
    for (const { id } of frame.removes) {
      rows.delete(id);
    }
  });
  return rows;
}

/** Worker threads of this process, those that keep nothing alive included. */
function liveThreads(): number {
  const report: { workers?: unknown[] } = JSON.parse(JSON.stringify(process.report.getReport()));
  return report.workers?.length ?? 0;
}

async function warmUp(engine: HotpoolEngine, host: string): Promise<void> {
  const { runId } = await engine.console.request('warmUp.start', { hosts: [host] });
  const outcome = new Promise<string | null>((resolve) => {
    engine.console.subscribe('warmUp', ({ runs }) => {
      const run = runs.find(({ id }) => id === runId);
      if (run?.state === 'finished') {
        resolve(run.outcome);
      }
    });
  });
  expect(await outcome).toBe('ok');
}

describe('the demo', () => {
  it('is described with its hosts and IPs, without warnings of its own limits', async () => {
    const engine = await start();
    const session = await engine.console.request('session.describe', {});
    expect(session).toMatchObject({ version: '1.2.3', mode: 'demo', configFile: null, dataFolder, warnings: [] });
    expect(session.hosts.reduce((sum, { ips }) => sum + ips, 0)).toBe(9);
    expect((await engine.console.request('config.get', {})).warnings).toEqual([]);
  });

  it('warms up, shows its connections idle, and a blocked IP loses its own and is dialled no more', async () => {
    const engine = await start();
    const rows = follow(engine);
    await warmUp(engine, 'tiles.demo.test');
    const idle = (): ConnectionRow[] =>
      [...rows.values()].filter(({ host, state }) => host === 'tiles.demo.test' && state === 'idle');
    await expect.poll(() => new Set(idle().map(({ ip }) => ip)).size).toBeGreaterThanOrEqual(4);

    const ip = idle()[0]?.ip ?? '';
    const change = { add: [{ list: 'black' as const, value: ip }] };
    const preview = await engine.console.request('access.preview', change);
    expect(preview.closesConnections).toBeGreaterThanOrEqual(1);
    const { added, impact } = await engine.console.request('access.apply', change);
    expect([added, impact.closesConnections]).toEqual([1, preview.closesConnections]);
    expect(readFileSync(join(dataFolder, 'access-lists.toml'), 'utf8')).toContain(ip);
    await expect.poll(() => [...rows.values()].filter((row) => row.ip === ip)).toEqual([]);
    await warmUp(engine, 'tiles.demo.test');
    expect([...rows.values()].filter((row) => row.ip === ip)).toEqual([]);
  });

  it('keeps an operator entry over a restart', async () => {
    const first = await start();
    await first.console.request('access.apply', { add: [{ list: 'black', value: '192.0.2.0/24', note: 'test net' }] });
    await first.close();
    const second = await start();
    const entries = new Promise<string[]>((resolve) => {
      second.console.subscribe('access', (frame) => {
        resolve(frame.upserts.filter(({ origin }) => origin === 'operator').map(({ value }) => value));
      });
    });
    expect(await entries).toEqual(['192.0.2.0/24']);
  });

  it('lives: its traffic makes requests, and they succeed', async () => {
    const engine = await start();
    const count = async (): Promise<number> =>
      (await engine.console.request('statistics.get', {})).sinceStart.successfulRequests;
    await expect.poll(count).toBeGreaterThan(0);
    expect((await engine.console.request('statistics.get', {})).sinceStart.failedRequests).toBe(0);
  });

  it('remembers how far a warm-up had come while it went on', async () => {
    const engine = await start();
    const { endpoints } = await engine.console.request('demo.setFault', {
      fault: 'hang',
      host: 'tiles.demo.test',
      count: 1,
    });
    expect(endpoints).toBe(1);
    const job = { hosts: ['tiles.demo.test'], timeoutMs: 60_000 };
    const { runId } = await engine.console.request('warmUp.start', job);
    const then = async () => {
      const { warmUps } = await engine.console.request('history.warmUps', { fromMs: 0, toMs: Date.now() });
      const moment = await engine.console.request('history.moment', { atMs: Date.now() });
      return runsThen(warmUps, moment).find(({ id, state, ready }) => id === runId && state === 'running' && ready > 0);
    };
    await expect.poll(then, { timeout: 10_000 }).toMatchObject({ outcome: null, endedAtMs: null, failed: 0 });
    const left = async () => then().then((run) => run && run.total - run.ready);
    await expect.poll(left, { timeout: 10_000 }).toBe(1);
    await engine.console.request('warmUp.cancel', { runId });
  });

  it('takes new limits at once, whole or not at all', async () => {
    const engine = await start();
    await warmUp(engine, 'tiles.demo.test');
    const refused = engine.console.request('config.update', {
      changes: { 'pool.max_connections': 2, 'pool.nonsense': 1 },
    });
    await expect(refused).rejects.toMatchObject({
      code: 'invalid-input',
      issues: expect.arrayContaining([expect.objectContaining({ at: 'pool.nonsense' })]),
    });
    expect(engine.settings().pool.maxConnections).toBeGreaterThan(2);
    const changes = {
      'pool.max_connections': 2,
      'pool.max_conns_per_host': 2,
      'pool.max_idle_conns': 2,
      'pool.min_idle_per_host': 0,
    };
    const { diff } = await engine.console.request('config.update', { changes });
    expect(diff.map(({ path, after }) => [path, after])).toEqual(Object.entries(changes));
    const total = async (): Promise<number> => (await engine.console.request('statistics.get', {})).totalConnections;
    await expect.poll(total).toBeLessThanOrEqual(2);
    const plan = await engine.console.request('warmUp.plan', { hosts: ['tiles.demo.test'], connections: 50 });
    expect(plan).toMatchObject({ wanted: 50, clippedBy: { limit: 2 } });
    expect(plan.fits).toBeLessThanOrEqual(2);
  });
});

describe('a configuration of one’s own', () => {
  it('is watched with its warnings and lists, and starts no demo', async () => {
    const configFile = join(dataFolder, 'mine.toml');
    writeFileSync(
      configFile,
      '[pool]\nconn_timeout = 5\n[blacklist]\nips = ["198.51.100.7"]\n[[targets]]\nhost = "origin.test:8443"\nips = ["127.0.0.1", "::1"]\n',
    );
    const engine = await start({ configFile, demo: null });
    const session = await engine.console.request('session.describe', {});
    expect(session).toMatchObject({
      mode: 'config',
      configFile,
      hosts: [{ host: 'origin.test:8443', path: '/', ips: 2, ipv6: 1 }],
    });
    expect(session.warnings.map(inEnglish)).toEqual([expect.stringContaining('conn_timeout')]);
    const frame = await new Promise<{ upserts: { value: string; origin: string }[] }>((resolve) => {
      engine.console.subscribe('access', resolve);
    });
    expect(frame.upserts).toMatchObject([{ value: '198.51.100.7', origin: 'config', list: 'black' }]);
    await expect(
      engine.console.request('warmUp.plan', { hosts: ['tiles.demo.test'], connections: 1 }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  it('takes over a ban of an earlier run, and probes its IP each blacklist_check_interval', async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    writeFileSync(
      join(dataFolder, 'access-lists.toml'),
      `[[black]]\nip = "127.0.0.1"\norigin = "automatic"\nexpires = ${later}\n`,
    );
    const configFile = join(dataFolder, 'mine.toml');
    writeFileSync(
      configFile,
      '[pool]\nblacklist_check_interval = 600\n[[targets]]\nhost = "origin.test:8443"\nips = ["127.0.0.1", "::1"]\n',
    );
    const engine = await start({ configFile, demo: null });
    await engine.console.request('session.describe', {});
    const banned = async (): Promise<IpHealth | undefined> => {
      const { ips } = await engine.console.request('health.ips', { host: 'origin.test:8443' });
      return ips.find(({ ip }) => ip === '127.0.0.1');
    };
    const first = await banned();
    expect(first).toMatchObject({ state: 'ejected', reason: 'stored-ban' });
    const probeInMs = (row: IpHealth | undefined): number => (row?.nextProbeAtMs ?? 0) - Date.now();
    expect(probeInMs(first)).toBeGreaterThan(540_000);
    expect(probeInMs(first)).toBeLessThanOrEqual(600_000);
    await engine.console.request('config.update', { changes: { 'pool.blacklist_check_interval': 300 } });
    expect(probeInMs(await banned())).toBeLessThanOrEqual(300_000);
  });

  it('that is wrong opens nothing', async () => {
    const configFile = join(dataFolder, 'bad.toml');
    writeFileSync(configFile, '[pool]\nmax_connections = "many"\n');
    const folder = join(dataFolder, 'untouched');
    await expect(start({ configFile, demo: null, dataFolder: folder })).rejects.toThrow('bad.toml:2');
    expect(existsSync(folder)).toBe(false);
  });
});

describe('the end', () => {
  it('waits for a lease, and not when it is told to end at once', async () => {
    const engine = await start();
    const lease = await engine.pool.acquire('tiles.demo.test');
    let closed = false;
    const closing = engine.close().then(() => {
      closed = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(closed).toBe(false);
    await expect(engine.pool.acquire('tiles.demo.test')).rejects.toThrow();
    await expect(engine.console.request('statistics.get', {})).rejects.toThrow(ContractError);
    lease.release();
    await closing;

    const other = await start();
    await other.pool.acquire('tiles.demo.test');
    const atOnce = new AbortController();
    const ending = other.close(atOnce.signal);
    atOnce.abort();
    await ending;
  });

  it('lets a lease that never ends go on for drain_timeout, no longer', async () => {
    const engine = await start();
    await engine.console.request('config.update', { changes: { 'pool.drain_timeout': 0.2 } });
    await engine.pool.acquire('tiles.demo.test');
    const tookMs = await timed(() => engine.close());
    expect(tookMs).toBeGreaterThan(150);
    // By default it would be five.
    expect(tookMs).toBeLessThan(4_000);
  });

  it('of an idle pool is quick, comes once, and leaves only the lists, the history and what was learned of IPs', async () => {
    const tookMs = await quickestMs(1_000, async () => {
      const engine = await start();
      await warmUp(engine, 'edge.demo.test');
      const ms = await timed(() => Promise.all([engine.close(), engine.close()]));
      const kept = ['access-audit.jsonl', 'access-lists.toml', 'history.sqlite', 'ip-scores.json'];
      expect(readdirSync(dataFolder)).toEqual(kept);
      return ms;
    });
    expect(tookMs).toBeLessThan(1_000);
  });

  it('also comes when the start fails half-way: no demo is left running', async () => {
    const file = join(dataFolder, 'a-file');
    writeFileSync(file, '');
    const before = liveThreads();
    await expect(start({ dataFolder: join(file, 'data') })).rejects.toThrow();
    expect(liveThreads()).toBe(before);
  });
});
