/**
 * Looks again at IPs that are ejected, or that the maximum share holds in use, when their time has come: a few at once, each
 * by itself, so that one that hangs delays no other.
 */
import type { Clock, Timer } from '../base/clock.ts';
import { jittered, type Random } from '../base/random.ts';
import type { Endpoint } from '../dial/endpoint.ts';
import type { IpRecord } from './ip-record.ts';

export interface ProbeTarget {
  /**
   * Looks once at an endpoint on trial: a connection that lies idle is checked, else one is dialled and validated. What is
   * found is told to the endpoint's health. False when its connections are all in use: their requests will tell.
   * @throws when it failed, or no connection could be had.
   */
  probe(endpoint: Endpoint, signal: AbortSignal): Promise<boolean>;
}

export interface RecoveryProberOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly target: ProbeTarget;
  /** Probes in flight. */
  readonly concurrency: number;
  /** A probe begins: the record is on trial from here. False when there is nothing to try any more. */
  readonly onTrial: (record: IpRecord) => boolean;
}

/** Between two looks of one trial. */
const nextLookMs = 1_000;
/** A look that could not be had for want of room or descriptors is had later. */
const noRoomMs = 5_000;
/** One that is in use is asked by its callers in the meantime. */
const heldPauseMs = 30_000;
const jitterShare = 0.1;

/** That long the looks of a trial lie apart at most, where each can be had; what they take themselves comes on top. */
export function longestTrialPauseMs(looks: number): number {
  return (looks - 1) * nextLookMs * (1 + jitterShare);
}

export class RecoveryProber {
  readonly #options: RecoveryProberOptions;
  readonly #planned = new Map<IpRecord, Timer>();
  readonly #due = new Set<IpRecord>();
  readonly #running = new Set<IpRecord>();
  readonly #closing = new AbortController();
  #concurrency: number;

  constructor(options: RecoveryProberOptions) {
    this.#options = options;
    this.#concurrency = options.concurrency;
  }

  /** At a monotonic time, instead of any planned before; null: not any more. */
  plan(record: IpRecord, atMs: number | null): void {
    this.#planned.get(record)?.cancel();
    this.#planned.delete(record);
    this.#due.delete(record);
    if (atMs !== null && !this.#closing.signal.aborted) {
      const { clock } = this.#options;
      const delayMs = Math.max(0, atMs - clock.monotonicMs());
      this.#planned.set(
        record,
        clock.after(delayMs, () => this.#fallDue(record)),
      );
    }
  }

  /** Ahead of its time. False when it is probed already, or not planned to be. */
  hurry(record: IpRecord): boolean {
    if (!this.#planned.has(record)) {
      return false;
    }
    this.plan(record, this.#options.clock.monotonicMs());
    return true;
  }

  setConcurrency(concurrency: number): void {
    this.#concurrency = concurrency;
    this.#pump();
  }

  close(): void {
    this.#closing.abort();
    for (const timer of this.#planned.values()) {
      timer.cancel();
    }
    this.#planned.clear();
    this.#due.clear();
  }

  #fallDue(record: IpRecord): void {
    this.#planned.delete(record);
    this.#due.add(record);
    this.#pump();
  }

  #pump(): void {
    for (const record of this.#due) {
      if (this.#running.size >= this.#concurrency) {
        return;
      }
      if (!this.#running.has(record)) {
        this.#due.delete(record);
        void this.#try(record);
      }
    }
  }

  async #try(record: IpRecord): Promise<void> {
    const { target, onTrial } = this.#options;
    if (record.phase !== 'probing' && !onTrial(record)) {
      return;
    }
    this.#running.add(record);
    let pauseMs = nextLookMs;
    try {
      await target.probe(record.endpoint, this.#closing.signal);
    } catch {
      // A failure of the IP has been told to its health, which has planned the next probe. Any other is this machine's.
      pauseMs = noRoomMs;
    }
    this.#running.delete(record);
    if ((record.phase === 'probing' || record.heldFor !== null) && !this.#planned.has(record)) {
      const { clock, random } = this.#options;
      const untilNextMs = record.phase === 'probing' ? pauseMs : heldPauseMs;
      this.plan(record, clock.monotonicMs() + jittered(random, untilNextMs, jitterShare));
    }
    this.#pump();
  }
}
