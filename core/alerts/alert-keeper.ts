/**
 * Every alert of the engine: each rule on each subject is looked at once a second, and what a person says to an alert is
 * kept with it. A rule that flaps makes one alert that goes on: one that fires again within `reopen_within` is the same,
 * and nobody is told of it twice.
 */
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { AlertSettings } from '../config/settings.ts';
import { type Alert, type AlertList, type AlertWatch, alertRuleFacts } from '../contract/alerts.ts';
import { ContractError } from '../contract/errors.ts';
import type { EventDataOf, EventKind } from '../contract/event-kinds.ts';
import type { EventLevel } from '../contract/events.ts';
import { phrase } from '../contract/phrase.ts';
import type { AlertTimes, Turn } from './alert-machine.ts';
import { type AlertObserver, AlertObservers } from './alert-observers.ts';
import type { AlertReading, AlertSource } from './alert-reading.ts';
import { AlertRecord, type Moment } from './alert-record.ts';
import { ResolvedAlerts } from './resolved-alerts.ts';
import { WatchedSubject } from './watched-subject.ts';

export interface AlertKeeperOptions {
  readonly clock: Clock;
  readonly events: EventSink;
  /** Of this moment, so that a change of a threshold or a time holds at once. */
  readonly settings: () => Pick<AlertSettings, 'holdMs' | 'clearHoldMs' | 'reopenWithinMs'>;
}

type AlertEvent = Extract<EventKind, `alert.${string}`>;

const windowMs = 60_000;
/** Figures that change each second are told so often. */
const movedMs = 10_000;
const levels: Readonly<Record<Alert['severity'], EventLevel>> = { critical: 'error', warning: 'warn' };

export class AlertKeeper {
  readonly #options: AlertKeeperOptions;
  readonly #sources = new Set<AlertSource>();
  readonly #observers = new AlertObservers();
  readonly #watches = new Map<string, WatchedSubject>();
  /** Epoch milliseconds, by watch: a mute outlives the alert that it was spoken of. */
  readonly #mutes = new Map<string, number>();
  readonly #resolved = new ResolvedAlerts();
  #lastId = 0;

  constructor(options: AlertKeeperOptions) {
    this.#options = options;
  }

  /** Returns the function that takes it out again. */
  addSource(source: AlertSource): () => void {
    this.#sources.add(source);
    return () => this.#sources.delete(source);
  }

  /** Returns the function that stops observing. */
  observe(observer: AlertObserver): () => void {
    return this.#observers.add(observer);
  }

