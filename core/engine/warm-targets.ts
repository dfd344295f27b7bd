/**
 * `[[targets]] warm = N`: what is warmed without being asked, when the engine starts and when a target asks for another, and
 * warmed again when it was lost: to an outage, to a machine that slept, to servers that were restarted.
 */
import type { Clock, Timer } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { TargetSettings } from '../config/settings.ts';
import type { EventDataOf } from '../contract/event-kinds.ts';
import { type WarmUpJob, warmUpJobSchema } from '../contract/warm-up-job.ts';
import type { WarmUp } from '../warm-up/warm-up.ts';

export interface WarmTargetsParts {
  readonly warmUps: Pick<WarmUp, 'start' | 'plan' | 'finished'>;
  readonly events: EventSink;
  readonly clock: Clock;
  /** Connections to a host that are open and well, or on the way there. */
  readonly connectedTo: (host: string) => number;
}

type Warm = NonNullable<TargetSettings['warm']>;
type Asked = Pick<EventDataOf<'warm-up.by-target'>, 'connections' | 'lost'>;

interface WarmTarget {
  readonly host: string;
  readonly warm: Warm;
  /** Before the next look at a host that was found short; doubled each time that it still is. */
  pauseMs: number;
  /** Monotonic. */
  nextLookMs: number;
  busy: boolean;
}

const tickMs = 10_000;
const firstPauseMs = 30_000;
const longestPauseMs = 600_000;

export class WarmTargets {
  readonly #parts: WarmTargetsParts;
  #targets: ReadonlyMap<string, WarmTarget> = new Map();
  #timer: Timer | null = null;
  #closed = false;

  constructor(parts: WarmTargetsParts) {
    this.#parts = parts;
  }

  /**
   * Warms the hosts whose targets ask for something that they did not ask for before, at the pace and with the retries of
   * a job that says nothing. Nobody is there to be asked: what does not fit the limits is left out, and the run says so.
   */
  look(targets: readonly TargetSettings[]): void {
    const before = this.#targets;
    const now = new Map<string, WarmTarget>();
    for (const { host, warm } of targets) {
      const known = before.get(host.name);
      if (warm !== undefined) {
        now.set(host.name, known?.warm === warm ? known : this.#begin(host.name, warm));
      }
    }
    this.#targets = now;
    if (now.size > 0 && !this.#timer && !this.#closed) {
      this.#tick();
    }
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#targets = new Map();
  }

  #begin(host: string, warm: Warm): WarmTarget {
    const { clock } = this.#parts;
    const nextLookMs = clock.monotonicMs() + firstPauseMs;
    const target: WarmTarget = { host, warm, pauseMs: firstPauseMs, nextLookMs, busy: true };
    const job = warmUpJobSchema.parse({ hosts: [host], connections: warm, onlyCold: true });
    void this.#run(target, job, { connections: warm === 'all-ips' ? null : warm, lost: false });
    return target;
  }

  #tick(): void {
    this.#timer = this.#parts.clock.after(tickMs, () => {
      this.#timer = null;
      const nowMs = this.#parts.clock.monotonicMs();
      for (const target of this.#targets.values()) {
        if (!target.busy && nowMs >= target.nextLookMs) {
          void this.#lookAgain(target);
        }
      }
      if (this.#targets.size > 0 && !this.#closed) {
        this.#tick();
      }
    });
  }

  /** One that is as warm as it asks for is looked at with each tick; one that cannot be warmed, ever more seldom. */
  async #lookAgain(target: WarmTarget): Promise<void> {
    const { warmUps, clock } = this.#parts;
    target.busy = true;
    const job = this.#missing(target);
    // A host that has no address, or no place within the limits, is as short as before, and not tried.
    const plan = job && (await warmUps.plan(job).catch(() => null));
    if (!job || plan?.wanted === 0) {
      target.pauseMs = firstPauseMs;
      target.busy = false;
      return;
    }
    if (plan && plan.fits > 0 && this.#targets.get(target.host) === target) {
      await this.#run(target, job, { connections: plan.fits, lost: true });
    }
    target.nextLookMs = clock.monotonicMs() + target.pauseMs;
    target.pauseMs = Math.min(2 * target.pauseMs, longestPauseMs);
    target.busy = false;
  }

  #missing({ host, warm }: WarmTarget): WarmUpJob | null {
    if (warm === 'all-ips') {
      return warmUpJobSchema.parse({ hosts: [host], connections: warm, onlyCold: true, retries: 0 });
    }
    const missing = warm - this.#parts.connectedTo(host);
    return missing > 0 ? warmUpJobSchema.parse({ hosts: [host], connections: missing, retries: 0 }) : null;
  }

  async #run(target: WarmTarget, job: WarmUpJob, asked: Asked): Promise<void> {
    const { warmUps, events } = this.#parts;
    const runId = warmUps.start(job, 'target');
    events.emit('info', 'warm-up.by-target', target.host, { runId, host: target.host, ...asked });
    await warmUps.finished(runId);
    target.busy = false;
  }
}
