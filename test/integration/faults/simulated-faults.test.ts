/** The rows of the matrix that are about this machine and about DNS: on a network that does what the test says. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../core/base/random.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { classify } from '../../../core/dial/error-classes.ts';
import { RefreshingHostDirectory } from '../../../core/dns/host-directory.ts';
import type { ResolvedAddress } from '../../../core/dns/resolver.ts';
import { HotConnPool } from '../../../core/pool/hot-conn-pool.ts';
import {
  FakeAccess,
  FakeBudget,
  FakeHealth,
  FakeNetwork,
  FakeValidator,
  fakeSettings,
  RecordingEvents,
} from '../../support/fake-network.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { type FaultIn, type Reaction, rowsIn } from './fault-matrix.ts';

const host = 'example.test';
const ips = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
const visitEveryMs = 1_000;
/** Longer than any row lasts: what is closed is closed by the fault. */
const forEver = { maxLifetimeMs: 86_400_000, idleTimeoutMs: 86_400_000 };

class SimulatedWorld {
  readonly clock = new ManualClock();
  readonly network = new FakeNetwork(this.clock);
  readonly health = new FakeHealth();
  readonly events = new RecordingEvents();
  readonly closed: string[] = [];
  refused = 0;
  /** What DNS says; an error is thrown. */
  answer: readonly string[] | ClassifiedError = ips;
  readonly pool: HotConnPool;

  constructor() {
    const { clock, network, health, events } = this;
    const random = seededRandom(1);
    const settings = fakeSettings({ targets: [host], pool: { minIdlePerHost: 3, ...forEver } });
    const directory = new RefreshingHostDirectory({
      resolver: { resolve: async () => this.#resolved() },
      clock,
      random,
      events,
      settings: { refreshIntervalMs: settings.pool.dnsUpdateIntervalMs, graceMs: 300_000 },
    });
    this.pool = new HotConnPool(settings, {
      clock,
      random,
      dialer: network,
      budget: new FakeBudget(),
      hosts: directory,
      access: new FakeAccess(),
      health,
      validator: new FakeValidator(),
      events,
      process: {
        sample: () => ({ loopDelayP50Ms: 0, loopDelayP99Ms: 0, cpuShare: 0, rssBytes: 0, openFileDescriptors: null }),
        dispose: () => undefined,
      },
    });
    this.pool.observe({ changed: () => undefined, closed: (_id, reason) => this.closed.push(reason) });
  }

  /** A visitor comes, and holds his connection for a moment. */
  async pass(ms: number, everyMs = visitEveryMs): Promise<void> {
    for (let passedMs = 0; passedMs < ms; passedMs += everyMs) {
      this.pool.acquire(host, { timeoutMs: everyMs / 2 }).then(
        (lease) => lease.release(),
        () => {
          this.refused += 1;
        },
      );
      await this.clock.advance(everyMs);
    }
  }

  /** Simulated milliseconds until the IP is dialled with success. */
  async untilItServes(ip: string): Promise<number> {
    const startedMs = this.clock.monotonicMs();
    const lease = await this.pool.acquireIp(`https://${host}/`, ip);
    lease.release();
    return this.clock.monotonicMs() - startedMs;
  }

  #resolved(): ResolvedAddress[] {
    if (this.answer instanceof ClassifiedError) {
      throw this.answer;
    }
    return this.answer.map((ip) => ({ ip, port: 443 }));
  }
}

/** Makes the fault, and gives back what ends it. */
const make: Record<FaultIn<'simulated'>, (world: SimulatedWorld) => () => void> = {
  'fd limit'({ network, pool }) {
    network.dials.set('*', classify(Object.assign(new Error('too many open files'), { code: 'EMFILE' }), 'tcp'));
    // More than there are: somebody has to dial.
    const leases = Array.from({ length: 5 }, () => pool.acquire(host).catch(() => null));
    return () => {
      network.dials.clear();
      for (const lease of leases) {
        void lease.then((it) => it?.release());
      }
    };
  },
  'DNS empty': (world) => answering(world, []),
  'DNS error': (world) => answering(world, new ClassifiedError('dns', 'EAI_AGAIN', 'the resolver does not answer')),
};

function answering(world: SimulatedWorld, answer: SimulatedWorld['answer']): () => void {
  world.answer = answer;
  return () => {
    world.answer = ips;
  };
}

const expectReaction: Partial<Record<Reaction, (world: SimulatedWorld) => void>> = {
  'others-serve': ({ refused }) => expect(refused).toBe(0),
  keep: ({ closed }) => expect(closed.filter((reason) => reason !== 'failed-dial')).toEqual([]),
  'blame-nobody'({ health, pool }) {
    expect(health.failures).toEqual([]);
    for (const ip of ips) {
      expect(pool.explain(ip)).toMatchObject({ endpoints: [{ failuresInARow: 0, backOffUntilMs: null }] });
    }
  },
};

/** A refresh that fails is the directory's alone, and says by its kind what it is. */
function classesSeen({ events }: SimulatedWorld): Set<unknown> {
  const dials = events.ofKind('connection.dial-failed').map(({ data }) => data.class);
  const refreshes = events.ofKind('dns.refresh-failed').map(() => 'dns');
  return new Set([...dials, ...refreshes]);
}

describe.each(rowsIn('simulated'))('%s', (fault, row) => {
  it(`is ${row.errorClass}: ${row.reactions.join(', ')}`, async () => {
    const world = new SimulatedWorld();
    await world.pass(5_000);
    const counted = (): number =>
      row.statistic === 'dns.refresh-failed'
        ? world.events.ofKind(row.statistic).length
        : world.pool.stats().sinceStart[row.statistic];
    const countedBefore = counted();
    const cure = make[fault](world);
    await world.pass(row.lastsMs, Math.max(visitEveryMs, row.lastsMs / 400));
    for (const reaction of row.reactions) {
      const look = expectReaction[reaction];
      if (!look) {
        throw new Error(`nobody looks for ${reaction} here`);
      }
      look(world);
    }
    expect([...classesSeen(world)]).toEqual([row.errorClass]);
    expect(counted()).toBeGreaterThan(countedBefore);

    cure();
    await world.clock.advance(0);
    const recovered = world.untilItServes('10.0.0.1');
    await world.clock.advance(row.longestRecoveryMs);
    expect(await recovered).toBeLessThanOrEqual(row.longestRecoveryMs);
    await world.pool.close();
  });
});
