/** One endpoint of one host, and what the pool has learned of it. */
import type { AccessPolicy, AccessVerdict } from '../access/access-policy.ts';
import type { ClassifiedError } from '../dial/classified-error.ts';
import type { Endpoint } from '../dial/endpoint.ts';
import { errorTraits } from '../dial/error-classes.ts';
import type { EndpointHealth, Standing } from '../health/endpoint-health.ts';
import type { Validation } from '../health/validation.ts';
import { FailureRecord, HistoryRing } from './history-ring.ts';
import type { HotConnection } from './hot-connection.ts';

/** Paths whose verdict is kept; the oldest goes first. */
const keptVerdicts = 256;
/** Weight of the newest in a moving average. */
const newestWeight = 0.3;
/** A slow start begins at this share. */
const slowStartFloor = 0.1;
const firstBackOffMs = 1_000;
const longestBackOffMs = 30_000;
const keptEvents = 8;
/** However long a server asks to be left alone (an hour). */
const longestRestMs = 3_600_000;

/** Of an endpoint that never answered: behind all that did. */
const slowest = Number.MAX_VALUE / 100;
const leastShare = 0.05;

export interface EndpointScore {
  readonly responseMs: number | null;
  /** 0 to 1. */
  readonly successShare: number;
  /** Monotonic, when it was last dialled: before the beginning of this process it is below zero. */
  readonly scoredMs: number;
}

export interface PathVerdict {
  readonly validation: Validation;
  readonly atMs: number;
}

export class Upstream {
  /** Leases on its connections. */
  inFlight = 0;
  #preferred = false;
  #preferredEpoch = -1;
  readonly endpoint: Endpoint;
  readonly isIPv6: boolean;
  /** A refresh of DNS brought it, after the host was first resolved. */
  readonly discovered: boolean;
  /** Everything that is not closed. */
  readonly connections = new Set<HotConnection>();
  /** Dials and checks under way for those who wait for this very endpoint. */
  suppliers = 0;
  /** The host's set no longer has it: nothing is dialled, what is left drains. */
  vanished = false;
  /**
   * One of the host's addresses, or one that a warm-up was told to make hot (document 000: an operator's list of IPs). Any
   * other is a name that one caller gave for one request: it is dialled for him, and nothing else is. It has no health to
   * be kept, no check, no probe, no successor and no history, so that one that was mistyped is gone with its connection.
   */
  belongs = false;
  /** Remote failures of dials in a row. */
  failures = 0;
  /** Until then another endpoint is dialled, if there is one. */
  backOffUntilMs = 0;
  /** TLS profiles that it refused when they were last offered to it. */
  readonly refusedProfiles = new Set<string>();
  /** Its server asked to be left alone until then (Retry-After). */
  restUntilMs = 0;
  /** Fetched when it is first asked for, and anew when its keeper has forgotten it. */
  health: EndpointHealth | null = null;
  /** For who asks why. */
  readonly history = new HistoryRing(keptEvents);
  readonly record = new FailureRecord();
  #responseMs: number | null = null;
  /** A moving average of 1 (ready) and 0 (failed); null before the first. */
  #successShare: number | null = null;
  #scoredMs = 0;
  #warmSinceMs: number | null = null;
  /** It was away (failing, forbidden, vanished): its next connection begins a slow start. */
  #returning = true;
  readonly #verdicts = new Map<string, PathVerdict>();
  #access: AccessVerdict | null = null;
  #accessEpoch = -1;
  #standing: Standing = 'open';

  constructor(endpoint: Endpoint, discovered: boolean) {
    this.endpoint = endpoint;
    this.isIPv6 = endpoint.ip.includes(':');
    this.discovered = discovered;
  }

  /** The policy's word and the automaton's, asked once per change of the lists or of the standing. */
  verdict(policy: AccessPolicy, epoch: number, standing: Standing): AccessVerdict {
    if (!this.#access || this.#accessEpoch !== epoch || this.#standing !== standing) {
      this.#access = withStanding(policy.verdict(this.endpoint.ip), standing, this.endpoint.ip);
      this.#accessEpoch = epoch;
      this.#standing = standing;
      this.#returning ||= !this.#access.allowed;
    }
    return this.#access;
  }

  /** White-listed by somebody, not by its own success: automatic entries must not draw every dial to the first IP that worked. */
  preferred(policy: AccessPolicy, epoch: number): boolean {
    if (this.#preferredEpoch !== epoch) {
      const { allowed, list, rule } = policy.verdict(this.endpoint.ip);
      this.#preferred = allowed && list === 'white' && rule !== null && rule.origin !== 'automatic';
      this.#preferredEpoch = epoch;
    }
    return this.#preferred;
  }

  /** A moving average of response times; null before the first. */
  get responseMs(): number | null {
    return this.#responseMs;
  }

