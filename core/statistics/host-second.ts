/** What one second came to for one host: what is counted apart from the pool's own {@link Tally}. */
import { Histogram } from './histogram.ts';

export class HostSecond {
  requests = 0;
  failures = 0;
  dials = 0;
  dialFailures = 0;
  checks = 0;
  checkFailures = 0;
  #responses: Histogram | null = null;

  /** From request sent to response headers, or to the break; null before the first request. */
  get responses(): Histogram | null {
    return this.#responses;
  }

  request(ok: boolean, responseMs: number): void {
    this.requests += 1;
    this.failures += ok ? 0 : 1;
    // Made when it is needed: many hosts of a program have no request for hours.
    this.#responses ??= new Histogram();
    this.#responses.record(responseMs);
  }

  dial(ok: boolean): void {
    this.dials += 1;
    this.dialFailures += ok ? 0 : 1;
  }

  check(ok: boolean): void {
    this.checks += 1;
    this.checkFailures += ok ? 0 : 1;
  }

  clear(): void {
    this.requests = 0;
    this.failures = 0;
    this.dials = 0;
    this.dialFailures = 0;
    this.checks = 0;
    this.checkFailures = 0;
    this.#responses?.clear();
  }
}
