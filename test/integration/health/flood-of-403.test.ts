/** A host of the demo fleet blocks us on every IP, on real TLS, and relents. */
import { expect, it } from 'vitest';
import { IpAccessController } from '../../../core/access/ip-access-controller.ts';
import { systemClock } from '../../../core/base/clock.ts';
import { EventBus } from '../../../core/base/event-bus.ts';
import { systemRandom } from '../../../core/base/random.ts';
import { defaultSettings } from '../../../core/config/engine-settings.ts';
import type { EngineEvent } from '../../../core/contract/events.ts';
import type { HostHealth, IpHealth } from '../../../core/contract/health.ts';
import { type DemoFleet, startDemoFleet } from '../../../core/demo/demo-fleet.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { TlsDialer } from '../../../core/dial/tls-dialer.ts';
import { JudgedAddresses } from '../../../core/engine/judged-addresses.ts';
import { HttpConnectionValidator } from '../../../core/health/connection-validator.ts';
import { HealthChecker } from '../../../core/health/health-checker.ts';
import { HealthPictures } from '../../../core/health/health-picture.ts';
import { IpHealthKeeper } from '../../../core/health/ip-health-keeper.ts';
import { HotConnPool } from '../../../core/pool/hot-conn-pool.ts';
import { FakeBudget } from '../../support/fake-network.ts';

const blocking = 'tiles.demo.test';
const other = 'edge.demo.test';
const clock = systemClock;
const random = systemRandom;

/** The parts of an engine that a flood concerns, with checks and ejections of about a second. */
class FloodedPool implements AsyncDisposable {
  readonly events: EngineEvent[] = [];
  readonly lists: IpAccessController;
  readonly pool: HotConnPool;
  readonly #fleet: DemoFleet;
  readonly #keeper: IpHealthKeeper;
  readonly #checker: HealthChecker;
  readonly #pictures: HealthPictures;

  constructor(fleet: DemoFleet) {
    this.#fleet = fleet;
    const settings = defaultSettings({
      pool: { healthCheckIntervalMs: 600, maxIdleConnections: 100, maxConnectionsPerHost: 50 },
      health: { ejectBaseMs: 1_000, ejectMaxMs: 2_000 },
      targets: fleet.hosts,
    });
    const bus = new EventBus(clock);
    bus.subscribe((event) => this.events.push(event));
    this.lists = new IpAccessController({ clock, events: bus });
    this.#keeper = new IpHealthKeeper({ settings, lists: this.lists, events: bus, clock, random });
    this.#pictures = new HealthPictures(this.#keeper, this.lists, clock);
    const directory = {
      addresses: fleet.resolver.resolve.bind(fleet.resolver),
      onChange: () => () => undefined,
      failing: () => undefined,
      forget: () => undefined,
    };
    this.pool = new HotConnPool(settings, {
      clock,
      random,
      dialer: new TlsDialer({ clock, extraCa: [fleet.caPem] }),
      budget: new FakeBudget(),
      hosts: new JudgedAddresses(directory, this.#keeper),
      access: this.lists,
      health: this.#keeper,
      validator: new HttpConnectionValidator({ clock, settings }),
      events: bus,
      process: {
        sample: () => ({ loopDelayP50Ms: 0, loopDelayP99Ms: 0, cpuShare: 0, rssBytes: 0, openFileDescriptors: null }),
        dispose: () => undefined,
      },
    });
    this.#keeper.probeWith(this.pool);
    this.#checker = new HealthChecker({
      connections: this.pool,
      ipOf: (id) => this.pool.row(id)?.ip,
      settings: { healthCheckIntervalMs: settings.pool.healthCheckIntervalMs, checkConcurrency: 32 },
      events: bus,
      clock,
      random,
    });
  }

  ips(host: string): IpHealth[] {
    return this.#pictures.picture(host).ips;
  }

  host(host: string): HostHealth | undefined {
    return this.#pictures.picture(host).hosts[0];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#checker.close();
    this.#keeper.close();
    await this.pool.close(AbortSignal.abort());
    await this.lists.close();
    await this.#fleet.close();
  }
}

it('is seen on idle HTTP/2 connections, ejects half of the IPs and no more, and is over when it is over', async () => {
  const workerUrl = new URL('../../../core/demo/demo-origins-worker.ts', import.meta.url);
  const fleet = await startDemoFleet({ endpoints: 20, seed: 1, workerUrl, clock, random });
  await using flooded = new FloodedPool(fleet);
  const { pool, lists, events } = flooded;
  for (const host of [blocking, other].map(parseHostName)) {
    for (const endpoint of await pool.endpointsOf(host)) {
      await pool.open(endpoint, { timeoutMs: 5_000, priority: 'warm-up', signal: AbortSignal.timeout(10_000) });
    }
  }
  const count = flooded.ips(blocking).length;
  const most = Math.floor(count / 2);
  expect(most).toBeGreaterThan(2);
  expect(
    [...pool.rows()].filter(({ host, protocol }) => host === blocking && protocol === 'h2').length,
  ).toBeGreaterThan(2);
  expect(flooded.ips(blocking).every(({ state }) => state === 'allowed')).toBe(true);

  await fleet.setFault({ hostname: blocking }, '403');
  await expect.poll(() => flooded.host(blocking)?.blocksUs, { timeout: 15_000 }).toBe(true);
  expect(flooded.host(blocking)).toMatchObject({ ips: count, ejected: most, mayEject: most, panic: false });
  expect(flooded.ips(blocking).filter(({ heldInUse }) => heldInUse)).toHaveLength(count - most);
  expect(flooded.host(other)).toMatchObject({ ejected: 0, blocksUs: false });
  expect(events.filter(({ kind }) => kind === 'health.host-blocks-us')).toMatchObject([{ subject: blocking }]);
  // Probes go on, fail, and make the ejections longer.
  const longest = (): number => Math.max(...flooded.ips(blocking).map(({ ejections }) => ejections));
  await expect.poll(longest, { timeout: 10_000 }).toBeGreaterThan(1);

  await fleet.setFault({ hostname: blocking }, null);
  await expect.poll(() => flooded.host(blocking)?.ejected, { timeout: 15_000 }).toBe(0);
  expect(lists.whitelistMoves).toBeGreaterThanOrEqual(most);
  using lease = await pool.acquire(blocking);
  const { statusCode, body } = await lease.request({ path: '/health', method: 'GET' });
  await body.dump();
  expect(statusCode).toBe(200);
  expect(events.filter(({ kind }) => kind === 'health.panic')).toEqual([]);
}, 60_000);
