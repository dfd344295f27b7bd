/** What the pool holds for one host: its endpoints, who waits, and which connections could serve now. */
import { type HostName, hostUrl } from '../dial/endpoint.ts';
import type { ResolvedAddress } from '../dns/resolver.ts';
import { HostSecond } from '../statistics/host-second.ts';
import { UsualTimesKeeper } from '../statistics/usual-times.ts';
import { AvailableSet } from './available-set.ts';
import { FailureRecord, HistoryRing } from './history-ring.ts';
import { IdleLimit } from './idle-limit.ts';
import { StateCounts } from './state-counts.ts';
import { type EndpointScore, Upstream } from './upstream.ts';
import { WaiterQueue } from './waiter-queue.ts';

const keptEvents = 16;
/** Endpoints that are not among a host's addresses (they have gone, or a caller named them) and are remembered all the same. */
export const mostStrangers = 10_000;

export class HostPool {
  /** Endpoints with a connection that is not closed. */
  populated = 0;
  /** Available (idle, or on HTTP/2 leased with a stream to spare): connections to white-listed IPs, null before the first. */
  preferred: AvailableSet | null = null;
  /** Those to other IPs. */
  readonly ordinary = new AvailableSet();
  /** So many wait; counted by the queue, here so that a lease need not touch the queue to see that nobody does. */
  waiting = 0;
  readonly counts = new StateCounts();
  readonly waiters = new WaiterQueue();
  /** Of the second that goes on. */
  readonly second = new HostSecond();
  readonly idleLimit = new IdleLimit();
  readonly host: HostName;
  /** As URLs say it: `https://host` or `https://host:port`. */
  readonly origin: string;
  /** The path that validates a new connection. */
  path: string;
  /** In `[[targets]]`: it has a floor. */
  watched: boolean;
  /** It was watched and is not any more: it is shown for as long as something of it is open. */
  left = false;
  live = 0;
  healthy = 0;
  /** Dials and checks under way for those who wait for any endpoint. */
  suppliers = 0;
  /** Places of the floor that are being filled, or rest after a failure. */
  refilling = 0;
  /** Failures to fill the floor, in a row. */
  refillFailures = 0;
  lastDialError: Error | null = null;
  /** When somebody last asked for it, dialled it or lost a connection to it; monotonic. Not on the way of a lease at hand. */
  usedMs: number;
  /** The family that was dialled last for who waits; the other is next, IPv6 first (RFC 8305, section 4). */
  dialledIPv6 = false;
  /** How fast it is when nothing is wrong. */
  readonly usual = new UsualTimesKeeper();
  /** For who asks why. */
  readonly history = new HistoryRing(keptEvents);
  readonly record = new FailureRecord();
  readonly #upstreams = new Map<string, Upstream>();
  readonly #byIp = new Map<string, Upstream>();
  #list: readonly Upstream[] = [];
  /** Those of the list. */
  #present: ReadonlySet<Upstream> = new Set();
  #resolved = false;
  /** What was known of its endpoints before this process began. */
  #remembered: ReadonlyMap<string, EndpointScore> = new Map();

  constructor(host: HostName, path: string, watched: boolean, nowMs: number) {
    this.usedMs = nowMs;
    this.host = host;
    this.origin = new URL(hostUrl(host, '')).origin;
    this.path = path;
    this.watched = watched;
  }

  /** Its addresses are known. */
  get resolved(): boolean {
    return this.#resolved;
  }

  /** Where a connection to one of its endpoints is available. */
  setFor(preferred: boolean): AvailableSet {
    if (!preferred) {
      return this.ordinary;
    }
    this.preferred ??= new AvailableSet();
    return this.preferred;
  }

  get upstreams(): readonly Upstream[] {
    return this.#list;
  }

  /** Until the first of its addresses may be asked again; 0 when one may now, or none is known. */
  restMs(nowMs: number): number {
    const first = this.#list.reduce((least, { restUntilMs }) => Math.min(least, restUntilMs), Number.POSITIVE_INFINITY);
    return this.#list.length === 0 ? 0 : Math.max(0, first - nowMs);
  }

  /** The upstream of an address, if there is one; makes none. */
  known(ip: string, port: number): Upstream | undefined {
    return this.#upstreams.get(upstreamKey(ip, port));
  }

