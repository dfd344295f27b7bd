/** What this machine itself could not do: said once, blamed on no IP. */
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { LocalOutage } from '../contract/health.ts';
import { localTroubleText } from '../contract/local-trouble-text.ts';
import type { ClassifiedError } from '../dial/classified-error.ts';

/** Without another one for so long it is over; the next is said again. */
const overAfterMs = 60_000;
/** Shown as going on for so long after the last one. */
const shownMs = 10_000;
/** A machine without IPv6 has no trouble: it dials the other family. */
const familyCodes: ReadonlySet<string> = new Set(['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);
/** Limits and rules of our own are no trouble of the machine's. */
const isOwnWord = (code: string): boolean => !/^E[A-Z]+$/.test(code) && !code.startsWith('EAI_');

export class LocalTrouble {
  readonly #clock: Clock;
  readonly #events: EventSink;
  readonly #met = new Map<string, { sinceMs: number; lastMs: number; readonly isOfFamily: boolean }>();

  constructor(clock: Clock, events: EventSink) {
    this.#clock = clock;
    this.#events = events;
  }

  /** The latest that goes on; null: none. */
  get current(): LocalOutage | null {
    const nowMs = this.#clock.monotonicMs();
    let latest: { sinceMs: number; lastMs: number; code: string } | null = null;
    for (const [code, { sinceMs, lastMs, isOfFamily }] of this.#met) {
      if (!isOfFamily && nowMs - lastMs < shownMs && lastMs > (latest?.lastMs ?? Number.NEGATIVE_INFINITY)) {
        latest = { sinceMs, lastMs, code };
      }
    }
    if (latest === null) {
      return null;
    }
    const { sinceMs, code } = latest;
    return { sinceMs, reason: localTroubleText(code, code, 'en'), code };
  }

  met({ code, message }: ClassifiedError, ip: string): void {
    if (isOwnWord(code)) {
      return;
    }
    const isOfFamily = ip.includes(':') && familyCodes.has(code);
    const key = isOfFamily ? `${code} (IPv6)` : code;
    const nowMs = this.#clock.monotonicMs();
    const before = this.#met.get(key);
    if (before && nowMs - before.lastMs < overAfterMs) {
      before.lastMs = nowMs;
      return;
    }
    this.#met.set(key, { sinceMs: nowMs, lastMs: nowMs, isOfFamily });
    this.#events.emit(isOfFamily ? 'info' : 'error', 'health.local-trouble', ip, { ip, code, message });
  }
}
