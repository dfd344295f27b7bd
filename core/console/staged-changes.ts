/** Changes of the access lists that are too long for one message: their lines, gathered by ticket until somebody asks. */
import type { Clock, Timer } from '../base/clock.ts';
import { mostStagedLines } from '../contract/access.ts';
import { ContractError } from '../contract/errors.ts';
import type { RequestParsed } from '../contract/index.ts';
import { phrase } from '../contract/phrase.ts';

/** A change nobody has asked about for so long is forgotten: its page is gone, or has dropped it. */
const unusedMs = 5 * 60_000;
/** Of all tickets together; those that were used longest ago go first. */
const mostLinesHeld = 2 * mostStagedLines;

type Piece = RequestParsed<'access.stage'>;
type Lines = Pick<Piece, 'add' | 'remove'>;

interface Staged extends Lines {
  unused: Timer;
}

export class StagedChanges {
  readonly #clock: Clock;
  /** Those used longest ago first. */
  readonly #byTicket = new Map<string, Staged>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws ContractError `conflict` when the piece does not follow on; `refused` when the change becomes too long. */
  put({ ticket, from, add, remove }: Piece): { lines: number } {
    if (from === 0) {
      this.drop(ticket);
    }
    const before: Lines = this.#byTicket.get(ticket) ?? { add: [], remove: [] };
    const has = linesOf(before);
    if (from !== has) {
      throw new ContractError('conflict', phrase('change.not-following', { from, lines: has }));
    }
    const lines = has + add.length + remove.length;
    if (lines > mostStagedLines) {
      throw new ContractError('refused', phrase('change.too-long', { most: mostStagedLines }));
    }
    for (const line of add) {
      before.add.push(line);
    }
    for (const line of remove) {
      before.remove.push(line);
    }
    this.#use(ticket, before);
    this.#forgetBeyond(mostLinesHeld);
    return { lines };
  }

  /** The change with the lines that were carried before it. @throws ContractError `not-found` for a ticket that is not known. */
  whole<Change extends Lines & { staged: string | null }>(change: Change): Change {
    if (change.staged === null) {
      return change;
    }
    const lines = this.#byTicket.get(change.staged);
    if (!lines) {
      throw new ContractError('not-found', phrase('change.not-staged'));
    }
    this.#use(change.staged, lines);
    return { ...change, add: lines.add.concat(change.add), remove: lines.remove.concat(change.remove) };
  }

  drop(ticket: string): void {
    this.#byTicket.get(ticket)?.unused.cancel();
    this.#byTicket.delete(ticket);
  }

  close(): void {
    this.#forgetBeyond(0);
  }

  #use(ticket: string, lines: Lines): void {
    this.drop(ticket);
    this.#byTicket.set(ticket, { ...lines, unused: this.#clock.after(unusedMs, () => this.drop(ticket)) });
  }

  #forgetBeyond(most: number): void {
    let held = this.#byTicket.values().reduce((sum, lines) => sum + linesOf(lines), 0);
    for (const [ticket, lines] of this.#byTicket) {
      if (held <= most) {
        return;
      }
      held -= linesOf(lines);
      this.drop(ticket);
    }
  }
}

function linesOf({ add, remove }: Lines): number {
  return add.length + remove.length;
}
