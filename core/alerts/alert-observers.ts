/** Who hears of alerts: those that keep them, and those that tell somebody. */
import type { Alert } from '../contract/alerts.ts';

/** Somebody is to be told. `resolved` comes when the alert cannot go on any more: `reopen_within` after its end. */
export interface AlertNotice {
  readonly kind: 'fired' | 'resolved';
  readonly alert: Alert;
}

export interface AlertObserver {
  /** An alert is another than it was, its figure excepted: worth keeping over a restart. */
  changed?(alert: Alert): void;
  /** Its figure, or the worst one, is another than it was when it was told last; not more often than each ten seconds. */
  moved?(alert: Alert): void;
  notice?(notice: AlertNotice): void;
}

export class AlertObservers {
  readonly #observers = new Set<AlertObserver>();

  /** Returns the function that stops observing. */
  add(observer: AlertObserver): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  /** One that is pending is nobody's yet: it may never fire, and then it never was. */
  changed(alert: Alert): void {
    for (const observer of alert.state === 'pending' ? [] : this.#observers) {
      observer.changed?.(alert);
    }
  }

  moved(alert: Alert): void {
    for (const observer of this.#observers) {
      observer.moved?.(alert);
    }
  }

  notice(kind: AlertNotice['kind'], alert: Alert): void {
    for (const observer of this.#observers) {
      observer.notice?.({ kind, alert });
    }
  }
}
