/** How long the parts of new connections took. */
import type { WarmUpParts, WarmUpTimes } from '../contract/warm-up-run.ts';
import type { OpenedConnection } from '../pool/pool-ports.ts';
import { Histogram } from '../statistics/histogram.ts';

export class PartTimes {
  readonly #tcp = new Histogram();
  readonly #tls = new Histogram();
  readonly #firstByte = new Histogram();

  /** A resumed handshake is another thing than a full one: what TLS takes is the time of the full ones. */
  record({ tcpMs, tlsMs, resumed, firstByteMs }: OpenedConnection): void {
    this.#tcp.record(tcpMs);
    if (!resumed) {
      this.#tls.record(tlsMs);
    }
    this.#firstByte.record(firstByteMs);
  }

  /** null before the first. */
  get meanResponseMs(): number | null {
    return this.#firstByte.meanMs();
  }

  toParts(): WarmUpParts {
    return { tcp: timesOf(this.#tcp), tls: timesOf(this.#tls), firstByte: timesOf(this.#firstByte) };
  }
}

function timesOf(histogram: Histogram): WarmUpTimes | null {
  const meanMs = histogram.meanMs();
  const p50Ms = histogram.percentileMs(0.5);
  const p95Ms = histogram.percentileMs(0.95);
  const p99Ms = histogram.percentileMs(0.99);
  return meanMs === null || p50Ms === null || p95Ms === null || p99Ms === null ? null : { meanMs, p50Ms, p95Ms, p99Ms };
}
