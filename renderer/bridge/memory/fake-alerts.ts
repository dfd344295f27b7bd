/** Alerts of the fake pool: its own figures against the usual thresholds, and a past that was not all quiet. */
import {
  type Alert,
  type AlertList,
  type AlertRule,
  type AlertWatch,
  alertRuleFacts,
} from '../../../core/contract/alerts.ts';
import { ContractError } from '../../../core/contract/errors.ts';
import type { PoolStatistics } from '../../../core/contract/statistics.ts';

const minuteMs = 60_000;
const trailPoints = 120;
const margin = 0.1;

export type Figure = readonly [rule: AlertRule, subject: string, value: number | null, detail: string | null];

function figuresOf(statistics: PoolStatistics): Figure[] {
  const { last60s, healthyConnections, totalConnections, dialingConnections, engine } = statistics;
  const established = totalConnections - dialingConnections;
  return [
    ['success-rate', 'pool', last60s.successRate, null],
    ['response-time', 'pool', last60s.avgResponseMs, null],
    ['healthy-share', 'pool', established === 0 ? null : healthyConnections / established, null],
    ['reuse-rate', 'pool', last60s.connReuseRate, null],
    ['wait-p95', 'pool', last60s.waitP95Ms, null],
    ['loop-delay', 'pool', engine.loopDelayP99Ms, null],
    ['leak', 'pool', statistics.leasesOverLeakThreshold, null],
    ['disk-full', '/home/operator/.config/hotpool-console', 41_300_000_000, null],
    ['lists-unread', 'access-lists.toml', 0, null],
    ['lists-unsaved', 'access-lists.toml', null, null],
  ];
}

/** A change of any of them in `config.update` is a change of these. */
export type Thresholds = (rule: AlertRule) => number | null;

export class FakeAlerts {
  /** What others than the pool say, for a scene. */
  more: readonly Figure[] = [];
  readonly #active = new Map<string, Alert>();
  readonly #resolved: Alert[] = [];
  readonly #trails = new Map<string, (number | null)[]>();
  readonly #mutes = new Map<string, number>();
  readonly #thresholds: Thresholds;
  #lastId = 100;
  #figures: Figure[] = [];
  #now = 0;

  constructor(thresholds: Thresholds) {
    this.#thresholds = thresholds;
  }

  /** As if it had been seen to its end a while ago. */
  seedPast(
    rule: AlertRule,
    subject: string,
    value: number,
    endedBeforeMs: number,
    lastedMs: number,
    now: number,
  ): void {
    const alert = this.#begin(rule, subject, value, null, now - endedBeforeMs - lastedMs);
    this.#resolved.push({ ...alert, state: 'resolved', resolvedAtMs: now - endedBeforeMs, worst: value });
  }

  /** A second has passed. Troubles of the first look are old ones. */
  second(statistics: PoolStatistics): void {
    const isFirst = this.#figures.length === 0;
    this.#now = statistics.atMs;
    this.#figures = [...figuresOf(statistics), ...this.more];
    for (const [rule, subject, value, detail] of this.#figures) {
      const key = `${rule} ${subject}`;
      const trail = this.#trails.get(key) ?? [];
      this.#trails.set(key, [...(isFirst ? wander(value) : trail), value].slice(-trailPoints));
      this.#look(key, rule, subject, value, detail, isFirst ? statistics.atMs - 4 * minuteMs : statistics.atMs);
    }
  }

