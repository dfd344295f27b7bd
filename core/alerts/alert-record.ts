/** One alert from its first bad second on: what happened to it, and the contract's picture of it. */
import { type Alert, alertRuleFacts } from '../contract/alerts.ts';
import type { AlertTimes } from './alert-machine.ts';
import type { AlertReading } from './alert-reading.ts';

/** `offsetMs`: what to add to a monotonic time to get the epoch's, so that setting the time of day moves no beginning. */
export interface Moment {
  readonly nowMs: number;
  readonly offsetMs: number;
}

/** Times are monotonic unless they say otherwise. */
export class AlertRecord {
  readonly id: number;
  readonly sinceMs: number;
  reading: AlertReading;
  firedMs: number | null = null;
  clearSinceMs: number | null = null;
  resolvedMs: number | null = null;
  firings = 0;
  worst: number | null;
  acknowledged: Alert['acknowledged'] = null;
  /** Nobody needs to be told that it fires. */
  isTold = false;
  /** When observers were told of it last, and with which figures. */
  told: { readonly atMs: number; readonly value: number | null; readonly worst: number | null } | null = null;
  /** Somebody has been told, so that its end is to be told as well, mute or not. */
  wasTold = false;

  constructor(id: number, sinceMs: number, reading: AlertReading) {
    this.id = id;
    this.sinceMs = sinceMs;
    this.reading = reading;
    this.worst = reading.value;
  }

  /** As an earlier engine left it behind. */
  static restored(alert: Alert, offsetMs: number): AlertRecord {
    const { rule, subject, value, threshold, clearAt, detail } = alert;
    const reading: AlertReading = { rule, subject, look: 'breached', value, threshold, clearAt, detail };
    const record = new AlertRecord(alert.id, alert.sinceMs - offsetMs, reading);
    record.firedMs = alert.firedAtMs === null ? null : alert.firedAtMs - offsetMs;
    record.resolvedMs = alert.resolvedAtMs === null ? null : alert.resolvedAtMs - offsetMs;
    record.firings = alert.firings;
    record.worst = alert.worst;
    record.acknowledged = alert.acknowledged;
    record.isTold = alert.state !== 'muted';
    record.wasTold = true;
    record.told = { atMs: Number.NEGATIVE_INFINITY, value, worst: alert.worst };
    return record;
  }

  /** A reading that says nothing of the subject leaves the last words standing. */
  read(reading: AlertReading): void {
    const { value } = reading;
    this.reading = reading.look === 'untold' ? { ...this.reading, look: 'untold', value } : reading;
    if (value !== null && this.resolvedMs === null) {
      const further = alertRuleFacts[reading.rule].bad === 'above' ? Math.max : Math.min;
      this.worst = this.worst === null ? value : further(this.worst, value);
    }
  }

  toAlert({ offsetMs }: Moment, { holdMs, clearHoldMs }: AlertTimes, mutedUntilMs: number | null): Alert {
    const { id, reading, firings, worst, acknowledged } = this;
    const { rule, subject, value, threshold, clearAt, detail } = reading;
    const epoch = (ms: number): number => Math.round(ms + offsetMs);
    const orNull = (ms: number | null): number | null => (ms === null ? null : epoch(ms));
    return {
      id,
      rule,
      subject,
      severity: alertRuleFacts[rule].severity,
      state: this.#state(mutedUntilMs),
      sinceMs: epoch(this.sinceMs),
      firedAtMs: orNull(this.firedMs),
      clearSinceMs: orNull(this.clearSinceMs),
      resolvedAtMs: orNull(this.resolvedMs),
      firings,
      value,
      worst,
      threshold,
      clearAt,
      holdMs,
      clearHoldMs,
      detail,
      acknowledged,
      mutedUntilMs,
    };
  }

  #state(mutedUntilMs: number | null): Alert['state'] {
    if (this.resolvedMs !== null) {
      return 'resolved';
    }
    if (this.firedMs === null) {
      return 'pending';
    }
    if (mutedUntilMs !== null) {
      return 'muted';
    }
    return this.acknowledged ? 'acknowledged' : 'firing';
  }
}
