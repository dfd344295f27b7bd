/**
 * What is being watched. Asked again whenever the link comes back, for the host may have restarted with another config,
 * and whenever the figures name other hosts or other numbers of IPs: a name that was slow to resolve is known later.
 */
import type { ConsoleSession } from '../../core/contract/console-session.ts';
import { Observable } from '../base/observable.ts';
import type { ConsoleBridge } from '../bridge/console-bridge.ts';
import type { StatisticsStore } from './statistics-store.ts';

export class SessionStore {
  readonly changes = new Observable();
  /** Told when another engine answers than before: after a restart, or when the demo is left. */
  readonly engineChanges = new Observable();
  readonly #bridge: ConsoleBridge;
  #session: ConsoleSession | null = null;

  constructor(bridge: ConsoleBridge, statistics: Pick<StatisticsStore, 'latest' | 'changes'>) {
    this.#bridge = bridge;
    let phase = bridge.link().phase;
    bridge.onLink(() => {
      const before = phase;
      phase = bridge.link().phase;
      if (phase === 'live' && before === 'lost') {
        this.refresh();
      }
    });
    let known: string | null = null;
    statistics.changes.subscribe(() => {
      const now = (statistics.latest()?.hosts ?? []).map(({ host, ips }) => `${host} ${ips}`).join('\n');
      const before = known;
      known = now;
      if (before !== now) {
        this.refresh();
      }
    });
    this.refresh();
  }

  readonly current = (): ConsoleSession | null => this.#session;

  refresh(): void {
    this.#bridge.request('session.describe', {}).then(
      (session) => {
        const before = this.#session;
        this.#session = session;
        this.changes.changed();
        if (before !== null && before.startedAtMs !== session.startedAtMs) {
          this.engineChanges.changed();
        }
      },
      // The link's own state tells that nobody answers; the question is asked again when it is back.
      () => undefined,
    );
  }
}