  list(): AlertList {
    const active = [...this.#active.values()].sort((one, other) => one.sinceMs - other.sinceMs);
    const newestFirst = this.#resolved.toSorted((one, other) => (other.resolvedAtMs ?? 0) - (one.resolvedAtMs ?? 0));
    return { active, resolved: newestFirst };
  }

  past(): Alert[] {
    const { active, resolved } = this.list();
    return [...active, ...resolved].sort((one, other) => other.sinceMs - one.sinceMs);
  }

  watches(): AlertWatch[] {
    return this.#figures.map(([rule, subject, value]) => {
      const key = `${rule} ${subject}`;
      return {
        rule,
        subject,
        severity: alertRuleFacts[rule].severity,
        value,
        threshold: this.#thresholds(rule),
        clearAt: this.#clearAt(rule),
        alertId: this.#active.get(key)?.id ?? null,
        trail: this.#trails.get(key) ?? [],
      };
    });
  }

  acknowledge(id: number, by: string, reason: string): Alert {
    return this.#change(id, (alert) => ({ ...alert, acknowledged: { by, reason, atMs: this.#now } }));
  }

  mute(id: number, minutes: number): Alert {
    return this.#change(id, (alert) => {
      const untilMs = this.#now + minutes * minuteMs;
      this.#mutes.set(`${alert.rule} ${alert.subject}`, untilMs);
      return { ...alert, mutedUntilMs: untilMs };
    });
  }

  unmute(id: number): Alert {
    return this.#change(id, (alert) => {
      this.#mutes.delete(`${alert.rule} ${alert.subject}`);
      return { ...alert, mutedUntilMs: null };
    });
  }

  #look(
    key: string,
    rule: AlertRule,
    subject: string,
    value: number | null,
    detail: string | null,
    sinceMs: number,
  ): void {
    const threshold = this.#thresholds(rule);
    const below = alertRuleFacts[rule].bad === 'below';
    const limit = threshold ?? 0;
    const isBad = value !== null && (below ? value < limit : value > limit);
    const alert = this.#active.get(key);
    if (isBad) {
      const known = alert ?? this.#begin(rule, subject, value, detail, sinceMs);
      const worst = known.worst === null ? value : below ? Math.min(known.worst, value) : Math.max(known.worst, value);
      this.#active.set(key, stated({ ...known, value, worst, threshold, clearAt: this.#clearAt(rule), detail }));
    } else if (alert) {
      this.#active.delete(key);
      this.#resolved.push({ ...alert, state: 'resolved', resolvedAtMs: this.#now, value });
    }
  }

  #clearAt(rule: AlertRule): number | null {
    const threshold = this.#thresholds(rule);
    const { bad, unit } = alertRuleFacts[rule];
    const perfect = bad === 'above' ? 0 : unit === 'share' ? 1 : 2 * (threshold ?? 0);
    return threshold === null ? null : threshold + margin * (perfect - threshold);
  }

  #begin(rule: AlertRule, subject: string, value: number, detail: string | null, sinceMs: number): Alert {
    this.#lastId += 1;
    const holdMs = alertRuleFacts[rule].held ? 30_000 : 0;
    return {
      id: this.#lastId,
      rule,
      subject,
      severity: alertRuleFacts[rule].severity,
      state: 'firing',
      sinceMs,
      firedAtMs: sinceMs + holdMs,
      clearSinceMs: null,
      resolvedAtMs: null,
      firings: 1,
      value,
      worst: value,
      threshold: this.#thresholds(rule),
      clearAt: this.#clearAt(rule),
      holdMs,
      clearHoldMs: 10_000,
      detail,
      acknowledged: null,
      mutedUntilMs: this.#mutes.get(`${rule} ${subject}`) ?? null,
    };
  }

  #change(id: number, change: (alert: Alert) => Alert): Alert {
    for (const [key, alert] of this.#active) {
      if (alert.id === id) {
        const changed = stated(change(alert));
        this.#active.set(key, changed);
        return changed;
      }
    }
    throw new ContractError('not-found', `There is no alert ${id}, or it has been over for long.`);
  }
}

function stated(alert: Alert): Alert {
  return { ...alert, state: alert.mutedUntilMs !== null ? 'muted' : alert.acknowledged ? 'acknowledged' : 'firing' };
}

/** Ten minutes that led to this value. */
function wander(value: number | null): (number | null)[] {
  return Array.from({ length: trailPoints - 1 }, (_, index) =>
    value === null ? null : value * (1 + 0.08 * Math.sin(index / 6) * (1 - index / trailPoints)),
  );
}
