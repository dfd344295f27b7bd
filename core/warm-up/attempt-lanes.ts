/** What of a run is still to be dialled: one lane for each host, served in turn, so that hosts are warmed side by side. */
import type { ClassifiedError } from '../dial/classified-error.ts';
import type { Endpoint } from '../dial/endpoint.ts';

export interface Attempt {
  /** Of its cell. */
  readonly index: number;
  /** Of its host in the run. */
  readonly lane: number;
  /** Of its next dial. */
  endpoint: Endpoint;
  retriesLeft: number;
  /** Of the attempt before; null: this is the first. */
  lastError: ClassifiedError | null;
}

interface Lane {
  /** In the order in which they are dialled. */
  readonly queue: Attempt[];
  next: number;
  /** Second and later attempts whose time has come: they go first. */
  readonly due: Attempt[];
}

export class AttemptLanes {
  readonly #lanes: readonly Lane[];
  #turn = 0;

  constructor(count: number) {
    this.#lanes = Array.from({ length: count }, () => ({ queue: [], next: 0, due: [] }));
  }

  add(attempt: Attempt): void {
    this.#lanes[attempt.lane]?.queue.push(attempt);
  }

  /** Its time has come again. */
  again(attempt: Attempt): void {
    this.#lanes[attempt.lane]?.due.push(attempt);
  }

  /** Whether {@link take} has one to give. */
  has(mayDial: (lane: number) => boolean): boolean {
    return this.#lanes.some((lane, index) => lane.due.length + lane.queue.length - lane.next > 0 && mayDial(index));
  }

  /** The next attempt of the next lane that has one and `mayDial`; undefined: none. */
  take(mayDial: (lane: number) => boolean): Attempt | undefined {
    for (let step = 0; step < this.#lanes.length; step += 1) {
      const index = (this.#turn + step) % this.#lanes.length;
      const attempt = mayDial(index) ? nextOf(this.#lanes[index]) : undefined;
      if (attempt) {
        this.#turn = (index + 1) % this.#lanes.length;
        return attempt;
      }
    }
    return undefined;
  }

  clear(): void {
    for (const lane of this.#lanes) {
      lane.due.length = 0;
      lane.next = lane.queue.length;
    }
  }
}

function nextOf(lane: Lane | undefined): Attempt | undefined {
  const due = lane?.due.shift();
  if (due || !lane) {
    return due;
  }
  const attempt = lane.queue[lane.next];
  lane.next += attempt ? 1 : 0;
  return attempt;
}
