/** What is being watched. Asked again whenever the link comes back: the host may have restarted with another config. */
import type { ConsoleSession } from '../../core/contract/console-session.ts';
import type { ConsoleBridge } from '../bridge/console-bridge.ts';
import { Observable } from './observable.ts';

export class SessionStore {
  readonly changes = new Observable();
  readonly #bridge: ConsoleBridge;
  #session: ConsoleSession | null = null;

  constructor(bridge: ConsoleBridge) {
    this.#bridge = bridge;
    let phase = bridge.link().phase;
    bridge.onLink(() => {
      const before = phase;
      phase = bridge.link().phase;
      if (phase === 'live' && before === 'lost') {
        this.refresh();
      }
    });
    this.refresh();
  }

  readonly current = (): ConsoleSession | null => this.#session;

  refresh(): void {
    this.#bridge.request('session.describe', {}).then(
      (session) => {
        this.#session = session;
        this.changes.changed();
      },
      // The link's own state tells that nobody answers; the question is asked again when it is back.
      () => undefined,
    );
  }
}
