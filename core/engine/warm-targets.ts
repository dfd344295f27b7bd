/** `[[targets]] warm = N`: what is warmed without being asked, when the engine starts and when a target asks for another. */
import type { EventSink } from '../base/event-bus.ts';
import type { TargetSettings } from '../config/settings.ts';
import { warmUpJobSchema } from '../contract/warm-up.ts';
import type { WarmUp } from '../warm-up/warm-up.ts';

export class WarmTargets {
  readonly #warmUps: Pick<WarmUp, 'start'>;
  readonly #events: EventSink;
  /** What each target asked for when it was last looked at. */
  #asked: ReadonlyMap<string, TargetSettings['warm']> = new Map();

  constructor(warmUps: Pick<WarmUp, 'start'>, events: EventSink) {
    this.#warmUps = warmUps;
    this.#events = events;
  }

  /**
   * Warms the hosts whose targets ask for something that they did not ask for before, at the pace and with the retries of
   * a job that says nothing. Nobody is there to be asked: what does not fit the limits is left out, and the run says so.
   */
  look(targets: readonly TargetSettings[]): void {
    const before = this.#asked;
    this.#asked = new Map(targets.map(({ host, warm }) => [host.name, warm]));
    for (const { host, warm } of targets) {
      if (warm !== undefined && warm !== before.get(host.name)) {
        const job = warmUpJobSchema.parse({ hosts: [host.name], connections: warm, onlyCold: true });
        const runId = this.#warmUps.start(job, 'target');
        const what = warm === 'all-ips' ? 'a connection to each of its IPs' : `${warm} connections`;
        this.#events.emit('info', 'warm-up.by-target', host.name, `its target asks for ${what}`, { runId });
      }
    }
  }
}
