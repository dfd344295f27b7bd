/** Journey 6: the pool in figures, each as the engine knows it, and a verdict with its reason. */
import type { PoolStatistics, WindowStatistics } from '../../core/contract/statistics.ts';
import { OverviewPage } from './pages/overview-page.ts';
import { readFigure } from './pages/read-figure.ts';
import { askEngine } from './support/ask-engine.ts';
import { expect, test } from './support/console-test.ts';
import { figuresReceived } from './support/figures-received.ts';

type WindowName = keyof WindowStatistics;

const counts: Readonly<Partial<Record<WindowName, string>>> = {
  totalRequests: 'Requests',
  successfulRequests: 'Successful',
  failedRequests: 'Failed',
  leases: 'Leases',
  releases: 'Releases',
  dials: 'Dials',
  dialFailures: 'Dials failed',
  resumedHandshakes: 'TLS resumed',
  checks: 'Checks',
  checkFailures: 'Checks failed',
};
const shares: Readonly<Partial<Record<WindowName, string>>> = {
  successRate: 'Success rate',
  connReuseRate: 'Reuse rate',
  connectionsReused: 'Connections reused',
  recyclingRate: 'Recycling rate',
};
const times: Readonly<Partial<Record<WindowName, string>>> = {
  avgResponseMs: 'Mean response',
  responseP50Ms: 'Hot: median response',
  recyclingDelayMeanMs: 'Recycling, mean',
  recyclingDelayP95Ms: 'Recycling, p95',
  waitP50Ms: 'Wait, p50',
  waitP95Ms: 'Wait, p95',
  coldMs: 'Cold request, mean',
  fullTlsMs: 'TLS in full, mean',
  resumedTlsMs: 'TLS resumed, mean',
};

/** What the panel must say of a window, as numbers of the screen's precision. */
function windowFigures(statistics: WindowStatistics): Record<string, number | null> {
  const figures: Record<string, number | null> = {};
  const put = (names: typeof counts, write: (value: number) => number): void => {
    for (const [name, label] of Object.entries(names)) {
      const value = statistics[name as WindowName];
      figures[label] = value === null ? null : write(value);
    }
  };
  put(counts, (value) => value);
  put(shares, screenPercent);
  put(times, (value) => (value >= 100 ? Math.round(value) : rounded(value, value >= 1 ? 1 : 2)));
  return figures;
}

/** To a tenth, and never rounded up to all. */
function screenPercent(share: number): number {
  const percent = rounded(share * 100, 1);
  return percent === 100 && share < 1 ? 99.9 : percent;
}

function rounded(value: number, digits: number): number {
  return value > 0 && value < 0.01 ? 0.01 : Number(value.toFixed(digits));
}

function nowFigures(statistics: PoolStatistics): Record<string, number> {
  return {
    Connections: statistics.totalConnections,
    Leased: statistics.activeConnections,
    Idle: statistics.idleConnections,
    Dialing: statistics.dialingConnections,
    Validating: statistics.validatingConnections,
    Checking: statistics.checkingConnections,
    Draining: statistics.drainingConnections,
    Healthy: statistics.healthyConnections,
    'Speaking h2': statistics.h2Connections,
    'Waiting for a lease': statistics.waiting,
    'Leases held too long': statistics.leasesOverLeakThreshold,
    'Entries, white list': statistics.whitelistIps,
    'Entries, black list': statistics.blacklistIps,
    'Moves back to the white list': statistics.whitelistMoves,
    'New from DNS': statistics.newConnectionsFromDns,
  };
}

