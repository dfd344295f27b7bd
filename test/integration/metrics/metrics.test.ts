/** Metrics over HTTP, read by programs of other people's making: promtool and Prometheus, skipped where they are missing. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MetricsListener } from '../../../core/metrics/metrics-listener.ts';
import { PoolMetrics } from '../../../core/metrics/pool-metrics.ts';
import { RecordingEvents } from '../../support/fake-network.ts';
import { type FakePool, fakePool } from '../../support/fake-pool.ts';
import { freePort } from '../../support/free-port.ts';

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
const hasPrometheus = spawnSync('prometheus', ['--version']).status === 0;
const skipped = '(skipped: not installed; the Debian package is "prometheus")';

let fake: FakePool;
let metrics: PoolMetrics;
let events: RecordingEvents;
let listener: MetricsListener;
let port: number;

beforeEach(async () => {
  fake = fakePool();
  metrics = new PoolMetrics(fake.pool, '1.2.3');
  events = new RecordingEvents();
  listener = new MetricsListener({ metrics, events });
  port = await freePort();
  for (let times = 0; times < 3; times += 1) {
    using lease = await fake.pool.acquire('example.test');
    const { body } = await lease.request({ path: '/', method: 'GET' });
    await body.dump();
  }
  (await fake.pool.acquire('example.test')).release('broken');
});

afterEach(async () => {
  await listener.close();
  metrics.close();
});

async function read(path = '/metrics', headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, { headers });
}

describe('the port for metrics', () => {
  it('tells what the pool has counted', async () => {
    await listener.update({ port, address: '127.0.0.1' });
    const text = await (await read()).text();
    expect(text).toContain('hotpool_info{version="1.2.3"} 1');
    expect(text).toContain('hotpool_requests_total{outcome="ok"} 3');
    expect(text).toContain('hotpool_leases_total{connection="reused"} 3');
    expect(text).toContain('hotpool_leases_total{connection="new"} 1');
    expect(text).toContain('hotpool_connections_closed_total{reason="broken"} 1');
    expect(text).toContain('http_client_request_duration_seconds_count 3');
    expect(text).toMatch(
      /http_client_open_connections\{server_address="example.test",server_port="443",http_connection_state="idle"\} \d/,
    );
  });

  it('moves, and closes, while it is in use', async () => {
    await listener.update({ port, address: '127.0.0.1' });
    const other = await freePort();
    await listener.update({ port: other, address: '127.0.0.1' });
    await expect(read()).rejects.toThrow();
    expect((await fetch(`http://127.0.0.1:${other}/metrics`)).status).toBe(200);
    await listener.update({ port: 0, address: '127.0.0.1' });
    await expect(fetch(`http://127.0.0.1:${other}/metrics`)).rejects.toThrow();
    expect(listener.port).toBeNull();
  });

  it('that is taken is an event, and a later change is tried', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
    await listener.update({ port, address: '127.0.0.1' });
    taken.close();
    expect(events.events.map(({ kind }) => kind)).toEqual(['metrics.not-listening']);
    await listener.update({ port: await freePort(), address: '127.0.0.1' });
    expect(listener.port).not.toBeNull();
  });

  it('answers on loopback under its own names alone', async () => {
    await listener.update({ port, address: '127.0.0.1' });
    const status = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        get({ host: '127.0.0.1', port, path: '/metrics', headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', reject);
      });
    expect(await status('evil.test')).toBe(403);
    expect(await status(`localhost:${port}`)).toBe(200);
    expect((await read('/')).status).toBe(404);
  });
});

describe.skipIf(!hasPromtool)(`promtool ${hasPromtool ? '' : skipped}`, () => {
  it('finds nothing to complain about', async () => {
    await listener.update({ port, address: '127.0.0.1' });
    const input = await (await read()).text();
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

describe.skipIf(!hasPrometheus)(`Prometheus ${hasPrometheus ? '' : skipped}`, () => {
  it('reads OpenMetrics from it and knows the figures', async () => {
    await listener.update({ port, address: '127.0.0.1' });
    const folder = mkdtempSync(join(tmpdir(), 'hotpool-prometheus-'));
    const own = await freePort();
    writeFileSync(
      join(folder, 'prometheus.yml'),
      JSON.stringify({
        global: { scrape_interval: '200ms', scrape_timeout: '200ms' },
        scrape_configs: [{ job_name: 'hotpool', static_configs: [{ targets: [`127.0.0.1:${port}`] }] }],
      }),
    );
    const prometheus = spawn(
      'prometheus',
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${own}`,
      ],
      { stdio: 'ignore' },
    );
    const gone = new Promise((resolve) => prometheus.once('close', resolve));
    try {
      const value = async (query: string): Promise<string | undefined> => {
        const url = `http://127.0.0.1:${own}/api/v1/query?query=${encodeURIComponent(query)}`;
        const answer = await fetch(url).catch(() => null);
        const { data } = answer?.ok ? await answer.json() : { data: null };
        return data?.result?.[0]?.value?.[1];
      };
      for (
        let tries = 0;
        tries < 200 && (await value('hotpool_requests_total{outcome="ok"}')) === undefined;
        tries += 1
      ) {
        await delay(100);
      }
      expect(await value('up{job="hotpool"}')).toBe('1');
      expect(await value('hotpool_requests_total{outcome="ok"}')).toBe('3');
      expect(await value('http_client_request_duration_seconds_bucket{le="+Inf"}')).toBe('3');
    } finally {
      prometheus.kill('SIGKILL');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