  responded(durationMs: number): void {
    this.#responseMs = moved(this.#responseMs, durationMs);
  }

  /** What it is worth, to be kept over a restart; null while nothing is known of it. */
  get score(): EndpointScore | null {
    return this.#successShare === null
      ? null
      : { responseMs: this.#responseMs, successShare: this.#successShare, scoredMs: this.#scoredMs };
  }

  /** What was known of it before this process began. */
  restore({ responseMs, successShare, scoredMs }: EndpointScore): void {
    this.#responseMs ??= responseMs;
    if (this.#successShare === null) {
      this.#successShare = successShare;
      this.#scoredMs = scoredMs;
    }
  }

  /** Response time in which a connection to it may be expected, its failures counted in; the best known are warmed first. */
  get expectedMs(): number {
    return (this.#responseMs ?? slowest) / Math.max(this.#successShare ?? 1, leastShare);
  }

  /** It has answered, and nothing has failed since. */
  get proven(): boolean {
    return !this.#returning;
  }

  /** A connection to it is ready. The first, or the first after it was away, begins the slow start. */
  succeeded(nowMs: number): void {
    this.#ended(1, nowMs);
    if (this.#returning) {
      this.#returning = false;
      this.#warmSinceMs = nowMs;
    }
    this.failures = 0;
    this.backOffUntilMs = 0;
  }

  /** It has left the host's addresses: how its last requests fare has no consequence. */
  vanish(): void {
    this.vanished = true;
    this.belongs = false;
    this.#returning = true;
  }

  /** `retryAfterMs`: what a busy server asked for, if it asked for more than we would wait. */
  failed(nowMs: number, retryAfterMs: number | null): void {
    this.#ended(0, nowMs);
    this.#returning = true;
    this.failures += 1;
    const backOffMs = Math.min(longestBackOffMs, firstBackOffMs * 2 ** (this.failures - 1));
    this.backOffUntilMs = nowMs + Math.max(backOffMs, retryAfterMs ?? 0);
  }

  /** `retryAfterMs` as its server asked; null: it did not. */
  rest(nowMs: number, retryAfterMs: number | null): void {
    this.restUntilMs = Math.max(this.restUntilMs, nowMs + Math.min(retryAfterMs ?? 0, longestRestMs));
  }

  #ended(success: 0 | 1, nowMs: number): void {
    this.#successShare = moved(this.#successShare, success);
    this.#scoredMs = nowMs;
  }

  /** What one more request here is expected to cost; the smaller is chosen. */
  cost(nowMs: number, slowStartMs: number): number {
    return ((this.#responseMs ?? 1) * (this.inFlight + 1)) / this.slowStartShare(nowMs, slowStartMs);
  }

  /** 0.1 when its first connection is ready, rising to 1. */
  slowStartShare(nowMs: number, slowStartMs: number): number {
    const warmMs = nowMs - (this.#warmSinceMs ?? nowMs);
    return warmMs >= slowStartMs ? 1 : slowStartFloor + (1 - slowStartFloor) * (warmMs / slowStartMs);
  }

  pathVerdict(path: string, nowMs: number, keptMs: number): Validation | null {
    const kept = this.#verdicts.get(path);
    return kept && nowMs - kept.atMs <= keptMs ? kept.validation : null;
  }

  keepPathVerdict(path: string, validation: Validation, nowMs: number): void {
    this.#verdicts.delete(path);
    this.#verdicts.set(path, { validation, atMs: nowMs });
    if (this.#verdicts.size > keptVerdicts) {
      const oldest = this.#verdicts.keys().next();
      if (!oldest.done) {
        this.#verdicts.delete(oldest.value);
      }
    }
  }
}

const tried: AccessVerdict = { allowed: true, list: null, rule: null };

/**
 * A person's rule decides, whatever the automaton thinks. An automatic entry names an IP; whether it holds for this
 * endpoint the automaton knows, which may have banned the IP for another host, or ignores its bans.
 */
function withStanding(verdict: AccessVerdict, standing: Standing, ip: string): AccessVerdict {
  const { allowed, list, rule } = verdict;
  if (rule && rule.origin !== 'automatic') {
    return verdict;
  }
  if (standing === 'barred') {
    return allowed ? { allowed: false, list: 'black', rule: { value: ip, origin: 'automatic' } } : verdict;
  }
  return standing === 'trial' || list === 'black' ? tried : verdict;
}

function moved(average: number | null, newest: number): number {
  return average === null ? newest : average + newestWeight * (newest - average);
}

/** Failures of this machine, or of our own doing, say nothing about an IP. */
export function blamesTheIp(error: ClassifiedError): boolean {
  return errorTraits[error.errorClass].scope === 'remote';
}
