/**
 * Checks that wait their turn: at most so many at once, and of those only a few to one IP, so that an IP that hangs holds
 * up nobody but itself. IPs take turns.
 */

/** An eighth of all places may be one IP's; with few places that is still one. */
const shareOfOneIp = 8;

export class CheckQueue<Result> {
  readonly #run: (connectionId: number) => Promise<Result>;
  readonly #results = new Map<number, PromiseWithResolvers<Result | null>>();
  readonly #lanes = new Map<string, Lane>();
  /** Lanes that have something waiting and a place free, in the order of their turn. */
  readonly #turns = new Set<Lane>();
  #concurrency: number;
  #inFlight = 0;

  /** `run` never rejects. `concurrency` is at least 1. */
  constructor(concurrency: number, run: (connectionId: number) => Promise<Result>) {
    this.#concurrency = concurrency;
    this.#run = run;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  setConcurrency(concurrency: number): void {
    this.#concurrency = concurrency;
    for (const lane of this.#lanes.values()) {
      this.#takeTurn(lane);
    }
    this.#pump();
  }

  /** One that waits or runs already is not asked for twice: both get its result. null when the queue is cleared first. */
  add(connectionId: number, ip: string): Promise<Result | null> {
    const asked = this.#results.get(connectionId);
    if (asked) {
      return asked.promise;
    }
    const result = Promise.withResolvers<Result | null>();
    this.#results.set(connectionId, result);
    let lane = this.#lanes.get(ip);
    if (!lane) {
      lane = { ip, waiting: [], inFlight: 0 };
      this.#lanes.set(ip, lane);
    }
    lane.waiting.push(connectionId);
    this.#takeTurn(lane);
    this.#pump();
    return result.promise;
  }

  /** What has not begun is answered with null; what runs goes on. */
  clear(): void {
    for (const lane of this.#lanes.values()) {
      for (const connectionId of lane.waiting) {
        this.#settle(connectionId, null);
      }
      lane.waiting.length = 0;
    }
    this.#turns.clear();
  }

  get #perIp(): number {
    return Math.max(1, Math.floor(this.#concurrency / shareOfOneIp));
  }

  #takeTurn(lane: Lane): void {
    if (lane.waiting.length > 0 && lane.inFlight < this.#perIp) {
      this.#turns.add(lane);
    }
  }

  #pump(): void {
    for (const lane of this.#turns) {
      if (this.#inFlight >= this.#concurrency) {
        return;
      }
      this.#turns.delete(lane);
      const connectionId = lane.waiting.shift();
      if (connectionId !== undefined) {
        void this.#begin(lane, connectionId);
        // Added again, it comes after all others.
        this.#takeTurn(lane);
      }
    }
  }

  async #begin(lane: Lane, connectionId: number): Promise<void> {
    this.#inFlight += 1;
    lane.inFlight += 1;
    const result = await this.#run(connectionId);
    this.#inFlight -= 1;
    lane.inFlight -= 1;
    if (lane.inFlight === 0 && lane.waiting.length === 0) {
      this.#lanes.delete(lane.ip);
    }
    this.#settle(connectionId, result);
    this.#takeTurn(lane);
    this.#pump();
  }

  #settle(connectionId: number, result: Result | null): void {
    this.#results.get(connectionId)?.resolve(result);
    this.#results.delete(connectionId);
  }
}

interface Lane {
  readonly ip: string;
  readonly waiting: number[];
  inFlight: number;
}