  /** The upstream of an address; one that the caller named himself is made when it is not known, and does not belong. */
  upstream(ip: string, port: number): Upstream {
    const key = upstreamKey(ip, port);
    let upstream = this.#upstreams.get(key);
    if (!upstream) {
      this.#forgetStrangers();
      upstream = this.#made(ip, port, false);
    }
    return upstream;
  }

  /** The upstream of an address that somebody wants to be kept hot from now on, whoever named it. */
  adopt(ip: string, port: number): Upstream {
    const upstream = this.upstream(ip, port);
    upstream.belongs = true;
    return upstream;
  }

  /** Every upstream with this IP that is remembered, those that have vanished and those named by a caller included. */
  allWithIp(ip: string): readonly Upstream[] {
    return [...this.#upstreams.values()].filter(({ endpoint }) => endpoint.ip === ip);
  }

  /** Scores of its endpoints, by `ip|port`, for those that are here and those that will come. */
  remember(scores: ReadonlyMap<string, EndpointScore>): void {
    this.#remembered = scores;
    for (const [key, upstream] of this.#upstreams) {
      restoreScore(upstream, scores.get(key));
    }
  }

  /** Of every endpoint of which something is known, those that have not been met since the beginning included. */
  *scores(): Iterable<readonly [key: string, score: EndpointScore]> {
    for (const [key, { score, belongs }] of this.#upstreams) {
      if (score && belongs) {
        yield [key, score];
      }
    }
    for (const [key, score] of this.#remembered) {
      if (!this.#upstreams.has(key)) {
        yield [key, score];
      }
    }
  }

  /** It is one of the host's own addresses now, or nobody has asked for these yet. */
  mayHave(ip: string, port: number): boolean {
    const upstream = this.known(ip, port);
    return !this.#resolved || (upstream !== undefined && this.#present.has(upstream));
  }

  /** The host's own address with this IP, if it has one. */
  findByIp(ip: string): Upstream | undefined {
    return this.#byIp.get(ip);
  }

  /** Takes the host's present set of addresses and gives back those that have gone. */
  resolvedTo(addresses: readonly ResolvedAddress[], nowMs: number): readonly Upstream[] {
    if (!this.#resolved) {
      this.history.record('resolved', '', nowMs);
    }
    const present = new Set<Upstream>();
    for (const { ip, port } of addresses) {
      const key = upstreamKey(ip, port);
      let upstream = this.#upstreams.get(key);
      if (!upstream) {
        upstream = this.#made(ip, port, this.#resolved);
      }
      upstream.vanished = false;
      upstream.belongs = true;
      present.add(upstream);
    }
    const gone = this.#list.filter((upstream) => !present.has(upstream));
    for (const upstream of gone) {
      upstream.vanish();
      if (upstream.connections.size === 0) {
        this.#upstreams.delete(upstreamKey(upstream.endpoint.ip, upstream.endpoint.port));
      }
    }
    this.#list = [...present];
    this.#present = present;
    this.#byIp.clear();
    for (const upstream of present) {
      this.#byIp.set(upstream.endpoint.ip, upstream);
    }
    this.#resolved = true;
    this.#forgetStrangers();
    return gone;
  }

  #made(ip: string, port: number, discovered: boolean): Upstream {
    const key = upstreamKey(ip, port);
    const upstream = new Upstream({ host: this.host, ip, port }, discovered);
    this.#upstreams.set(key, upstream);
    restoreScore(upstream, this.#remembered.get(key));
    return upstream;
  }

  /** Those met first go first, a tenth at a time; what somebody waits for, or is connected to, stays. */
  #forgetStrangers(): void {
    if (this.#upstreams.size - this.#list.length < mostStrangers) {
      return;
    }
    let left = mostStrangers / 10;
    for (const [key, upstream] of this.#upstreams) {
      const isUsed = upstream.connections.size > 0 || upstream.suppliers > 0 || this.waiters.boundTo(upstream) > 0;
      if (!isUsed && !this.#present.has(upstream)) {
        this.#upstreams.delete(key);
        left -= 1;
      }
      if (left === 0) {
        return;
      }
    }
  }
}

function restoreScore(upstream: Upstream, score: EndpointScore | undefined): void {
  if (score) {
    upstream.restore(score);
  }
}

export function upstreamKey(ip: string, port: number): string {
  return `${ip}|${port}`;
}

export function readUpstreamKey(key: string): { readonly ip: string; readonly port: number } {
  const bar = key.lastIndexOf('|');
  return { ip: key.slice(0, bar), port: Number(key.slice(bar + 1)) };
}
