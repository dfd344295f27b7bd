/** What becomes of a pool's connections while the answers of DNS change: hours in simulated time. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultSettings } from '../../../core/config/engine-settings.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { type EngineEvent, openPool, type ProgramPool } from '../../../core/index.ts';
import { FakeNetwork } from '../../support/fake-network.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const refreshMs = 300_000;
let clock: ManualClock;
let network: FakeNetwork;
/** What the resolver answers; null: it fails. */
let answer: readonly string[] | null;
let askedAtMs: number[];
let heard: EngineEvent[];
let hot: ProgramPool;

beforeEach(() => {
  clock = new ManualClock();
  network = new FakeNetwork(clock);
  askedAtMs = [];
  heard = [];
});

/** The host has these IPs, and a floor of two. */
async function run(...ips: string[]): Promise<void> {
  answer = ips;
  hot = openPool({
    settings: defaultSettings({
      targets: [{ host: parseHostName('edge.test'), path: '/', ips: null }],
      // Nothing but DNS closes a connection.
      pool: { dnsUpdateIntervalMs: refreshMs, minIdlePerHost: 2, maxLifetimeMs: 86_400_000, idleTimeoutMs: 86_400_000 },
    }),
    dependencies: {
      clock,
      random: { next: () => 0.5 },
      dialer: network,
      resolver: {
        async resolve({ port }) {
          askedAtMs.push(clock.monotonicMs());
          if (!answer) {
            throw new ClassifiedError('dns', 'EAI_AGAIN', 'down');
          }
          return answer.map((ip) => ({ ip, port }));
        },
      },
      monitor: {
        sample: () => ({ loopDelayP50Ms: 0, loopDelayP99Ms: 1, cpuShare: 0, rssBytes: 1, openFileDescriptors: null }),
        dispose: () => undefined,
      },
    },
  });
  hot.events.subscribe((event) => heard.push(event));
  await clock.advance(1_000);
}

afterEach(async () => {
  const closed = hot.close(AbortSignal.abort());
  await clock.advance(10_000);
  await closed;
});

function idleIps(): string[] {
  return [...hot.pool.rows()]
    .filter(({ state }) => state === 'idle')
    .map(({ ip }) => ip)
    .toSorted();
}

it('an IP that comes and goes at each refresh for an hour costs no drain and no dial', async () => {
  await run('10.0.0.1', '10.0.0.2');
  expect(idleIps()).toEqual(['10.0.0.1', '10.0.0.2']);
  for (let refresh = 1; refresh <= 12; refresh += 1) {
    answer = refresh % 2 === 1 ? ['10.0.0.1'] : ['10.0.0.1', '10.0.0.2'];
    await clock.advance(refreshMs);
  }
  expect(askedAtMs.length).toBeGreaterThan(12);
  expect(network.dialled).toHaveLength(2);
  expect(idleIps()).toEqual(['10.0.0.1', '10.0.0.2']);
});

it('a new IP is warmed and counted; one that stays away drains after the grace', async () => {
  await run('10.0.0.1');
  expect(idleIps()).toEqual(['10.0.0.1', '10.0.0.1']);
  answer = ['10.0.0.1', '10.0.0.2'];
  await clock.advance(refreshMs);
  expect(idleIps()).toEqual(['10.0.0.1', '10.0.0.1', '10.0.0.2']);
  expect(hot.stats().newConnectionsFromDns).toBe(1);
  answer = ['10.0.0.2'];
  await clock.advance(refreshMs);
  expect(idleIps()).toContain('10.0.0.1');
  await clock.advance(300_000);
  expect(idleIps()).toEqual(['10.0.0.2', '10.0.0.2']);
});

it('a resolver that is down for an hour leaves every connection where it is, and is said once', async () => {
  await run('10.0.0.1', '10.0.0.2');
  answer = null;
  await clock.advance(12 * refreshMs);
  expect(idleIps()).toEqual(['10.0.0.1', '10.0.0.2']);
  expect(network.dialled).toHaveLength(2);
  expect(heard.filter(({ kind }) => kind === 'dns.refresh-failed')).toHaveLength(1);
});

it('a host that fails on every IP is resolved again, not more than once in five seconds, and found where it is now', async () => {
  network.dials.set('10.0.0.1', 'refused').set('10.0.0.2', 'refused');
  await run('10.0.0.1', '10.0.0.2');
  await clock.advance(60_000);
  expect(askedAtMs.length).toBeGreaterThan(2);
  const pauses = askedAtMs.slice(1).map((atMs, index) => atMs - (askedAtMs[index] ?? 0));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(5_000);
  answer = ['10.0.0.3'];
  await clock.advance(60_000);
  expect(idleIps()).toContain('10.0.0.3');
});
