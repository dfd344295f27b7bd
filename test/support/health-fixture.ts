/** A keeper of IP health on real lists, a clock and dice of the test's own, and a world that its probes look at. */
import { IpAccessController } from '../../core/access/ip-access-controller.ts';
import { EventBus } from '../../core/base/event-bus.ts';
import { defaultSettings } from '../../core/config/engine-settings.ts';
import type { HealthSettings, PoolSettings } from '../../core/config/settings.ts';
import type { EngineEvent } from '../../core/contract/events.ts';
import type { ErrorClass } from '../../core/contract/vocabulary.ts';
import { ClassifiedError } from '../../core/dial/classified-error.ts';
import { type Endpoint, parseHostName } from '../../core/dial/endpoint.ts';
import type { EndpointHealth } from '../../core/health/endpoint-health.ts';
import { IpHealthKeeper } from '../../core/health/ip-health-keeper.ts';
import type { IpRecord } from '../../core/health/ip-record.ts';
import { ManualClock } from './manual-clock.ts';
import { seededRandom } from './seeded-random.ts';

export interface HealthChange {
  readonly health?: Partial<HealthSettings>;
  readonly pool?: Partial<PoolSettings>;
}

export class HealthFixture {
  readonly clock = new ManualClock();
  readonly events: EngineEvent[] = [];
  readonly lists: IpAccessController;
  readonly keeper: IpHealthKeeper;
  /** What ails an IP; it answers well when it is not here. */
  readonly ailing = new Map<string, ErrorClass | 'hang' | 'no-room'>();
  /** IPs in the order in which they were probed. */
  readonly probes: { readonly ip: string; readonly atMs: number }[] = [];
  readonly #change: HealthChange;

  constructor(change: HealthChange = {}, seed = 1) {
    this.#change = change;
    const bus = new EventBus(this.clock);
    bus.subscribe((event) => this.events.push(event));
    this.lists = new IpAccessController({ clock: this.clock, events: bus });
    this.keeper = new IpHealthKeeper({
      settings: settingsWith(change),
      lists: this.lists,
      events: bus,
      clock: this.clock,
      random: seededRandom(seed),
    });
    this.keeper.probeWith({ probe: (endpoint, signal) => this.#probe(endpoint, signal) });
  }

  /** `host` has these addresses from now on. */
  resolve(host: string, ips: readonly string[]): this {
    this.keeper.resolved(
      parseHostName(host),
      ips.map((ip) => ({ ip, port: 443 })),
    );
    return this;
  }

  of(ip: string, host = 'a.test'): EndpointHealth {
    return this.keeper.of({ host: parseHostName(host), ip, port: 443 });
  }

  record(ip: string, host = 'a.test'): IpRecord {
    const found = [...this.keeper.records].find(
      ({ endpoint }) => endpoint.ip === ip && endpoint.host.name === parseHostName(host).name,
    );
    if (!found) {
      throw new Error(`${ip} of ${host} is not known`);
    }
    return found;
  }

  fail(ip: string, errorClass: ErrorClass = 'refused', times = 1, host = 'a.test'): void {
    for (let time = 0; time < times; time += 1) {
      this.of(ip, host).failed(error(errorClass));
    }
  }

  succeed(ip: string, host = 'a.test'): void {
    this.of(ip, host).succeeded('check', 10);
  }

  configure(change: HealthChange): void {
    this.keeper.updateSettings(
      settingsWith({
        health: { ...this.#change.health, ...change.health },
        pool: { ...this.#change.pool, ...change.pool },
      }),
    );
  }

  ofKind(kind: string): EngineEvent[] {
    return this.events.filter((event) => event.kind === kind);
  }

  async close(): Promise<void> {
    this.keeper.close();
    await this.lists.close();
  }

  async #probe(endpoint: Endpoint, signal: AbortSignal): Promise<boolean> {
    this.probes.push({ ip: endpoint.ip, atMs: this.clock.monotonicMs() });
    const ails = this.ailing.get(endpoint.ip);
    if (ails === 'hang') {
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    }
    if (ails === 'no-room') {
      throw error('local');
    }
    const health = this.keeper.of(endpoint);
    if (ails !== undefined && ails !== 'hang') {
      const failure = error(ails);
      health.failed(failure);
      throw failure;
    }
    health.succeeded('validation', 10);
    return true;
  }
}

export function error(errorClass: ErrorClass, retryAfterMs: number | null = null, code = 'TEST'): ClassifiedError {
  return new ClassifiedError(errorClass, code, `made for a test: ${errorClass}`, { retryAfterMs });
}

/** 10.0.0.1 and so on. */
export function ips(count: number, from = 1): string[] {
  return Array.from({ length: count }, (_, index) => `10.0.${(index + from) >> 8}.${(index + from) & 255}`);
}

function settingsWith({ health, pool }: HealthChange): ReturnType<typeof defaultSettings> {
  return defaultSettings({ ...(health && { health }), ...(pool && { pool }) });
}
