/** Good news in short: how many IPs came back to the white list, at most once a minute. */
import type { EventSink } from '../base/event-bus.ts';

const pauseMs = 60_000;

export class RecoveryNews {
  readonly #events: EventSink;
  /** Those that were told, or came back before it began to listen. */
  #told: number;
  #toldMs = Number.NEGATIVE_INFINITY;

  /** `moves`: counted since the start. */
  constructor(events: EventSink, moves: number) {
    this.#events = events;
    this.#told = moves;
  }

  /** Called each second. `nowMs` is monotonic. */
  see(moves: number, nowMs: number): void {
    if (moves > this.#told && nowMs - this.#toldMs >= pauseMs) {
      this.#events.emit('info', 'access.recovered', 'pool', { ips: moves - this.#told });
      this.#told = moves;
      this.#toldMs = nowMs;
    }
  }
}