  /** What the console shows. */
  list(): AlertList {
    return { active: this.active(), resolved: [...this.#resolved.all] };
  }

  /** Those that are not resolved, oldest first. */
  active(): Alert[] {
    const alerts: Alert[] = [];
    for (const [key, { record }] of this.#watches) {
      if (record && record.resolvedMs === null) {
        alerts.push(this.#picture(key, record));
      }
    }
    return alerts.sort((one, other) => one.sinceMs - other.sinceMs);
  }

  /** The last fifty, newest first. */
  resolved(): readonly Alert[] {
    return this.#resolved.all;
  }

  /** Everything that is looked at, in the order of its first look. */
  watches(): AlertWatch[] {
    return Array.from(this.#watches.values(), (watch) => watch.toWatch());
  }

  /** Alerts as an earlier engine left them: what it did not see end goes on, with what was said to it. */
  restore(alerts: readonly Alert[]): void {
    const moment = this.#moment();
    const { reopenWithinMs } = this.#options.settings();
    for (const alert of alerts.toSorted((one, other) => one.id - other.id)) {
      const record = AlertRecord.restored(alert, moment.offsetMs);
      const key = keyOf(alert);
      this.#lastId = Math.max(this.#lastId, alert.id);
      if (alert.mutedUntilMs !== null && alert.mutedUntilMs > moment.nowMs + moment.offsetMs) {
        this.#mutes.set(key, alert.mutedUntilMs);
      }
      if (record.resolvedMs !== null) {
        this.#resolved.keep(alert);
      }
      const isTaken = Boolean(this.#watches.get(key)?.record);
      if (!isTaken && record.firedMs !== null && (record.resolvedMs ?? moment.nowMs) >= moment.nowMs - reopenWithinMs) {
        const watch = new WatchedSubject(record.reading, moment.nowMs + windowMs);
        watch.takeUp(record);
        this.#watches.set(key, watch);
      }
    }
  }

  /** Once a second. `nowMs` is monotonic. */
  judge(nowMs: number): void {
    const moment = { nowMs, offsetMs: this.#offsetMs() };
    const seen = new Set<string>();
    for (const source of this.#sources) {
      for (const reading of source()) {
        const key = keyOf(reading);
        seen.add(key);
        const watch = this.#watches.get(key) ?? new WatchedSubject(reading, nowMs);
        this.#watches.set(key, watch);
        this.#look(key, watch, reading, moment);
      }
    }
    for (const [key, watch] of this.#watches) {
      if (!seen.has(key)) {
        this.#look(key, watch, { ...watch.reading, look: 'untold', value: null }, moment);
        if (watch.isIdle && !watch.record) {
          this.#watches.delete(key);
        }
      }
    }
    this.#endMutes(nowMs + moment.offsetMs);
  }

  /** @throws ContractError `not-found`, `conflict` when it does not fire */
  acknowledge(id: number, by: string, reason: string): Alert {
    const [key, record] = this.#find(id);
    if (record.firedMs === null || record.resolvedMs !== null) {
      const why = record.firedMs === null ? 'refused.not-acknowledged-yet' : 'refused.acknowledged-late';
      throw new ContractError('conflict', phrase(why));
    }
    record.acknowledged = { by, reason, atMs: this.#options.clock.epochMs() };
    record.isTold = true;
    return this.#said(key, record, 'alert.acknowledged', { ...toldOf(record), by, reason });
  }

  /** @throws ContractError `not-found`, `conflict` when it is resolved */
  mute(id: number, minutes: number): Alert {
    const [key, record] = this.#find(id);
    if (record.resolvedMs !== null) {
      throw new ContractError('conflict', phrase('refused.muted-late'));
    }
    this.#mutes.set(key, this.#options.clock.epochMs() + minutes * 60_000);
    // When the time is over, an alert that still fires and that nobody has acknowledged is told like a new one.
    record.isTold = record.acknowledged !== null;
    return this.#said(key, record, 'alert.muted', { ...toldOf(record), minutes });
  }

  /** @throws ContractError `not-found` */
  unmute(id: number): Alert {
    const over = this.#resolved.find(id);
    if (over) {
      this.#mutes.delete(keyOf(over));
    }
    const found = this.#record(id);
    if (found) {
      const [key, record] = found;
      this.#mutes.delete(key);
      return this.#said(key, record, 'alert.unmuted', toldOf(record));
    }
    if (!over) {
      throw notFound(id);
    }
    // It cannot go on any more, but its rule on its subject may have been mute still.
    const alert = { ...over, mutedUntilMs: null };
    this.#resolved.replace(alert);
    this.#observers.changed(alert);
    return alert;
  }

  #look(key: string, watch: WatchedSubject, reading: AlertReading, moment: Moment): void {
    for (const turn of watch.look(reading, moment.nowMs, this.#times(reading))) {
      this.#turned(key, watch, turn, moment);
    }
    if (watch.record && watch.isFiring) {
      this.#tellOnce(key, watch.record);
    }
    this.#settle(key, watch, moment.nowMs);
    this.#tellMoved(key, watch, moment.nowMs);
  }

  /** The figures of one that fires, for who keeps them: an engine that is killed leaves those of the last seconds behind. */
  #tellMoved(key: string, { record, isFiring }: WatchedSubject, nowMs: number): void {
    if (!record?.told || !isFiring || nowMs - record.told.atMs < movedMs) {
      return;
    }
    const { told, reading, worst } = record;
    if (told.value !== reading.value || told.worst !== worst) {
      record.told = { atMs: nowMs, value: reading.value, worst };
      this.#observers.moved(this.#picture(key, record));
    }
  }

  #turned(key: string, watch: WatchedSubject, turn: Turn, { nowMs }: Moment): void {
    const { record, reading } = watch;
    switch (turn) {
      case 'began':
        // One that may go on keeps its place until it is known whether it does.
        watch.record ??= new AlertRecord(this.#nextId(), nowMs, reading);
        return;
      case 'dropped':
        if (record?.firedMs === null) {
          watch.record = null;
        }
        return;
      case 'fired':
        if (watch.record) {
          this.#fired(key, watch.record, nowMs);
        }
        return;
      case 'resolved':
        if (record) {
          record.resolvedMs = nowMs;
          record.clearSinceMs = null;
          this.#resolved.keep(this.#changed(key, record));
          // Of an earlier engine's alert the beginning is by the wall clock, which may have been set back since.
          const seconds = Math.max(0, Math.round((nowMs - record.sinceMs) / 1_000));
          const told = { ...toldOf({ ...record, reading: this.#worstOf(record) }), seconds };
          this.#emit(record.firings > 1 ? 'debug' : 'info', 'alert.resolved', record, told);
        }
    }
  }

  #fired(key: string, record: AlertRecord, nowMs: number): void {
    const again = record.resolvedMs !== null;
    record.firedMs ??= nowMs;
    record.resolvedMs = null;
    record.firings += 1;
    this.#resolved.drop(record.id);
    const level = again ? 'debug' : levels[alertRuleFacts[record.reading.rule].severity];
    this.#emit(level, again ? 'alert.reopened' : 'alert.firing', record, toldOf(record));
    this.#changed(key, record);
  }

  /** One that is resolved for so long that it cannot go on any more. */
  #settle(key: string, watch: WatchedSubject, nowMs: number): void {
    const { record } = watch;
    const { reopenWithinMs } = this.#options.settings();
    if (record && record.resolvedMs !== null && watch.isIdle && nowMs - record.resolvedMs >= reopenWithinMs) {
      watch.record = null;
      if (record.wasTold) {
        this.#observers.notice('resolved', this.#picture(key, record));
      }
    }
  }

  #tellOnce(key: string, record: AlertRecord): void {
    if (!record.isTold && !this.#mutes.has(key)) {
      record.isTold = true;
      record.wasTold = true;
      this.#observers.notice('fired', this.#picture(key, record));
    }
  }

  #endMutes(epochMs: number): void {
    for (const [key, untilMs] of this.#mutes) {
      if (untilMs <= epochMs) {
        this.#mutes.delete(key);
        const record = this.#watches.get(key)?.record;
        if (record) {
          this.#changed(key, record);
        }
      }
    }
  }

  /** What a person has said. */
  #said<Kind extends AlertEvent>(key: string, record: AlertRecord, kind: Kind, data: EventDataOf<Kind>): Alert {
    this.#emit('info', kind, record, data);
    return this.#changed(key, record);
  }

  #emit<Kind extends AlertEvent>(
    level: EventLevel,
    kind: Kind,
    { reading }: AlertRecord,
    data: EventDataOf<Kind>,
  ): void {
    this.#options.events.emit(level, kind, reading.subject, data);
  }

  #changed(key: string, record: AlertRecord): Alert {
    const alert = this.#picture(key, record);
    record.told = { atMs: this.#moment().nowMs, value: alert.value, worst: alert.worst };
    this.#resolved.replace(alert);
    this.#observers.changed(alert);
    return alert;
  }

  /** @throws ContractError `not-found` */
  #find(id: number): [string, AlertRecord] {
    const found = this.#record(id);
    if (!found) {
      throw notFound(id);
    }
    return found;
  }

  #record(id: number): [string, AlertRecord] | null {
    for (const [key, { record }] of this.#watches) {
      if (record?.id === id) {
        return [key, record];
      }
    }
    return null;
  }

  #picture(key: string, record: AlertRecord): Alert {
    return record.toAlert(this.#moment(), this.#times(record.reading), this.#mutes.get(key) ?? null);
  }

  #worstOf({ reading, worst }: AlertRecord): AlertReading {
    return { ...reading, value: worst };
  }

