/** Leases for a URL: the path is validated on the very socket that is handed out, and what the answer means for who waits. */

import { whyWords } from '../contract/why-text.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import type { Validation } from '../health/validation.ts';
import type { ConnectionCloser } from './connection-closer.ts';
import type { HotConnection } from './hot-connection.ts';
import type { Inspector } from './inspector.ts';
import type { LeaseRecycler } from './lease-recycler.ts';
import type { PoolContext } from './pool-context.ts';
import { PoolClosedError, UrlRejectedError } from './pool-errors.ts';
import type { Waiter } from './waiter-queue.ts';

/** Connections that may turn out of no use for one waiter's path before it is told. */
const pathAttempts = 4;

/** What becomes of a waiter after its path was validated. */
export interface PathOutcomes {
  /** The connection is good for the path, and the waiter still wants it. */
  readonly grant: (connection: HotConnection, waiter: Waiter, nowMs: number) => void;
  readonly refuse: (waiter: Waiter, reason: unknown) => void;
  /** The waiter is back in its turn: somebody must serve it. */
  readonly queued: (waiter: Waiter) => void;
  /** The connection may have streams left for others. */
  readonly usable: (connection: HotConnection, nowMs: number) => void;
}

export class PathServer {
  readonly #context: PoolContext;
  readonly #parts: { readonly closer: ConnectionCloser; readonly inspector: Inspector };
  readonly #recycler: LeaseRecycler;
  readonly #outcomes: PathOutcomes;

  constructor(
    context: PoolContext,
    parts: { readonly closer: ConnectionCloser; readonly inspector: Inspector; readonly recycler: LeaseRecycler },
    outcomes: PathOutcomes,
  ) {
    this.#context = context;
    this.#parts = parts;
    this.#recycler = parts.recycler;
    this.#outcomes = outcomes;
  }

  /** Validates the path on the very socket that is handed out. */
  async serve(connection: HotConnection, waiter: Waiter, path: string): Promise<void> {
    const { transport, upstream } = connection;
    if (!transport) {
      return;
    }
    const { manager, parts } = this.#context;
    // Beside other leases on HTTP/2 the probe takes a stream; alone it takes the connection.
    const shared = connection.activeLeases > 0;
    let signal: AbortSignal;
    if (shared) {
      signal = this.#context.closing.signal;
      connection.activeLeases += 1;
      upstream.inFlight += 1;
      manager.index(connection);
    } else {
      signal = this.#parts.inspector.reserve(connection);
    }
    const validation = await parts.validator.validate(transport, path, signal);
    const nowMs = this.#context.nowMs();
    if (connection.state === 'closed') {
      this.#tryAnother(connection, waiter, validation);
      return;
    }
    if (shared) {
      manager.unlease(connection);
    } else {
      connection.work = null;
    }
    if (validation.verdict !== 'broken') {
      upstream.keepPathVerdict(path, validation, nowMs);
      connection.touch(nowMs);
    }
    this.#afterValidation(connection, waiter, path, validation, nowMs);
  }

  #afterValidation(
    connection: HotConnection,
    waiter: Waiter,
    path: string,
    validation: Validation,
    nowMs: number,
  ): void {
    const { closer, inspector } = this.#parts;
    switch (validation.verdict) {
      case 'good':
        if (validation.closing || connection.state === 'draining') {
          closer.retire(connection, connection.closeReason ?? 'peer-closed');
          this.#tryAnother(connection, waiter, validation);
        } else if (waiter.state === 'matched' && this.#hasRoom(connection)) {
          this.#outcomes.grant(connection, waiter, nowMs);
          // On HTTP/2 there may be streams left for others.
          this.#outcomes.usable(connection, nowMs);
        } else {
          this.#recycler.recycle(connection, nowMs);
          this.#tryAnother(connection, waiter, validation);
        }
        return;
      case 'bad-status':
        // This URL is refused; the connection works.
        this.#recycler.recycle(connection, nowMs);
        this.#outcomes.refuse(waiter, rejection(connection, path, validation));
        return;
      case 'busy':
        inspector.blame(connection, validation);
        inspector.suspect(connection);
        this.#recycler.recycle(connection, nowMs);
        break;
      case 'blocked':
      case 'auth':
        inspector.blame(connection, validation);
        closer.retire(connection, 'unhealthy');
        break;
      case 'broken':
        if (validation.error?.errorClass === 'aborted') {
          // The pool is closing, which the leases beside it may outlast for a while.
          this.#recycler.recycle(connection, nowMs);
        } else if (connection.activeLeases > 0 && validation.error?.errorClass === 'timeout-response') {
          // On HTTP/2 a stream may fail alone: its neighbours go on, and nobody joins them before it has been looked at.
          inspector.blame(connection, validation);
          inspector.suspect(connection);
          this.#recycler.recycle(connection, nowMs);
        } else {
          inspector.blame(connection, validation);
          closer.close(connection, 'broken');
        }
        break;
    }
    this.#tryAnother(connection, waiter, validation);
  }

  /** For one lease more: an HTTP/2 server may have lowered its number of streams while the validation ran. */
  #hasRoom(connection: HotConnection): boolean {
    return connection.activeLeases < connection.capacity(this.#context.settings.pool.maxStreamsPerConnection);
  }

  /** The connection was of no use: the waiter goes back to its turn, or is told when that happened too often. */
  #tryAnother(connection: HotConnection, waiter: Waiter, validation: Validation): void {
    if (waiter.state !== 'matched') {
      return;
    }
    const { host } = connection;
    const failure = failureOf(connection, validation);
    waiter.attempts += failure ? 1 : 0;
    if (this.#context.isClosing) {
      this.#outcomes.refuse(waiter, new PoolClosedError());
    } else if (failure && waiter.attempts >= pathAttempts) {
      this.#outcomes.refuse(waiter, failure);
    } else {
      host.waiters.putBack(waiter);
      this.#outcomes.queued(waiter);
    }
  }
}

/** What stood between a waiter and this connection; null when we ended the connection ourselves, which says nothing about the path. */
function failureOf(connection: HotConnection, { error }: Validation): ClassifiedError | null {
  if (error?.errorClass !== 'aborted') {
    return error;
  }
  const { closeReason, upstream } = connection;
  const ip = upstream.endpoint.ip;
  if (closeReason === 'broken') {
    return new ClassifiedError('reset', 'BROKEN', whyWords('broke-validating', { ip }));
  }
  if (closeReason === 'peer-closed' || closeReason === 'goaway') {
    return new ClassifiedError('closed-by-peer', 'CLOSED', whyWords('closed-validating', { ip }));
  }
  return null;
}

export function rejection(connection: HotConnection, path: string, validation: Validation): UrlRejectedError {
  return new UrlRejectedError(
    `https://${connection.upstream.endpoint.host.name}${path}`,
    validation.status,
    validation.error,
  );
}
