/**
 * An HTTP/1.1 socket before its first request. The pool's own HEADs need no HTTP client, which would be a tenth of what a
 * new connection costs the CPU, and four kilobytes of one that is only kept hot.
 */
import type { TLSSocket } from 'node:tls';
import { ClassifiedError } from './classified-error.ts';
import { classify } from './error-classes.ts';
import { type ResponseHead, ResponseHeadReader } from './response-head.ts';
import type { GiveUp } from './within-deadline.ts';

interface Exchange {
  readonly reader: ResponseHeadReader;
  readonly onAnswer: (answer: ResponseHead) => void;
  readonly onFailure: (error: Error) => void;
}

export class HeadAsker {
  readonly #socket: TLSSocket;
  /** As the Host header says it. */
  readonly #hostName: string;
  /** The one under way. */
  #exchange: Exchange | null = null;
  /** Somebody else wants the socket. */
  #onFree: (() => void) | null = null;

  /** Reads the socket from now on: whatever arrives unasked breaks the connection. */
  constructor(socket: TLSSocket, hostName: string) {
    this.#socket = socket;
    this.#hostName = hostName;
    socket.on('data', this.#read);
  }

  /** No answer is awaited. */
  get isQuiet(): boolean {
    return this.#exchange === null;
  }

  /** One at a time, none for who comes after {@link release}, and no path that would not stay one. */
  mayAsk(path: string): boolean {
    return this.#exchange === null && this.#onFree === null && !/[^\x21-\xff]/.test(path);
  }

  /**
   * Asks for a path (see {@link mayAsk}) and calls one of the two back, once. What goes wrong destroys the socket, and so
   * does giving up: an answer that comes late would be taken for the next one's.
   */
  ask(path: string, onAnswer: Exchange['onAnswer'], onFailure: Exchange['onFailure']): GiveUp {
    this.#exchange = { reader: new ResponseHeadReader(), onAnswer, onFailure };
    this.#socket.write(`HEAD ${path} HTTP/1.1\r\nhost: ${this.#hostName}\r\nconnection: keep-alive\r\n\r\n`, 'latin1');
    return (error) => this.#socket.destroy(error);
  }

  /** Calls back, once, when no answer is awaited any more: then the socket is another's to read. */
  release(onFree: () => void): void {
    this.#onFree = onFree;
    this.#letGo();
  }

  /** The socket is gone: no answer will come. */
  closed(error: Error): void {
    const exchange = this.#exchange;
    this.#exchange = null;
    exchange?.onFailure(error);
    this.#letGo();
  }

  readonly #read = (chunk: Buffer): void => {
    if (!this.#exchange) {
      const message = 'the server sent what nobody had asked for';
      this.#socket.destroy(new ClassifiedError('http-protocol', 'HPE_INVALID', message));
      return;
    }
    const { reader, onAnswer } = this.#exchange;
    let answer: ResponseHead | null;
    try {
      answer = reader.read(chunk);
    } catch (error) {
      const failure = classify(error, 'http');
      this.#socket.destroy(failure);
      this.closed(failure);
      return;
    }
    if (answer) {
      this.#exchange = null;
      onAnswer(answer);
      this.#letGo();
    }
  };

  #letGo(): void {
    if (!this.#onFree || this.#exchange) {
      return;
    }
    const onFree = this.#onFree;
    this.#onFree = ignore;
    // What has arrived while the socket lay idle would be taken for the answer to the first request: two turns of the event
    // loop read it before that.
    setImmediate(() =>
      setImmediate(() => {
        this.#socket.off('data', this.#read);
        onFree();
      }),
    );
  }
}

function ignore(): void {}
