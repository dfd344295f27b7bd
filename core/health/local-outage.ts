/** Tells an outage of this machine, for which no IP is to blame, from one of the IPs. */
import type { ErrorClass } from '../contract/vocabulary.ts';
import type { IpGroup } from './ip-group.ts';
import type { IpRecord } from './ip-record.ts';

/** Signs of life and of failure count together within this time. */
export const outageWindowMs = 5_000;
/** So many IPs that fail speak for the others of their host of which nothing was heard in the window. */
const tellingFailures = 5;
/** An endpoint that keeps answering is noted this often. */
const wellEveryMs = 1_000;

/** Everything else is an answer: whatever it says, the way there is open. */
const silences: ReadonlySet<ErrorClass | 'outlier'> = new Set([
  'refused',
  'unreachable',
  'timeout-tcp',
  'timeout-tls',
  'timeout-response',
  'reset',
  'closed-by-peer',
]);

export function isSilence(errorClass: ErrorClass | 'outlier'): boolean {
  return silences.has(errorClass);
}

/**
 * Failures on more than half of all IPs, of at least two hosts of which more than half fail, within five seconds: then it is
 * the way out of this machine. One host's own outage is that host's. Because a check interval is longer than five seconds,
 * only some of many idle IPs are heard of in the window: where five or more of a host fail, those heard of are "all".
 * An IP that a caller named for a host which has it not says nothing of that host: only the host's own are counted.
 */
export class LocalOutage {
  /** The latest of each, oldest first. */
  readonly #heard = new Map<IpRecord, { readonly atMs: number; readonly well: boolean }>();
  /** The present addresses of every host that the pool knows. */
  readonly #groups: () => Iterable<IpGroup>;
  #sinceMs: number | null = null;

  constructor(groups: () => Iterable<IpGroup>) {
    this.#groups = groups;
  }

  /** Monotonic; null: there is none. */
  get sinceMs(): number | null {
    return this.#sinceMs;
  }

  /** What has changed by this sign. */
  heard(record: IpRecord, well: boolean, nowMs: number): 'begins' | 'ends' | null {
    if (well && this.#sinceMs === null && nowMs - record.heardWellMs < wellEveryMs) {
      return null;
    }
    record.heardWellMs = well ? nowMs : Number.NEGATIVE_INFINITY;
    this.#heard.delete(record);
    this.#heard.set(record, { atMs: nowMs, well });
    if (well && this.#sinceMs === null) {
      return null;
    }
    // Nobody has asked what is heard while all went well.
    this.#forgetOld(nowMs);
    if (this.#sinceMs === null) {
      if (!well && this.#isWidespread()) {
        this.#sinceMs = nowMs;
        return 'begins';
      }
    } else if (well && !this.#isWidespread()) {
      this.#sinceMs = null;
      return 'ends';
    }
    return null;
  }

  /** Those whose latest sign in the window was a failure. */
  failing(): IpRecord[] {
    return [...this.#heard].flatMap(([record, { well }]) => (well ? [] : [record]));
  }

  forget(record: IpRecord): void {
    this.#heard.delete(record);
  }

  #forgetOld(nowMs: number): void {
    for (const [record, { atMs }] of this.#heard) {
      if (nowMs - atMs <= outageWindowMs) {
        return;
      }
      this.#heard.delete(record);
    }
  }

  #isWidespread(): boolean {
    const tallies = new Map<IpGroup, { heard: number; failing: number }>();
    for (const [{ group }, { well }] of this.#heard) {
      const tally = tallies.get(group) ?? { heard: 0, failing: 0 };
      tally.heard += 1;
      tally.failing += well ? 0 : 1;
      tallies.set(group, tally);
    }
    let ipsInAll = 0;
    let heardInAll = 0;
    let failingInAll = 0;
    let hostsDown = 0;
    for (const group of this.#groups()) {
      const ips = group.members.size;
      const { heard, failing } = tallies.get(group) ?? { heard: 0, failing: 0 };
      ipsInAll += ips;
      heardInAll += heard;
      failingInAll += failing;
      hostsDown += isMost(failing, ips, heard) ? 1 : 0;
    }
    return hostsDown >= 2 && isMost(failingInAll, ipsInAll, heardInAll);
  }
}

function isMost(failing: number, ips: number, heard: number): boolean {
  return failing > ips / 2 || (failing >= tellingFailures && failing > heard / 2);
}
