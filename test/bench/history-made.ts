/** What a pool of 1,000 IPs of three hosts leaves behind, made: second by second, or a minute at once. */
import type { EventBus } from '../../core/base/event-bus.ts';
import type { ConnectionRow } from '../../core/contract/connections.ts';
import type { IpHealth, IpState } from '../../core/contract/health.ts';
import type { RememberedCheck } from '../../core/contract/history-health.ts';
import { type CloseReason, closeReasons } from '../../core/contract/vocabulary.ts';
import type { History } from '../../core/history/history.ts';
import type { SecondSample } from '../../core/history/history-batch.ts';
import { toMoved, withoutNoise } from '../../core/history/moment-frame.ts';
import { Histogram } from '../../core/statistics/histogram.ts';
import { fakePool } from '../support/fake-pool.ts';
import type { ManualClock } from '../support/manual-clock.ts';
import { seededRandom } from '../support/seeded-random.ts';

export const madeHosts = ['a.test', 'b.test', 'c.test'] as const;
const ips = 1_000;
/** As `health_check_interval` is by default. */
const checkedEveryS = 30;
const madeStatistics = fakePool().pool.statistics();
const states: readonly IpState[] = ['allowed', 'ejected', 'probing'];

export class MadePool {
  readonly #history: History;
  readonly #events: EventBus;
  readonly #clock: ManualClock;
  readonly #random = seededRandom(5);
  /** How often the connection to each IP was replaced. */
  readonly #lives: number[] = [];
  #momentSeq = 0;

  constructor(history: History, events: EventBus, clock: ManualClock) {
    this.#history = history;
    this.#events = events;
    this.#clock = clock;
  }

  /** The second that has just begun: 33 checks, three or four ends, two events, one address that changes its state. */
  second(second: number): void {
    this.#sample(second);
    this.#rest(second);
    this.#moment(second);
    for (let ip = second % checkedEveryS; ip < ips; ip += checkedEveryS) {
      this.#history.recordCheck(this.#check(ip, this.#clock.epochMs() + Math.floor(this.#random.next() * 1_000)));
    }
  }

