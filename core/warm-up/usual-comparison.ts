/** Connections held against what is usual for their like: the same host, the same parts, the same band of load. */
import type { ResponseBaseline, UsualTimes } from '../contract/warm-up-run.ts';
import type { OpenedConnection } from '../pool/pool-ports.ts';
import { loadBand } from '../statistics/usual-times.ts';

export class UsualComparison {
  readonly #usual: ReadonlyMap<number, UsualTimes>;
  #compared = 0;
  #tookMs = 0;
  readonly #usually = { responseMs: 0, tcpMs: 0, tlsMs: 0 };
  #withTls = 0;

  /** `usual`: by the band of load; without the bands of which too little is known. */
  constructor(usual: ReadonlyMap<number, UsualTimes>) {
    this.#usual = usual;
  }

  /** One of a load of which nothing is known is left out. */
  add({ inFlight, firstByteMs }: Pick<OpenedConnection, 'inFlight' | 'firstByteMs'>): void {
    const usual = this.#usual.get(loadBand(inFlight));
    if (!usual) {
      return;
    }
    this.#compared += 1;
    this.#tookMs += firstByteMs;
    this.#usually.responseMs += usual.responseMs;
    this.#usually.tcpMs += usual.tcpMs;
    if (usual.tlsMs !== null) {
      this.#withTls += 1;
      this.#usually.tlsMs += usual.tlsMs;
    }
  }

  get compared(): number {
    return this.#compared;
  }

  /** Response times of those that were compared, in all. */
  get tookMs(): number {
    return this.#tookMs;
  }

  /** What they usually take, in all. */
  get usualMs(): number {
    return this.#usually.responseMs;
  }

  /** Means of what is usual; null while nothing could be compared. */
  get baseline(): ResponseBaseline | null {
    const compared = this.#compared;
    const { responseMs, tcpMs, tlsMs } = this.#usually;
    return compared === 0
      ? null
      : {
          responseMs: responseMs / compared,
          tcpMs: tcpMs / compared,
          tlsMs: this.#withTls === 0 ? null : tlsMs / this.#withTls,
          compared,
        };
  }
}

/** 0.5: half as slow again as usual. null while fewer than half of the `ready` connections could be compared. */
export function deviationOf(comparisons: readonly UsualComparison[], ready: number): number | null {
  let compared = 0;
  let tookMs = 0;
  let usualMs = 0;
  for (const comparison of comparisons) {
    compared += comparison.compared;
    tookMs += comparison.tookMs;
    usualMs += comparison.usualMs;
  }
  return compared === 0 || compared < ready / 2 || usualMs === 0 ? null : tookMs / usualMs - 1;
}
