import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderMetrics } from '../../../core/metrics/metric-text.ts';
import { PoolMetrics } from '../../../core/metrics/pool-metrics.ts';
import { fakePool } from '../../support/fake-pool.ts';

const dashboard = new URL('../../../config/grafana-dashboard.json', import.meta.url);

it('the dashboard for Grafana shows only metrics that there are', async () => {
  const { pool } = fakePool();
  const metrics = new PoolMetrics(pool, '1.0.0');
  // A reason is a metric only once there was one.
  (await pool.acquire('example.test')).release('broken');
  const text = renderMetrics(metrics.families(), 'prometheus');
  const told = new Set(text.split('\n').map((line) => /^[a-z_0-9]+/.exec(line)?.[0]));
  const asked = readFileSync(dashboard, 'utf8').match(/\b(hotpool|http_client)_[a-z_0-9]+/g) ?? [];
  expect(asked.length).toBeGreaterThan(20);
  expect([...new Set(asked)].filter((name) => !told.has(name))).toEqual([]);
});
