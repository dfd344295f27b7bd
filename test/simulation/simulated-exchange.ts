/** One request on a simulated connection: headers after a while, some chunks, an end, or something else. */
import type { Dispatcher } from 'undici';
import type { Timer } from '../../core/base/clock.ts';
import { ClassifiedError } from '../../core/dial/classified-error.ts';
import { LeaseEndedError } from '../../core/pool/pool-errors.ts';
import type { SimulatedNetwork } from './simulated-network.ts';
import type { SimulatedTransport } from './simulated-transport.ts';
import type { Answer } from './weather.ts';

/** How a request ended, as the network saw it. */
export type ExchangeEnd = 'good' | 'aborted' | 'other';

/** More than the pool reads of a response that nobody wants any more. */
const hugeChunk = Buffer.alloc(200 * 1024);
const smallChunk = Buffer.alloc(16);

export class SimulatedExchange implements Dispatcher.DispatchController {
  aborted = false;
  paused = false;
  reason: Error | null = null;
  readonly #transport: SimulatedTransport;
  readonly #network: SimulatedNetwork;
  readonly #sent: Dispatcher.DispatchOptions | null;
  readonly #handler: Dispatcher.DispatchHandler;
  #timer: Timer | null = null;
  #status = 0;
  #chunks = 0;
  #over = false;

  /** `sent`: what to note when it goes out. */
  constructor(
    transport: SimulatedTransport,
    network: SimulatedNetwork,
    handler: Dispatcher.DispatchHandler,
    sent: Dispatcher.DispatchOptions | null,
  ) {
    this.#sent = sent;
    this.#transport = transport;
    this.#network = network;
    this.#handler = handler;
  }

  begin(answer: Answer | 'dead'): void {
    if (answer === 'dead') {
      queueMicrotask(() => this.fail(new ClassifiedError('closed-by-peer', 'CLOSED', 'the connection is gone')));
      return;
    }
    queueMicrotask(() => {
      if (this.#over) {
        return;
      }
      this.#noteSent();
      this.#handler.onRequestStart?.(this, {});
      if (!this.#over && answer !== 'hang') {
        this.#later(() => this.#answer(answer));
      }
    });
  }

  /** The connection ends under it. */
  fail(error: Error): void {
    if (this.#finish('other')) {
      this.#handler.onResponseError?.(this, error);
    }
  }

  abort(reason: Error): void {
    this.aborted = true;
    this.reason = reason;
    // The pool resets what its caller has left behind; what the caller gives up himself says nothing of the server.
    if (this.#finish(reason instanceof LeaseEndedError ? 'other' : 'aborted')) {
      this.#handler.onResponseError?.(this, reason);
      // A response that is cut off on HTTP/1.1 takes the connection with it; a stream is reset.
      if (this.#transport.protocol === 'http/1.1') {
        this.#transport.end('broken');
      }
    }
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  #noteSent(): void {
    if (!this.#sent) {
      return;
    }
    const { method, path } = this.#sent;
    const times = (this.#network.sent.get(path) ?? 0) + 1;
    this.#network.sent.set(path, times);
    if (times > 1 && method === 'POST') {
      this.#network.referee.fail('a POST that was sent is not sent again', path);
    }
  }

  #answer(answer: Exclude<Answer, 'hang'>): void {
    if (answer === 'reset') {
      this.#transport.end('broken');
      return;
    }
    this.#status = answer;
    this.#handler.onResponseStart?.(this, answer, { 'transfer-encoding': 'chunked' }, '');
    // None, some, or (-1) one after the other without end.
    this.#chunks = this.#network.dice.pick([0, 0, 1, 3, -1]);
    this.#later(() => this.#flow());
  }

  #flow(): void {
    if (this.paused) {
      this.#later(() => this.#flow(), 50);
    } else if (this.#chunks === 0) {
      if (this.#finish(this.#status >= 200 && this.#status <= 399 ? 'good' : 'other')) {
        this.#handler.onResponseEnd?.(this, {});
      }
    } else {
      this.#chunks -= 1;
      this.#handler.onResponseData?.(this, this.#network.dice.chance(0.1) ? hugeChunk : smallChunk);
      this.#later(() => this.#flow(), this.#chunks < 0 ? 300 : undefined);
    }
  }

  #later(next: () => void, delayMs?: number): void {
    if (this.#over) {
      return;
    }
    const { clock, dice } = this.#network;
    const afterMs = delayMs ?? dice.pick(this.#network.weather(this.#transport.endpoint.ip).answerMs);
    this.#timer = clock.after(afterMs, () => {
      this.#transport.touched();
      next();
    });
  }

  #finish(end: ExchangeEnd): boolean {
    if (this.#over) {
      return false;
    }
    this.#over = true;
    this.#timer?.cancel();
    this.#transport.exchanges.delete(this);
    this.#transport.used();
    this.#transport.touched();
    this.#network.exchangeEnds[end] += 1;
    return true;
  }
}
