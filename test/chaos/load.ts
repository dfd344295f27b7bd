/** Callers who ask without a pause, and what became of them. */
import { sleep, systemClock } from '../../core/base/clock.ts';
import { type Random, randomIndex } from '../../core/base/random.ts';
import { classify } from '../../core/dial/error-classes.ts';
import type { HotConnPool } from '../../core/pool/hot-conn-pool.ts';

const callers = 24;
const acquireTimeoutMs = 5_000;
const requestTimeoutMs = 5_000;
/** Between two requests of one caller: load enough to meet every fault, and little enough for a loop that is on time. */
const thinkMs = 10;

export class Load {
  readonly #pool: HotConnPool;
  readonly #hosts: readonly string[];
  readonly #random: Random;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>[];
  requests = 0;
  /** Failures, by error class, by status, or by the name of what the pool said. */
  readonly failures = new Map<string, number>();
  /** Good answers in a row, over all callers. */
  goodInARow = 0;

  /** Begins at once. */
  constructor(pool: HotConnPool, hosts: readonly string[], random: Random) {
    this.#pool = pool;
    this.#hosts = hosts;
    this.#random = random;
    this.#running = Array.from({ length: callers }, () => this.#call());
  }

  /** Every lease has ended when it resolves. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  async #call(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const failure = await this.#ask();
      this.requests += 1;
      if (failure === null) {
        this.goodInARow += 1;
      } else {
        this.goodInARow = 0;
        this.failures.set(failure, (this.failures.get(failure) ?? 0) + 1);
      }
      await sleep(systemClock, thinkMs);
    }
  }

  /** null, or what went wrong. */
  async #ask(): Promise<string | null> {
    const host = this.#hosts[randomIndex(this.#random, this.#hosts.length)] ?? '';
    try {
      using lease = await this.#pool.acquire(host, { timeoutMs: acquireTimeoutMs });
      const { statusCode, body } = await lease.request({
        method: 'GET',
        path: '/v1/items/1',
        signal: AbortSignal.timeout(requestTimeoutMs),
      });
      await body.arrayBuffer();
      return statusCode === 200 ? null : String(statusCode);
    } catch (error) {
      return failureName(error);
    }
  }
}

function failureName(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return 'timeout-response';
  }
  const { errorClass } = classify(error, 'http');
  return errorClass === 'internal' && error instanceof Error ? error.name : errorClass;
}
