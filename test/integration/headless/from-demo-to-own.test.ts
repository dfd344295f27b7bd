/** From the demo to a host of the operator's own, without a restart: on the demo's origins and on one of ours. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EngineEvent } from '../../../core/contract/events.ts';
import { type HotpoolEngine, startEngine } from '../../../core/engine/hotpool-engine.ts';
import { startTlsOrigin, type TlsOrigin } from '../../support/tls-origin.ts';

let dataFolder: string;
let engine: HotpoolEngine;
let origin: TlsOrigin;
let heard: EngineEvent[];

beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'hotpool-own-'));
  origin = await startTlsOrigin({ hostname: 'origin.test' });
  writeFileSync(join(dataFolder, 'ca.pem'), origin.authority.certificatePem);
  heard = [];
  engine = await startEngine({ version: '1', dataFolder, configFile: null, demo: { endpoints: 9 } });
  engine.events.subscribe((event) => heard.push(event));
});

afterEach(async () => {
  await engine.close(AbortSignal.abort());
  await origin[Symbol.asyncDispose]();
  rmSync(dataFolder, { recursive: true, force: true });
});

function watchOwn(dropListed = false) {
  const host = `origin.test:${origin.port}`;
  return engine.console.request('demo.watchOwn', {
    host,
    values: { ips: ['127.0.0.1'], ca_file: 'ca.pem', warm: 3 },
    dropListed,
  });
}

it('the host is warm, the demo is gone, and nothing asks for it any more', async () => {
  const { console, pool } = engine;
  await console.request('demo.setFault', { fault: 'refuse', host: 'tiles.demo.test', count: 2 });
  await expect.poll(() => pool.stats().sinceStart.totalRequests).toBeGreaterThan(0);
  await console.request('config.update', { changes: { 'pool.drain_timeout': 0.1 } });

  const { applied, file } = await watchOwn();
  expect({ applied, file }).toEqual({ applied: true, file: join(dataFolder, 'hotpool.toml') });
  const written = readFileSync(join(dataFolder, 'hotpool.toml'), 'utf8');
  expect(written).toContain('ca_file = "ca.pem"');
  // A default is none of the operator's words: that of a later version is to hold.
  expect(written).not.toContain('max_connections');
  await expect.poll(() => pool.stats().idleConnections).toBe(3);
  await expect
    .poll(() => [...new Set(Array.from(pool.rows(), ({ host }) => host))])
    .toEqual([`origin.test:${origin.port}`]);
  expect(await console.request('session.describe', {})).toMatchObject({
    mode: 'config',
    configFile: file,
    hosts: [{ host: `origin.test:${origin.port}`, ips: 1 }],
  });
  // What is not watched any more is neither shown, nor resolved, nor probed.
  const own = `origin.test:${origin.port}`;
  await expect.poll(() => pool.stats().hosts.map(({ host }) => host)).toEqual([own]);
  const health = await console.request('health.ips', {});
  expect([health.hosts.map(({ host }) => host), health.ips.map(({ host }) => host)]).toEqual([[own], [own]]);
  expect(heard.filter(({ kind }) => kind === 'dns.refresh-failed')).toEqual([]);
  expect(await console.request('demo.faults', {})).toBeNull();
  await expect(console.request('demo.setFault', { fault: '403' })).rejects.toMatchObject({ code: 'conflict' });
  // The demo's authority went with its targets: no certificate of its hosts is trusted any more.
  await expect(pool.acquire('tiles.demo.test', { timeoutMs: 1_000 })).rejects.toThrow();
  using lease = await pool.acquire(`origin.test:${origin.port}`);
  expect((await lease.request({ method: 'GET', path: '/' })).statusCode).toBe(200);
  expect(heard.filter(({ kind }) => kind === 'demo.failed')).toEqual([]);
});

it('what the demo left on the lists goes with it when that is wished, as a change that can be undone', async () => {
  const { console } = engine;
  await console.request('access.apply', { add: [{ list: 'black', value: '127.10.9.9', note: 'mine' }] });
  await expect.poll(async () => (await console.request('demo.listed', {})).entries).toBeGreaterThan(3);
  await watchOwn(true);
  expect(await console.request('demo.listed', {})).toEqual({ entries: 0 });
  const { records } = await console.request('access.audit', { who: ['operator'], undoable: true });
  expect(records).toMatchObject([{ reason: 'the demo was left' }, { reason: '' }]);
  const whose = await console.request('access.explain', { value: '127.10.9.9' });
  expect(whose).toMatchObject({ allowed: false, rules: [{ origin: 'operator', note: 'mine' }] });
});

it('a host that cannot be is refused, and the demo goes on', async () => {
  const wrong = engine.console.request('demo.watchOwn', { host: 'own.test', values: { ca_file: 'none.pem' } });
  await expect(wrong).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('none.pem') });
  expect(await engine.console.request('demo.faults', {})).not.toBeNull();
  using lease = await engine.pool.acquire('edge.demo.test');
  expect((await lease.request({ method: 'GET', path: '/health' })).statusCode).toBe(200);
});
