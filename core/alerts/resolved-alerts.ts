/** The last alerts that are over, newest first. */
import type { Alert } from '../contract/alerts.ts';

const mostKept = 50;

export class ResolvedAlerts {
  #alerts: Alert[] = [];

  get all(): readonly Alert[] {
    return this.#alerts;
  }

  find(id: number): Alert | undefined {
    return this.#alerts.find((alert) => alert.id === id);
  }

  /** It is over now. */
  keep(alert: Alert): void {
    this.drop(alert.id);
    this.#alerts = [alert, ...this.#alerts].slice(0, mostKept);
  }

  /** It is another than it was, if it is kept. */
  replace(alert: Alert): void {
    this.#alerts = this.#alerts.map((other) => (other.id === alert.id ? alert : other));
  }

  /** It goes on. */
  drop(id: number): void {
    this.#alerts = this.#alerts.filter((alert) => alert.id !== id);
  }
}
