/** The trouble of this machine: while there is any no IP is blamed, and what was counted against IPs as it began is undone. */
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { LocalOutage as OutageTold } from '../contract/health.ts';
import { localTroubleText, manyHostsFail } from '../contract/local-trouble-text.ts';
import type { ClassifiedError } from '../dial/classified-error.ts';
import { isOfSilence } from './charges.ts';
import type { Ejector } from './ejector.ts';
import type { IpGroup } from './ip-group.ts';
import type { IpRecord } from './ip-record.ts';
import { LocalOutage, outageWindowMs } from './local-outage.ts';
import { LocalTrouble } from './local-trouble.ts';

export interface OwnTroubleOptions {
  readonly clock: Clock;
  readonly events: EventSink;
  /** The present addresses of every host that is known. */
  readonly groups: () => Iterable<IpGroup>;
  readonly ejector: Pick<Ejector, 'outOfUse' | 'exonerate'>;
}

export class OwnTrouble {
  readonly #options: OwnTroubleOptions;
  readonly #outage: LocalOutage;
  readonly #trouble: LocalTrouble;

  constructor(options: OwnTroubleOptions) {
    const { clock, events, groups } = options;
    this.#options = options;
    this.#outage = new LocalOutage(function* watched() {
      for (const group of groups()) {
        if (!group.retired) {
          yield group;
        }
      }
    });
    this.#trouble = new LocalTrouble(clock, events);
  }

  /** So many IPs fail at once that it is the way out of this machine. */
  get isCutOff(): boolean {
    return this.#outage.sinceMs !== null;
  }

  /** null: none is known. `sinceMs` is monotonic. */
  get current(): OutageTold | null {
    const { sinceMs } = this.#outage;
    return sinceMs === null
      ? this.#trouble.current
      : { sinceMs, reason: localTroubleText(manyHostsFail, '', 'en'), code: manyHostsFail };
  }

  /** A failure of this machine's own, on the way to `ip`. */
  met(error: ClassifiedError, ip: string): void {
    this.#trouble.met(error, ip);
  }

  /** An IP has given a sign of life, or none. */
  heard(record: IpRecord, well: boolean): void {
    const { clock, events } = this.#options;
    const change = this.#outage.heard(record, well, clock.monotonicMs());
    if (change === 'begins') {
      this.#undoLately();
      events.emit('error', 'health.local-outage', 'pool', {});
    } else if (change === 'ends') {
      events.emit('info', 'health.local-outage-over', 'pool', {});
    }
  }

  forget(record: IpRecord): void {
    this.#outage.forget(record);
  }

  /**
   * Recognised late: what was counted and ejected within the window was not the IPs' doing. What an answer had earned, as
   * a wrong certificate or a 503 has, was.
   */
  #undoLately(): void {
    const { clock, ejector } = this.#options;
    const sinceMs = clock.monotonicMs() - outageWindowMs;
    for (const record of this.#outage.failing()) {
      record.consecutiveFailures = 0;
    }
    for (const record of [...ejector.outOfUse()]) {
      if (record.ejectedAtMs >= sinceMs && isOfSilence(record.charge)) {
        ejector.exonerate(record);
      }
    }
  }
}
