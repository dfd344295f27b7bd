/** What the pool says when it cannot serve. Failures of the network are `ClassifiedError`s and pass through unchanged. */
import type { AccessVerdict } from '../access/access-policy.ts';
import type { EventDataOf } from '../contract/event-kinds.ts';
import { eventWordsEn } from '../contract/event-words-en.ts';
import type { CloseReason } from '../contract/vocabulary.ts';
import { closeReasonWords, whyWords } from '../contract/why-text.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import type { Endpoint } from '../dial/endpoint.ts';
import { vanishedCode } from '../dial/error-classes.ts';

/** DNS names the address no more: nothing failed there, and there is nothing to be dialled. */
export function vanishedError({ host, ip }: Endpoint): ClassifiedError {
  return new ClassifiedError('dns', vanishedCode, whyWords('left-dns', { ip, host: host.name }));
}

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

/** What the other side does, and its transport tells. */
export const endsOfPeers: ReadonlySet<CloseReason> = new Set(['peer-closed', 'goaway', 'broken']);

/** A request on a lease whose connection the pool has closed, before it or under it. */
export class ConnectionClosedError extends ClassifiedError {
  override readonly name = 'ConnectionClosedError';
  readonly connectionId: number;
  readonly reason: CloseReason;

  /** `cause`: what the transport says of it. */
  constructor({ id, host, ip, reason }: ClosedUnderLease, cause: Error) {
    const advice = 'Release this lease, and acquire another to ask again';
    super('aborted', reason, `connection ${id} to ${host} (${ip}) was closed: ${closeReasonWords[reason]}. ${advice}`, {
      cause,
    });
    this.connectionId = id;
    this.reason = reason;
  }
}

export interface ClosedUnderLease {
  readonly id: number;
  readonly host: string;
  readonly ip: string;
  readonly reason: CloseReason;
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
  /** For so long its servers have asked to be left alone, all of them (Retry-After); 0: one may be asked. */
  readonly restMs: number;
}

export function timeoutData(
  { lastDialError, ...pressure }: PoolPressure,
  early: boolean,
): EventDataOf<'acquire.timeout'> {
  return { ...pressure, early, lastDial: lastDialError?.message ?? null };
}

/** Not served before its deadline; `early` when it was told at once that it could not be. */
export class AcquireTimeoutError extends Error {
  override readonly name = 'AcquireTimeoutError';
  readonly pressure: PoolPressure;
  readonly early: boolean;

  constructor(pressure: PoolPressure, early: boolean) {
    const { lastDialError } = pressure;
    const words = eventWordsEn['acquire.timeout'](timeoutData(pressure, early), pressure.host);
    super(words, lastDialError ? { cause: lastDialError } : {});
    this.pressure = pressure;
    this.early = early;
  }
}

/** An address that may not be dialled. */
export interface RefusedAddress {
  readonly ip: string;
  /** The list's entry; null: `whitelist_mode` is "enforce", or it is on trial. */
  readonly rule: AccessVerdict['rule'];
  /** In words; follows "10.0.0.1: ". */
  readonly why: string;
}

/** So many addresses are named in a message, the rest is counted. */
const mostNamed = 3;

/**
 * Every address of the host that could be dialled is refused: by the access lists, or because it is ejected or on trial. Where
 * one address was asked for, it is that one, and nothing is said of the others.
 */
export class NoAllowedEndpointError extends Error {
  override readonly name = 'NoAllowedEndpointError';
  readonly host: string;
  /** The first that was refused. */
  readonly ip: string;
  readonly rule: AccessVerdict['rule'];

  constructor(
    host: string,
    refused: readonly [RefusedAddress, ...RefusedAddress[]],
    { oneAsked = false }: { readonly oneAsked?: boolean } = {},
  ) {
    const [first] = refused;
    const named = refused.slice(0, mostNamed).map(({ ip, why }) => `${ip}: ${why}`);
    const more = refused.length > mostNamed ? [`and ${refused.length - mostNamed} more`] : [];
    super(
      oneAsked
        ? `${first.ip} may not be dialled for ${host}: ${first.why}`
        : `no address of ${host} may be dialled: ${[...named, ...more].join('; ')}`,
    );
    this.host = host;
    this.ip = first.ip;
    this.rule = first.rule;
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
