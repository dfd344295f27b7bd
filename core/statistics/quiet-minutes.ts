/**
 * What is usual for a host: the mean response time of its quiet minutes (document 000: a performance baseline under normal
 * conditions). A minute is quiet when enough was answered in it, hardly anything failed, and no warm-up made the host busy.
 */
import type { ResponseBaseline } from '../contract/warm-up.ts';

const minuteMs = 60_000;
/** Fewer answers say nothing about a minute. */
const fewestAnswers = 5;
const mostFailures = 0.05;
/** The first minutes count alike, after that the newest counts as one of so many. */
const rememberedMinutes = 30;

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

interface Minute {
  readonly number: number;
  readonly response: Mean;
  readonly tcp: Mean;
  readonly tls: Mean;
  failures: number;
  disturbed: boolean;
}

export class QuietMinutes {
  #minute: Minute | null = null;
  #baseline: ResponseBaseline | null = null;

  /** What was known before this process began; what it has learned itself meanwhile counts on top. */
  restore(baseline: ResponseBaseline): void {
    this.#baseline ??= baseline;
  }

  responded(durationMs: number, nowMs: number): void {
    this.#now(nowMs).response.add(durationMs);
  }

  dialled(parts: { readonly tcpMs: number; readonly tlsMs: number }, nowMs: number): void {
    const minute = this.#now(nowMs);
    minute.tcp.add(parts.tcpMs);
    minute.tls.add(parts.tlsMs);
  }

  failed(nowMs: number): void {
    this.#now(nowMs).failures += 1;
  }

  /** This minute is no quiet one. */
  disturbed(nowMs: number): void {
    this.#now(nowMs).disturbed = true;
  }

  /** null while there was no quiet minute. */
  baseline(nowMs: number): ResponseBaseline | null {
    this.#now(nowMs);
    return this.#baseline;
  }

  #now(nowMs: number): Minute {
    const number = Math.floor(nowMs / minuteMs);
    if (this.#minute?.number !== number) {
      this.#close();
      const [response, tcp, tls] = [new Mean(), new Mean(), new Mean()];
      this.#minute = { number, response, tcp, tls, failures: 0, disturbed: false };
    }
    return this.#minute;
  }

  #close(): void {
    if (!this.#minute) {
      return;
    }
    const { response, tcp, tls, failures, disturbed } = this.#minute;
    const tooMany = failures > mostFailures * (response.count + failures);
    if (disturbed || tooMany || response.count < fewestAnswers) {
      return;
    }
    const before = this.#baseline;
    const minutes = (before?.minutes ?? 0) + 1;
    const weight = 1 / Math.min(minutes, rememberedMinutes);
    this.#baseline = {
      responseMs: moved(before?.responseMs ?? null, response.ms, weight) ?? 0,
      tcpMs: moved(before?.tcpMs ?? null, tcp.ms, weight),
      tlsMs: moved(before?.tlsMs ?? null, tls.ms, weight),
      minutes,
    };
  }
}

/** What a minute has not measured stays as it was. */
function moved(before: number | null, newest: number | null, weight: number): number | null {
  return before === null || newest === null ? (newest ?? before) : before + weight * (newest - before);
}
