/** The history's thread for tests: the same keeper in this thread, answering when the test says so. */

import { answerHistory } from '../../core/history/answer-history.ts';
import type { HistoryThread } from '../../core/history/history.ts';
import { HistoryKeeper } from '../../core/history/history-keeper.ts';
import type { FromHistory, ToHistory } from '../../core/history/history-messages.ts';

export class HeldHistoryThread implements HistoryThread {
  readonly #keeper: HistoryKeeper;
  readonly #waiting: ToHistory[] = [];
  #onMessage: (message: FromHistory) => void = () => {};
  #onEnd: (why: string) => void = () => {};
  ended = false;
  /** Messages are held until `release`, as by a slow disk. */
  slow = false;

  constructor(file: string) {
    this.#keeper = new HistoryKeeper(file);
  }

  send(message: ToHistory): void {
    // As between threads: nothing is shared.
    this.#waiting.push(structuredClone(message));
    if (!this.slow) {
      queueMicrotask(() => this.release());
    }
  }

  get waiting(): readonly ToHistory[] {
    return this.#waiting;
  }

  release(): void {
    for (const message of this.#waiting.splice(0)) {
      this.#onMessage(answerHistory(this.#keeper, message));
    }
  }

  /** As when it crashes. */
  crash(why: string): void {
    this.#onEnd(why);
  }

  onMessage(listener: (message: FromHistory) => void): void {
    this.#onMessage = listener;
  }

  onEnd(listener: (why: string) => void): void {
    this.#onEnd = listener;
  }

  async end(): Promise<void> {
    this.ended = true;
    this.#keeper.close();
  }
}