  /** What is another in a second of 50 requests: of sixty connections of a thousand, four of which come and go. */
  #moment(second: number): void {
    const atMs = this.#clock.epochMs();
    this.#momentSeq += 1;
    const reset = this.#momentSeq === 1;
    const replaced = reset ? [] : Array.from({ length: 4 }, (_, at) => (second * 4 + at) % ips);
    const closed = replaced.map((place): [number, CloseReason] => [this.#idOf(place), 'max-lifetime']);
    for (const place of replaced) {
      this.#lives[place] = (this.#lives[place] ?? 0) + 1;
    }
    const all = Array.from({ length: ips }, (_, place) => place);
    const born = (reset ? all : replaced).map((place) => withoutNoise(this.#row(place, atMs)));
    const moved = Array.from({ length: 60 }, () => toMoved(this.#row(Math.floor(this.#random.next() * ips), atMs)));
    const statistics = { ...madeStatistics, atMs, totalConnections: ips, activeConnections: second % 50 };
    this.#history.recordMoment({
      seq: this.#momentSeq,
      reset,
      statistics,
      hosts: [],
      localOutage: null,
      warmUps: [],
      born,
      moved,
      closed,
    });
  }

  #idOf(place: number): number {
    return place + 1 + (this.#lives[place] ?? 0) * ips;
  }

  #row(place: number, atMs: number): ConnectionRow {
    const leases = Math.floor(this.#random.next() * 1_000);
    return {
      id: this.#idOf(place),
      state: leases % 2 === 0 ? 'idle' : 'leased',
      healthy: true,
      ...endpointOf(place),
      protocol: 'h2',
      profile: 'modern-h2',
      createdAtMs: atMs - leases * 300,
      idleSinceMs: leases % 2 === 0 ? atMs : null,
      leasedSinceMs: leases % 2 === 0 ? null : atMs,
      leases,
      requests: leases,
      errors: 0,
      tcpMs: 10 + this.#random.next() * 5,
      tlsMs: 20 + this.#random.next() * 9,
      lastResponseMs: 20 + this.#random.next() * 50,
      resumed: false,
    };
  }

  /** A minute at once: one second's things, but a check of every address. */
  minute(minute: number): void {
    this.#sample(minute);
    this.#rest(minute);
    for (let ip = 0; ip < ips; ip += 1) {
      this.#history.recordCheck(this.#check(ip, this.#clock.epochMs() + Math.floor((ip / ips) * 60_000)));
    }
  }

  #rest(number: number): void {
    for (let ended = 0; ended < (number % 3 === 0 ? 4 : 3); ended += 1) {
      this.#life(number * 4 + ended + 1);
    }
    for (const host of madeHosts.slice(0, 2)) {
      const ip = ipOf(number);
      const [message, code] = [`connect ECONNREFUSED ${ip}:443`, 'ECONNREFUSED'];
      this.#events.emit('warn', 'connection.dial-failed', host, { host, ip, class: 'refused', code, message });
    }
    const moved = number % ips;
    const atMs = this.#clock.epochMs();
    const state = states[Math.floor(number / ips) % states.length] ?? 'allowed';
    this.#history.recordHealth({ ...endpointOf(moved), atMs, health: healthOf(moved, state) });
  }

  #check(ip: number, atMs: number): RememberedCheck {
    const failed = this.#random.next() < 0.02;
    return {
      ...endpointOf(ip),
      atMs,
      kind: ip % 3 === 0 ? 'check' : 'ping',
      outcome: failed ? 'broken' : 'good',
      errorClass: failed ? 'timeout-response' : null,
      status: failed || ip % 3 !== 0 ? null : 200,
      ms: 10 + this.#random.next() * 50,
    };
  }

  #sample(second: number): void {
    const atS = Math.floor(this.#clock.epochMs() / 1_000);
    const responses = new Histogram();
    for (let request = 0; request < 50; request += 1) {
      responses.record(20 + this.#random.next() ** 4 * 500);
    }
    const encoded = responses.encode();
    const population = { total: 1_000, dialing: 3, idle: 940, active: 57, healthy: 990, waiting: 0 };
    const samples = madeHosts.map((scope): SecondSample => ({ scope, atS, quantities: population, distributions: {} }));
    samples.push({
      scope: '',
      atS,
      quantities: {
        ...population,
        requests: 50,
        failures: second % 7,
        leases: 50,
        'reusing-leases': 47,
        'rss-bytes': 2e8,
      },
      distributions: encoded ? { 'response-ms': encoded, 'wait-ms': encoded } : {},
    });
    this.#history.recordSecond(samples);
  }

  #life(id: number): void {
    const closedAtMs = this.#clock.epochMs();
    const reasons: readonly CloseReason[] = closeReasons;
    this.#history.recordLife({
      engineStartedAtMs: 1,
      id,
      ...endpointOf(id % ips),
      profile: 'modern-h2',
      protocol: 'h2',
      resumed: false,
      createdAtMs: closedAtMs - 300_000,
      closedAtMs,
      reason: reasons[id % reasons.length] ?? 'idle-timeout',
      tcpMs: 12,
      tlsMs: 24,
      lastResponseMs: 20,
      leases: 40,
      requests: 40,
      errors: 0,
    });
  }
}

export function ipOf(number: number): string {
  return `10.0.${Math.floor(number / 250) % 4}.${number % 250}`;
}

function endpointOf(number: number): { host: string; ip: string; port: number } {
  return { host: madeHosts[number % madeHosts.length] ?? '', ip: ipOf(number), port: 443 };
}

function healthOf(number: number, state: IpState): IpHealth {
  return {
    ...endpointOf(number),
    state,
    reason: state === 'allowed' ? null : 'failures-in-a-row',
    ejectedUntilMs: null,
    ejectedForMs: null,
    nextProbeAtMs: null,
    ejections: 1,
    heldInUse: false,
    consecutiveFailures: 0,
    goodProbes: 0,
    successShare: 0.98,
    asked: 4,
    latencyMs: 20,
    lastError: null,
  };
}
