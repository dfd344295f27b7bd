/** Looks after connections that nobody uses: each is checked before it has been idle for the interval. */
import type { Clock, Timer } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import { jittered, type Random } from '../base/random.ts';
import type { CheckableConnections } from '../pool/pool-ports.ts';
import { CheckQueue } from './check-queue.ts';
import type { Validation } from './validation.ts';

export interface HealthCheckerSettings {
  /** `health_check_interval`. */
  readonly healthCheckIntervalMs: number;
  /** `check_concurrency`: checks in flight. */
  readonly checkConcurrency: number;
}

export interface HealthCheckerOptions {
  readonly connections: CheckableConnections;
  /** Of a live connection; undefined when it has gone. */
  readonly ipOf: (connectionId: number) => string | undefined;
  readonly settings: HealthCheckerSettings;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly random: Random;
}

export interface CheckSummary {
  /** Those that were idle; leased and vanished ones are left alone and not counted. */
  readonly checked: number;
  readonly healthy: number;
  readonly unhealthy: number;
}

/** The interval is looked at in so many beats. */
const beatsPerInterval = 10;
const beatJitter = 0.1;
/** From half of the interval on, a connection may be checked early, so that those warmed together drift apart. */
const earlyShare = 0.5;
const earlyChance = 0.25;
/** Leaves a beat, with its jitter, before the interval is over. */
const dueShare = 0.85;

export class HealthChecker {
  readonly #options: HealthCheckerOptions;
  readonly #queue: CheckQueue<Validation | null>;
  #settings: HealthCheckerSettings;
  #timer: Timer | null = null;
  #closed = false;

  /** Begins at once. */
  constructor(options: HealthCheckerOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#queue = new CheckQueue(options.settings.checkConcurrency, (connectionId) => this.#check(connectionId));
    this.#scheduleBeat();
  }

  /** Checks in flight. */
  get inFlight(): number {
    return this.#queue.inFlight;
  }

  /** Every idle connection, now. Resolves when all are done. */
  async checkAll(): Promise<CheckSummary> {
    const validations = await this.#checkEach(this.#options.connections.idleFor(0));
    const healthy = validations.filter(({ verdict }) => verdict === 'good').length;
    return { checked: validations.length, healthy, unhealthy: validations.length - healthy };
  }

  /** Those of the named connections that are idle. Resolves with how many were checked, when all are done. */
  async check(connectionIds: readonly number[]): Promise<number> {
    return (await this.#checkEach(connectionIds)).length;
  }

  /** Closes every connection whose healthy flag is down and that is not leased. Returns how many. */
  cleanUpUnhealthy(): number {
    const closed = this.#options.connections.closeUnhealthy();
    if (closed > 0) {
      this.#options.events.emit('info', 'health.cleaned-up', 'pool', { closed });
    }
    return closed;
  }

  /** In force from now on: the beat follows the new interval at once. */
  updateSettings(settings: HealthCheckerSettings): void {
    if (this.#closed) {
      return;
    }
    this.#settings = settings;
    this.#queue.setConcurrency(settings.checkConcurrency);
    this.#timer?.cancel();
    this.#scheduleBeat();
  }

  /** No timer is left, what waited is dropped; checks in flight end with their connections. Twice is fine. */
  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#timer = null;
    this.#queue.clear();
  }

  #scheduleBeat(): void {
    const { clock, random } = this.#options;
    const delayMs = jittered(random, this.#settings.healthCheckIntervalMs / beatsPerInterval, beatJitter);
    this.#timer = clock.after(delayMs, () => {
      this.#beat();
      this.#scheduleBeat();
    });
  }

  #beat(): void {
    const { connections, random } = this.#options;
    const intervalMs = this.#settings.healthCheckIntervalMs;
    const due = new Set(connections.idleFor(intervalMs * dueShare));
    for (const connectionId of connections.idleFor(intervalMs * earlyShare)) {
      if (due.has(connectionId) || random.next() < earlyChance) {
        void this.#add(connectionId);
      }
    }
  }

  async #checkEach(connectionIds: readonly number[]): Promise<Validation[]> {
    const validations = await Promise.all(connectionIds.map((connectionId) => this.#add(connectionId)));
    return validations.filter((validation) => validation !== null);
  }

  #add(connectionId: number): Promise<Validation | null> {
    const ip = this.#closed ? undefined : this.#options.ipOf(connectionId);
    return ip === undefined ? Promise.resolve(null) : this.#queue.add(connectionId, ip);
  }

  async #check(connectionId: number): Promise<Validation | null> {
    try {
      return await this.#options.connections.check(connectionId);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#options.events.emit('error', 'health.check-broken', String(connectionId), { message });
      return null;
    }
  }
}
