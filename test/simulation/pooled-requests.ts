/** Requests through the pool's own dispatcher: each is answered once, whatever it was tried on. */
import type { Dispatcher } from 'undici';
import type { HotConnPool } from '../../core/pool/hot-conn-pool.ts';
import type { Referee } from './referee.ts';

/** Their paths begin with it, and end with their number. */
export const pooledPath = '/pooled/';

export class PooledRequests {
  readonly open = new Set<PooledCall>();
  answered = 0;
  failed = 0;
  readonly #pool: HotConnPool;
  readonly #referee: Referee;
  #lastId = 0;

  constructor(pool: HotConnPool, referee: Referee) {
    this.#pool = pool;
    this.#referee = referee;
  }

  /** Returns its number. */
  send(host: string, method: 'GET' | 'POST'): number {
    this.#lastId += 1;
    const call = new PooledCall(this, this.#referee, this.#lastId);
    this.open.add(call);
    this.#pool.dispatch({ origin: `https://${host}`, method, path: `${pooledPath}${call.id}` }, call);
    return call.id;
  }

  /** Everybody gives up. */
  abortAll(): void {
    for (const call of this.open) {
      call.abort();
    }
  }

  ended(call: PooledCall, answered: boolean): void {
    this.answered += answered ? 1 : 0;
    this.failed += answered ? 0 : 1;
    if (!this.open.delete(call)) {
      this.#referee.fail('a request ends once', `request ${call.id} through the pool`);
    }
  }
}

export class PooledCall implements Dispatcher.DispatchHandler {
  readonly id: number;
  /** Given up by its caller. */
  aborted = false;
  readonly #requests: PooledRequests;
  readonly #referee: Referee;
  #controller: Dispatcher.DispatchController | null = null;
  #hasBegun = false;

  constructor(requests: PooledRequests, referee: Referee, id: number) {
    this.#requests = requests;
    this.#referee = referee;
    this.id = id;
  }

  abort(): void {
    this.aborted = true;
    this.#controller?.abort(new Error(`request ${this.id} was given up`));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
  }

  onResponseStart(): void {
    if (this.#hasBegun) {
      this.#referee.fail('an answer that has begun is not asked for again', `request ${this.id} through the pool`);
    }
    this.#hasBegun = true;
  }

  onResponseData(): void {}

  onResponseEnd(): void {
    this.#requests.ended(this, true);
  }

  onResponseError(): void {
    this.#requests.ended(this, false);
  }
}
