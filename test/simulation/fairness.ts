/**
 * First come, first served: judges the order in which those who ask for any connection of a host are served. They are
 * comparable; who asks for a path or an IP may rightly be served later or earlier than others.
 */
import type { AcquirePriority } from '../../core/pool/waiter-queue.ts';
import type { Referee } from './referee.ts';

export interface Turn {
  readonly id: number;
  readonly host: string;
  readonly priority: AcquirePriority;
}

const interactiveInARow = 16;

class HostTurns {
  /** With the moment in which each joined. */
  readonly interactive = new Map<Turn, number>();
  readonly background = new Map<Turn, number>();
  /** Interactive ones served while somebody waited in the background. */
  passed = 0;
  /** Interactive ones served since a background one was. */
  run = 0;
}

export class Fairness {
  readonly #referee: Referee;
  /** Nobody asks for paths or IPs, so the order is known to the last place. */
  readonly #exact: boolean;
  readonly #hosts = new Map<string, HostTurns>();
  #moment = 0;

  constructor(referee: Referee, exact: boolean) {
    this.#referee = referee;
    this.#exact = exact;
  }

  /** Everything has settled. Who joins and who is served within one moment may not have met. */
  nextMoment(): void {
    this.#moment += 1;
  }

  joined(turn: Turn): void {
    this.#of(turn.host)[turn.priority].set(turn, this.#moment);
  }

  left(turn: Turn): void {
    this.#of(turn.host)[turn.priority].delete(turn);
  }

  served(turn: Turn): void {
    const turns = this.#of(turn.host);
    const [first] = turns[turn.priority].keys();
    const atOnce = turns[turn.priority].get(turn) === this.#moment;
    // One who gave up when it had been served already has left the order before the grant is heard of.
    const isInOrder = turns[turn.priority].has(turn);
    if (isInOrder && first && first !== turn) {
      this.#referee.fail('first in, first out within a priority', `#${turn.id} is served before #${first.id}`);
    }
    this.left(turn);
    if (turn.priority === 'interactive') {
      turns.run += 1;
      turns.passed = this.#haveWaited(turns.background) ? turns.passed + 1 : 0;
      if (this.#exact && turns.passed > interactiveInARow) {
        this.#referee.fail(
          'background is served after sixteen in a row',
          `${turns.passed} went before on ${turn.host}`,
        );
      }
      return;
    }
    if (this.#exact && this.#haveWaited(turns.interactive) && turns.run < interactiveInARow) {
      this.#referee.fail('interactive goes before background', `#${turn.id} is served after a run of ${turns.run}`);
    }
    turns.passed = 0;
    // One that did not wait takes nobody's turn.
    turns.run = atOnce ? turns.run : 0;
  }

  /** The first has joined before this moment. */
  #haveWaited(waiting: ReadonlyMap<Turn, number>): boolean {
    const [joined] = waiting.values();
    return joined !== undefined && joined < this.#moment;
  }

  #of(host: string): HostTurns {
    let turns = this.#hosts.get(host);
    if (!turns) {
      turns = new HostTurns();
      this.#hosts.set(host, turns);
    }
    return turns;
  }
}
