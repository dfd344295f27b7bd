/** The words of closed lists by numbers of one byte: a list may grow, or change its order, and old files stay readable. */
import type { Statements } from './statements.ts';

/** Stands for no word. */
const none = 0;
const most = 255;

export class WordIds {
  readonly #statements: Statements;
  readonly #ids = new Map<string, number>();
  readonly #words = new Map<number, string>();

  constructor(statements: Statements) {
    this.#statements = statements;
    this.forget();
  }

  /** @throws RangeError when there is no number left. Within the caller's transaction. */
  idOf(word: string | null): number {
    if (word === null) {
      return none;
    }
    const known = this.#ids.get(word);
    if (known !== undefined) {
      return known;
    }
    const id = Number(this.#statements.prepare('INSERT INTO words (word) VALUES (?)').run(word).lastInsertRowid);
    if (id > most) {
      throw new RangeError(`the history knows at most ${most} words`);
    }
    this.#learn(id, word);
    return id;
  }

  /** Of one that may never have been written: then nothing on disk has it, and -1 is none of theirs. */
  idOfKnown(word: string): number {
    return this.#ids.get(word) ?? -1;
  }

  /** null for {@link idOf} of null. */
  wordOf(id: number): string | null {
    return this.#words.get(id) ?? null;
  }

  /** The transaction was taken back, and with it what was new in it. */
  forget(): void {
    this.#ids.clear();
    this.#words.clear();
    for (const { id, word } of this.#statements.prepare('SELECT id, word FROM words').iterate()) {
      this.#learn(Number(id), String(word));
    }
  }

  #learn(id: number, word: string): void {
    this.#ids.set(word, id);
    this.#words.set(id, word);
  }
}
