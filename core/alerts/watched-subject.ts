/** One rule on one subject: what it reads, how that came about, and the alert that it has. */
import { type AlertWatch, alertRuleFacts, alertTrailStepMs } from '../contract/alerts.ts';
import { AlertMachine, type AlertTimes, type Turn } from './alert-machine.ts';
import type { AlertReading } from './alert-reading.ts';
import type { AlertRecord } from './alert-record.ts';
import { AlertTrail } from './alert-trail.ts';

/** Times are monotonic. */
export class WatchedSubject {
  readonly #machine = new AlertMachine();
  readonly #trail = new AlertTrail(alertTrailStepMs);
  readonly #trustsFromMs: number;
  #reading: AlertReading;
  /** Also of an alert that is resolved, while it may go on. */
  record: AlertRecord | null = null;

  /** Before `trustsFromMs` what looks well says nothing, for the engine has only just begun to look. */
  constructor(reading: AlertReading, trustsFromMs: number) {
    this.#reading = reading;
    this.#trustsFromMs = trustsFromMs;
  }

  get reading(): AlertReading {
    return this.#reading;
  }

  get isIdle(): boolean {
    return this.#machine.phase.name === 'idle';
  }

  get isFiring(): boolean {
    return this.#machine.phase.name === 'firing';
  }

  /** As an earlier engine left it. */
  takeUp(record: AlertRecord): void {
    this.record = record;
    if (record.resolvedMs === null) {
      this.#machine.resume();
    }
  }

  /** Called about once a second. What happened is the caller's to act on, in its order. */
  look(reading: AlertReading, nowMs: number, times: AlertTimes): readonly Turn[] {
    const isTrusted = reading.look === 'breached' || nowMs >= this.#trustsFromMs;
    this.#reading = reading;
    this.#trail.record(reading.value, nowMs);
    this.record?.read(reading);
    const turns = this.#machine.look(isTrusted ? reading.look : 'between', nowMs, times);
    const { phase } = this.#machine;
    if (this.record && phase.name === 'firing') {
      this.record.clearSinceMs = phase.clearSinceMs;
    }
    return turns;
  }

  toWatch(): AlertWatch {
    const { rule, subject, value, threshold, clearAt } = this.#reading;
    return {
      rule,
      subject,
      severity: alertRuleFacts[rule].severity,
      value,
      threshold,
      clearAt,
      alertId: this.record && this.record.resolvedMs === null ? this.record.id : null,
      trail: threshold === null ? [] : this.#trail.points(value),
    };
  }
}
