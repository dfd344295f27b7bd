/** The configuration of a running engine, changed in its file and from the console: real files, real TLS on loopback. */
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ConfigState } from '../../../core/contract/config.ts';
import type { PoolStatistics } from '../../../core/contract/statistics.ts';
import { type HotpoolEngine, startEngine } from '../../../core/engine/hotpool-engine.ts';
import { startTlsOrigin, type TlsOrigin } from '../../support/tls-origin.ts';

let folder: string;
let configFile: string;
let first: TlsOrigin;
let second: TlsOrigin;
let engine: HotpoolEngine;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-live-'));
  configFile = join(folder, 'mine.toml');
  first = await startTlsOrigin({ hostname: 'first.test' });
  second = await startTlsOrigin({ hostname: 'second.test', authority: first.authority });
  writeFileSync(join(folder, 'ca.pem'), first.authority.certificatePem);
});

afterEach(async () => {
  await engine.close(AbortSignal.abort());
  await Promise.all([first[Symbol.asyncDispose](), second[Symbol.asyncDispose]()]);
  rmSync(folder, { recursive: true, force: true });
});

function target({ hostname, endpoint }: TlsOrigin): string {
  return `[[targets]]   # ${hostname}
host = "${hostname}:${endpoint.port}"
ips = [
  "127.0.0.1", # loopback
]
ca_file = "ca.pem"
`;
}

function config(floor: number, ...origins: TlsOrigin[]): string {
  return `# mine
[pool]
max_connections = 100   # as agreed
min_idle_per_host = ${floor}
drain_timeout = 1

${origins.map(target).join('\n')}`;
}

async function start(text: string): Promise<void> {
  writeFileSync(configFile, text);
  engine = await startEngine({ version: '1', dataFolder: join(folder, 'data'), configFile, demo: null });
}

/** As editors save: a new file takes the name of the old one. */
function save(text: string): void {
  writeFileSync(`${configFile}~`, text);
  renameSync(`${configFile}~`, configFile);
}

function statistics(): Promise<PoolStatistics> {
  return engine.console.request('statistics.get', {});
}

async function idleByHost(): Promise<Record<string, number>> {
  const { hosts } = await statistics();
  return Object.fromEntries(hosts.filter(({ total }) => total > 0).map(({ host, idle }) => [host.split(':')[0], idle]));
}

const soon = { timeout: 10_000 };

it('a host that an editor adds is watched and warmed to the floor; one that it takes out is drained', async () => {
  await start(config(3, first));
  await expect.poll(idleByHost, soon).toEqual({ 'first.test': 3 });
  save(config(2, first, second));
  await expect.poll(idleByHost, soon).toEqual({ 'first.test': 3, 'second.test': 2 });
  const session = await engine.console.request('session.describe', {});
  expect(session.hosts).toMatchObject([{ ips: 1 }, { ips: 1 }]);
  save(config(2, second));
  await expect.poll(idleByHost, soon).toEqual({ 'second.test': 2 });
});

it('a lowered limit drains what is above it, leased ones after their release, and the file keeps its comments', async () => {
  const text = config(3, first);
  await start(text);
  await expect.poll(idleByHost, soon).toEqual({ 'first.test': 3 });
  const host = `first.test:${first.endpoint.port}`;
  const leases = [await engine.pool.acquire(host), await engine.pool.acquire(host)];
  await expect.poll(async () => (await statistics()).totalConnections, soon).toBe(5);
  const changes = { 'pool.max_connections': 1, 'pool.min_idle_per_host': 0 };
  const preview = await engine.console.request('config.preview', { changes });
  expect(preview.effects).toMatchObject([{ kind: 'drains', connections: 4, leased: 1 }]);
  const { diff, applied } = await engine.console.request('config.update', { changes });
  expect(applied).toBe(true);
  expect(diff.map(({ path }) => path)).toEqual([
    'pool.max_connections',
    'pool.max_conns_per_host',
    'pool.max_idle_conns',
    'pool.min_idle_per_host',
  ]);
  expect(readFileSync(configFile, 'utf8')).toBe(text.replace('= 100 ', '= 1 ').replace('host = 3', 'host = 0'));
  for (const lease of leases) {
    lease.release();
  }
  await expect.poll(async () => (await statistics()).totalConnections, soon).toBe(1);
});

it('an edit with a fault changes nothing, is shown with its line, and is over when it is mended', async () => {
  await start(config(1, first));
  await expect.poll(idleByHost, soon).toEqual({ 'first.test': 1 });
  let state: ConfigState | null = null;
  engine.console.subscribe('config', (frame) => {
    state = frame;
  });
  await expect.poll(() => state, soon).toMatchObject({ file: configFile, fault: null });
  save(config(2, first).replace('max_connections = 100', 'max_connections = "many"'));
  await expect
    .poll(() => state, soon)
    .toMatchObject({ fault: { faults: [{ path: 'pool.max_connections', line: 3, column: 1 }] } });
  expect(engine.settings().pool.minIdlePerHost).toBe(1);
  await expect(engine.console.request('config.update', { changes: { 'pool.idle_timeout': 90 } })).rejects.toMatchObject(
    { code: 'refused' },
  );
  save(config(2, first));
  await expect.poll(() => state, soon).toMatchObject({ fault: null });
  await expect.poll(idleByHost, soon).toEqual({ 'first.test': 2 });
});

it('lists of the configuration follow the file: a ban that is written closes, one that is erased lets in again', async () => {
  const text = config(1, first);
  await start(text);
  await expect.poll(idleByHost, soon).toEqual({ 'first.test': 1 });
  save(`${text}\n[blacklist]\nips = ["127.0.0.0/8"]\n`);
  await expect.poll(idleByHost, soon).toEqual({});
  save(text);
  await expect.poll(idleByHost, soon).toEqual({ 'first.test': 1 });
});

it('other TLS settings of a host replace its connections', async () => {
  await start(config(1, first));
  await expect.poll(idleByHost, soon).toEqual({ 'first.test': 1 });
  const before = [...engine.pool.rows()].map(({ id, protocol }) => [id, protocol]);
  save(`${config(1, first)}profiles = ["modern-h1"]\n`);
  await expect.poll(idleByHost, soon).toEqual({ 'first.test': 1 });
  await expect.poll(() => [...engine.pool.rows()].map(({ protocol }) => protocol), soon).toEqual(['http/1.1']);
  expect(before).toEqual([[expect.any(Number), 'h2']]);
});

it('IPs that are written anew are used at once, and those that are erased drain', async () => {
  await start(config(1, first));
  await expect.poll(idleByHost, soon).toEqual({ 'first.test': 1 });
  // Nobody listens there.
  save(config(1, first).replace('"127.0.0.1", # loopback', '"127.0.0.9",'));
  await expect.poll(idleByHost, soon).toEqual({});
  save(config(1, first));
  await expect.poll(idleByHost, soon).toEqual({ 'first.test': 1 });
});
