/**
 * What is usual for new connections to a host: the mean of each part over its quiet minutes (document 000: a performance
 * baseline under normal conditions). A minute is quiet when hardly anything failed in it. Ten handshakes at once are slower
 * than one, and no fault: each band of load has means of its own, and is compared with its like alone.
 */
import type { UsualTimes } from '../contract/warm-up-run.ts';

export interface NewConnectionTimes {
  readonly tcpMs: number;
  /** null: it was resumed, which is another thing than a full handshake. */
  readonly tlsMs: number | null;
  /** Of the request that validated it. */
  readonly responseMs: number;
}

const minuteMs = 60_000;
const mostFailures = 0.05;
/** Fewer connections are told by nobody. */
const tellingConnections = 20;
/** The first connections count alike; after so many, older ones fade. */
const rememberedConnections = 500;
/** Each band of load is so many times as wide as the one before: 1, 2 to 4, 5 to 16, 17 to 64 … */
const bandWidth = 4;

/** The most dials and validations under way of the band that `inFlight` is in. */
export function loadBand(inFlight: number): number {
  let most = 1;
  while (most < inFlight) {
    most *= bandWidth;
  }
  return most;
}

class Mean {
  #count = 0;
  #sumMs = 0;

  add(ms: number): void {
    this.#count += 1;
    this.#sumMs += ms;
  }

  get count(): number {
    return this.#count;
  }

  /** null while there is nothing. */
  get ms(): number | null {
    return this.#count === 0 ? null : this.#sumMs / this.#count;
  }
}

interface Parts {
  readonly response: Mean;
  readonly tcp: Mean;
  readonly tls: Mean;
}

interface Minute {
  readonly number: number;
  readonly byLoad: Map<number, Parts>;
  connections: number;
  failures: number;
}

export class UsualTimesKeeper {
  #minute: Minute | null = null;
  readonly #byLoad = new Map<number, UsualTimes>();

  /** What was known before this process began; what it has learned itself meanwhile counts alone. */
  restore(known: readonly UsualTimes[]): void {
    for (const usual of known) {
      if (!this.#byLoad.has(usual.load)) {
        this.#byLoad.set(usual.load, usual);
      }
    }
  }

  /** `inFlight`: dials and validations under way beside it, itself among them. */
  connected({ tcpMs, tlsMs, responseMs }: NewConnectionTimes, inFlight: number, nowMs: number): void {
    const minute = this.#now(nowMs);
    const load = loadBand(inFlight);
    const parts = minute.byLoad.get(load) ?? { response: new Mean(), tcp: new Mean(), tls: new Mean() };
    minute.byLoad.set(load, parts);
    minute.connections += 1;
    parts.response.add(responseMs);
    parts.tcp.add(tcpMs);
    if (tlsMs !== null) {
      parts.tls.add(tlsMs);
    }
  }

  failed(nowMs: number): void {
    this.#now(nowMs).failures += 1;
  }

  /** What has been learned, also of bands of which too little is known to be told. The minute that runs is not in it. */
  read(nowMs: number): UsualTimes[] {
    this.#now(nowMs);
    return [...this.#byLoad.values()];
  }

  /** Only the bands of which enough is known, by their load. */
  telling(nowMs: number): ReadonlyMap<number, UsualTimes> {
    const known = this.read(nowMs).filter(({ connections }) => connections >= tellingConnections);
    return new Map(known.map((usual) => [usual.load, usual]));
  }

  #now(nowMs: number): Minute {
    const number = Math.floor(nowMs / minuteMs);
    if (this.#minute?.number !== number) {
      this.#close();
      this.#minute = { number, byLoad: new Map(), connections: 0, failures: 0 };
    }
    return this.#minute;
  }

  #close(): void {
    const minute = this.#minute;
    if (!minute || minute.failures > mostFailures * (minute.connections + minute.failures)) {
      return;
    }
    for (const [load, { response, tcp, tls }] of minute.byLoad) {
      const before = this.#byLoad.get(load);
      const connections = (before?.connections ?? 0) + response.count;
      const weight = response.count / Math.min(connections, Math.max(rememberedConnections, response.count));
      this.#byLoad.set(load, {
        load,
        responseMs: moved(before?.responseMs ?? null, response.ms, weight) ?? 0,
        tcpMs: moved(before?.tcpMs ?? null, tcp.ms, weight) ?? 0,
        tlsMs: moved(before?.tlsMs ?? null, tls.ms, weight),
        connections,
      });
    }
  }
}

/** What a minute has not measured stays as it was. */
function moved(before: number | null, newest: number | null, weight: number): number | null {
  return before === null || newest === null ? (newest ?? before) : before + weight * (newest - before);
}
