/** Tells listeners that something is different: at once, or gathered with what follows. */
import type { Clock, Timer } from '../base/clock.ts';
import type { AccessChangeListener } from './access-policy.ts';

const gatherMs = 100;

export class Notifier {
  readonly #clock: Clock;
  readonly #listeners = new Set<AccessChangeListener>();
  #pending: Timer | null = null;
  #gathered = new Set<string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns the function that stops listening. */
  subscribe(listener: AccessChangeListener): () => void {
    const own: AccessChangeListener = (ips) => listener(ips);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** Any IP may be concerned. */
  notify(): void {
    this.#tell(null);
  }

  /** This IP alone is concerned. */
  notifySoon(ip: string): void {
    this.#gathered.add(ip);
    this.#pending ??= this.#clock.after(gatherMs, () => this.#tell(this.#gathered));
  }

  close(): void {
    this.#pending?.cancel();
    this.#pending = null;
    this.#gathered = new Set();
  }

  #tell(ips: ReadonlySet<string> | null): void {
    this.close();
    for (const listener of [...this.#listeners]) {
      listener(ips);
    }
  }
}