  #times({ rule }: Pick<AlertReading, 'rule'>): AlertTimes {
    const { holdMs, clearHoldMs } = this.#options.settings();
    return { holdMs: alertRuleFacts[rule].held ? holdMs : 0, clearHoldMs };
  }

  /** Larger than any of an earlier engine, whether its alerts are remembered or not. */
  #nextId(): number {
    this.#lastId = Math.max(this.#lastId + 1, Math.floor(this.#options.clock.epochMs()));
    return this.#lastId;
  }

  #moment(): Moment {
    return { nowMs: this.#options.clock.monotonicMs(), offsetMs: this.#offsetMs() };
  }

  #offsetMs(): number {
    const { clock } = this.#options;
    return clock.epochMs() - clock.monotonicMs();
  }
}

/** What each event of an alert says of it. */
function toldOf({ id, reading }: Pick<AlertRecord, 'id' | 'reading'>): EventDataOf<'alert.firing'> {
  const { rule, value, threshold, detail } = reading;
  return { alertId: id, rule, value, threshold, detail };
}

function notFound(id: number): ContractError {
  return new ContractError('not-found', phrase('refused.no-alert', { id }));
}

function keyOf({ rule, subject }: Pick<AlertReading, 'rule' | 'subject'>): string {
  return `${rule} ${subject}`;
}
