/** A caller's side of one request. After its lease has ended it may hear that, once, and nothing else. */
import type { Dispatcher } from 'undici';
import type { Referee } from './referee.ts';

export class CallerExchange implements Dispatcher.DispatchHandler {
  /** Answered, failed or given up. */
  over = false;
  readonly #referee: Referee;
  readonly #what: string;
  #controller: Dispatcher.DispatchController | null = null;
  #leaseEnded = false;

  constructor(referee: Referee, connectionId: number) {
    this.#referee = referee;
    this.#what = `a request on connection ${connectionId}`;
  }

  abort(): void {
    if (!this.over) {
      this.#controller?.abort(new Error('the caller gave it up'));
    }
  }

  leaseEnds(): void {
    this.#leaseEnded = !this.over;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#hears('a start');
    this.#controller = controller;
  }

  onResponseStart(): void {
    this.#hears('headers');
  }

  onResponseData(): void {
    this.#hears('data');
  }

  onResponseEnd(): void {
    this.#hears('an end');
    this.over = true;
  }

  onResponseError(): void {
    if (this.over) {
      this.#referee.fail('a request ends once', `${this.#what} fails after its end`);
    }
    this.over = true;
  }

  #hears(what: string): void {
    if (this.over || this.#leaseEnded) {
      this.#referee.fail('nobody hears of a response after his lease has ended', `${this.#what}: ${what}`);
    }
  }
}
