/** The line to the process that owns the browser, as main's process sees it. */
import type { FromMain, QuestionName, Questions, RecordEntry, ToMain } from '../wire.ts';

type Answerer<Name extends QuestionName> = (
  ask: Questions[Name]['ask'],
) => Questions[Name]['answer'] | Promise<Questions[Name]['answer']>;
type AnyAnswerer = (ask: never) => unknown;
type Told = Exclude<ToMain, { kind: 'ask' } | { kind: 'answer' }>;

class Channel {
  readonly #answerers = new Map<QuestionName, AnyAnswerer>();
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #listeners = new Set<(message: Told) => void>();
  #lastCall = 0;
  /** Set when the `ready` event fires. */
  ready = false;

  constructor() {
    process.on('message', (message: ToMain) => this.#receive(message));
    // Who shows the windows is gone, so nobody is left to see them: what a lost display does to a real app.
    process.on('disconnect', () => process.exit(1));
  }

  send(message: FromMain): void {
    if (process.connected) {
      process.send?.(message);
    }
  }

  /** Tells the tests what main configured. */
  record(call: string, ...args: readonly unknown[]): void {
    const entry: RecordEntry = { call, args: args.map(withoutFunctions), afterReady: this.ready };
    this.send({ kind: 'record', entry });
  }

  load(windowId: number, url: string): Promise<void> {
    this.#lastCall += 1;
    const callId = this.#lastCall;
    return new Promise((resolve, reject) => {
      this.#waiting.set(callId, { resolve: () => resolve(), reject });
      this.send({ kind: 'load', callId, windowId, url });
    });
  }

  answer<Name extends QuestionName>(name: Name, answerer: Answerer<Name>): void {
    this.#answerers.set(name, answerer);
  }

  listen(listener: (message: Told) => void): void {
    this.#listeners.add(listener);
  }

  #receive(message: ToMain): void {
    if (message.kind === 'ask') {
      void this.#answerQuestion(message.callId, message.name, message.ask);
      return;
    }
    if (message.kind === 'answer') {
      const waiting = this.#waiting.get(message.callId);
      this.#waiting.delete(message.callId);
      if (message.ok) {
        waiting?.resolve(message.value);
      } else {
        waiting?.reject(new Error(message.message));
      }
      return;
    }
    for (const listener of this.#listeners) {
      listener(message);
    }
  }

  async #answerQuestion(callId: number, name: QuestionName, ask: unknown): Promise<void> {
    try {
      const answerer = this.#answerers.get(name);
      if (!answerer) {
        throw new Error(`Nothing in main answers ${name}`);
      }
      const value = await answerer(ask as never);
      // As Electron: what main answers is cloned, and what cannot be cloned is main's error.
      this.send({ kind: 'answer', callId, ok: true, value: structuredClone(value) });
    } catch (error) {
      this.send({ kind: 'answer', callId, ok: false, message: String(error) });
    }
  }
}

function withoutFunctions(value: unknown): unknown {
  if (typeof value === 'function') {
    return '[function]';
  }
  if (Array.isArray(value)) {
    return value.map(withoutFunctions);
  }
  if (value && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutFunctions(part)]));
  }
  return typeof value === 'object' && value !== null ? `[${value.constructor.name}]` : value;
}

export const channel = new Channel();