test('every figure is the engine’s own', { tag: '@page' }, async ({ console, page }) => {
  const overview = new OverviewPage(page);
  const received = figuresReceived(page);
  await page.reload();
  // A host that never answers keeps its leases: with one of them no two of the counts are the same by chance.
  const held = 3;
  await askEngine(console.running, 'demo.setFault', { host: 'api.demo.test', fault: 'hang' });
  await askEngine(console.running, 'load.start', {
    urls: ['https://api.demo.test/status'],
    concurrency: held,
    durationMs: 120_000,
    timeoutMs: 60_000,
  });
  await expect.poll(async () => readFigure((await overview.figure('Leases')).sinceStart)).toBeGreaterThan(held);

  const before = await askEngine(console.running, 'statistics.get', {});
  // Tried again where the next message has come while this one was being drawn.
  await expect(async () => {
    await overview.nextFrame();
    const shown = await overview.figures();
    const statistics = received.at(-1) ?? before;
    expect(statistics.activeConnections).toBeGreaterThan(0);
    expect(statistics.atMs).toBeGreaterThan(before.atMs);
    const read = (label: string, column: number): number | null => readFigure(shown[label]?.[column] ?? '');
    const readAll = (figures: Record<string, number | null>, column: number): Record<string, number | null> =>
      Object.fromEntries(Object.keys(figures).map((label) => [label, read(label, column)]));
    const last60s = windowFigures(statistics.last60s);
    const sinceStart = windowFigures(statistics.sinceStart);
    const now = nowFigures(statistics);
    expect({
      last60s: readAll(last60s, 0),
      sinceStart: readAll(sinceStart, 1),
      now: readAll(now, 0),
      healthy: shown['Serving (IsHealthy)'],
    }).toEqual({ last60s, sinceStart, now, healthy: [statistics.isHealthy ? 'yes' : 'no'] });
  }).toPass({ intervals: [0], timeout: 40_000 });

  await test.step('the engine says the same to whoever asks', async () => {
    const { sinceStart } = await askEngine(console.running, 'statistics.get', {});
    for (const name of ['totalRequests', 'leases', 'dials', 'checks'] as const) {
      const told = received.at(-1)?.sinceStart[name];
      expect(told, name).toBeGreaterThanOrEqual(before.sinceStart[name]);
      expect(told, name).toBeLessThanOrEqual(sinceStart[name]);
    }
  });

  await test.step('the tiles say the same', async () => {
    await expect(async () => {
      await overview.nextFrame();
      const [connections, entries] = await Promise.all([
        overview.tile('Connections').textContent(),
        overview.tile('List entries, white / black').textContent(),
      ]);
      const { totalConnections, maxConnections, whitelistIps } = received.at(-1) ?? before;
      expect(connections).toContain(`${totalConnections}/ ${maxConnections}`);
      expect(entries).toContain(`${whitelistIps}/ 0`);
    }).toPass({ intervals: [0] });
  });

  await test.step('the engine’s own cost is there too', async () => {
    const figures = await overview.figures();
    for (const label of ['Loop delay, p50', 'Loop delay, p99', 'CPU, of one core', 'Memory', 'Bytes in', 'Bytes out']) {
      expect(readFigure(figures[label]?.[0] ?? ''), label).not.toBeNull();
    }
    expect(figures['Last update']?.[0]).toMatch(/^\d\d:\d\d:\d\d$/);
  });
});

test('the verdict changes with the pool, and says why', { tag: '@page' }, async ({ console, page }) => {
  const overview = new OverviewPage(page);
  await expect(overview.verdict).toHaveText(/^Healthy\s*for \d/);
  const everyone = [
    { list: 'black', value: '0.0.0.0/0' },
    { list: 'black', value: '::/0' },
  ] as const;
  await askEngine(console.running, 'access.apply', { add: [...everyone] });
  await expect(overview.verdict).toHaveText(/^Empty\s*the pool has no connection for \d/);
  await expect(overview.tile('Connections')).toContainText('none open');
  await expect(page.getByText('No connection is open', { exact: true })).toBeVisible();
  await askEngine(console.running, 'access.apply', {
    remove: everyone.map((entry) => ({ ...entry, origin: 'operator' as const })),
  });
  await expect(overview.verdict).toHaveText(/^Healthy\s*for \d/);
});
