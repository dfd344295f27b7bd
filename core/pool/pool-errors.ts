/** What the pool says when it cannot serve. Failures of the network are `ClassifiedError`s and pass through unchanged. */
import type { AccessVerdict } from '../access/access-policy.ts';
import type { ClassifiedError } from '../dial/classified-error.ts';

/** The pool broke a rule of its own: a bug, to be reported. */
export class PoolInvariantError extends Error {
  override readonly name = 'PoolInvariantError';
}

export class PoolClosedError extends Error {
  override readonly name = 'PoolClosedError';
  constructor() {
    super('the pool is closed: it hands out no connection any more');
  }
}

/** The pool as a waiter that was not served saw it. */
export interface PoolPressure {
  readonly host: string;
  readonly waitedMs: number;
  /** Of the host: everything that is not closed, dialing included. */
  readonly total: number;
  readonly leased: number;
  readonly idle: number;
  readonly waiting: number;
  readonly dialing: number;
  /** Of the host, since it was last dialled with success; null when none failed. */
  readonly lastDialError: Error | null;
}

/** Not served before its deadline; `early` when it was told at once that it could not be. */
export class AcquireTimeoutError extends Error {
  override readonly name = 'AcquireTimeoutError';
  readonly pressure: PoolPressure;
  readonly early: boolean;

  constructor(pressure: PoolPressure, early: boolean) {
    const { host, waitedMs, total, leased, idle, waiting, dialing, lastDialError } = pressure;
    const what = early
      ? `no connection to ${host} can be free before the deadline at the present rate`
      : `no connection to ${host} within ${Math.round(waitedMs)} ms`;
    const dial = lastDialError ? `; last dial: ${lastDialError.message}` : '';
    super(`${what}: ${total} in all, ${leased} leased, ${idle} idle, ${waiting} waiting, ${dialing} dialing${dial}`, {
      cause: lastDialError ?? undefined,
    });
    this.pressure = pressure;
    this.early = early;
  }
}

/** Every address of the host is refused by the access lists. */
export class NoAllowedEndpointError extends Error {
  override readonly name = 'NoAllowedEndpointError';
  readonly host: string;
  readonly ip: string;
  readonly rule: AccessVerdict['rule'];

  constructor(host: string, ip: string, verdict: AccessVerdict) {
    const because = verdict.rule
      ? `${ip} is refused by the ${verdict.rule.origin} entry ${verdict.rule.value} of the ${verdict.list} list`
      : `${ip} is on no white list, and whitelist_mode is "enforce"`;
    super(`no address of ${host} may be dialled: ${because}`);
    this.host = host;
    this.ip = ip;
    this.rule = verdict.rule;
  }
}

/** The connection works, but this URL answers with a status outside the good ones. */
export class UrlRejectedError extends Error {
  override readonly name = 'UrlRejectedError';
  readonly url: string;
  readonly status: number | null;

  constructor(url: string, status: number | null, cause: ClassifiedError | null) {
    super(`${url} answers ${status ?? 'with no status'}: not one that counts as good`, { cause: cause ?? undefined });
    this.url = url;
    this.status = status;
  }
}

/**
 * A lease was released twice, or used after its release: its stack is the second place, its message names the others. The
 * first error of a pool may not know them, since remembering each costs; from then on all are remembered.
 */
export class LeaseEndedError extends Error {
  override readonly name = 'LeaseEndedError';

  constructor(what: string, acquiredAt: string | null, releasedAt: string | null) {
    const unknown = 'a place that was not sampled; from now on every place is';
    super(`${what}\n  acquired at ${acquiredAt ?? unknown}\n  released at ${releasedAt ?? unknown}`);
  }
}
