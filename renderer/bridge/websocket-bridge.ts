/** The console over one WebSocket of the headless host. Reconnects with back-off and subscribes anew by itself. */
import { ContractError } from '../../core/contract/errors.ts';
import type { RequestInput, RequestName, RequestOutput, StreamFrame, StreamName } from '../../core/contract/index.ts';
import type { ClientMessage, HostMessage } from '../../core/contract/messages.ts';
import { inSlices, type SliceScheduler } from '../base/slices.ts';
import { backOffMs } from './back-off.ts';
import type { ConsoleBridge, LinkState } from './console-bridge.ts';
import { Link } from './link-state.ts';
import { isLong, written } from './long-message.ts';
import { readFrame, readHostMessage, readOutput } from './read-message.ts';
import { words } from './words.ts';

/** The parts of a browser's WebSocket that are used. */
export interface Socket {
  readonly readyState: number;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(data: string | Blob): void;
  close(): void;
}

export interface WebSocketBridgeOptions {
  readonly open: () => Socket;
  /**
   * A browser does not tell why an upgrade was refused, so after a failed one this asks: does the host know the key?
   * Rejects, or resolves true, when that cannot be told.
   */
  readonly isAuthorised: () => Promise<boolean>;
  readonly random?: () => number;
  /** Of the slices in which a long message is written. */
  readonly scheduler?: SliceScheduler;
}

interface PendingRequest {
  readonly name: RequestName;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: ContractError) => void;
}

interface Subscription {
  readonly stream: StreamName;
  readonly deliver: (frame: unknown) => void;
}

/** A frame must come at least this often (the statistics tick each second), else the socket is dead without saying so. */
const silenceMs = 15_000;
const openState = 1;

export class WebSocketBridge implements ConsoleBridge {
  readonly #options: WebSocketBridgeOptions;
  readonly #random: () => number;
  readonly #link = new Link();
  readonly #pending = new Map<number, PendingRequest>();
  readonly #subscriptions = new Map<number, Subscription>();
  /** Requests made before the first opening. */
  #waiting: ClientMessage[] = [];
  #socket: Socket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #nextId = 1;
  #closed = false;

  constructor(options: WebSocketBridgeOptions) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
    this.#connect();
  }

  link(): LinkState {
    return this.#link.state;
  }

  onLink(listener: () => void): () => void {
    return this.#link.listen(listener);
  }

  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>> {
    const { phase } = this.#link.state;
    if (this.#closed || phase === 'lost' || phase === 'unauthorised') {
      return Promise.reject(new ContractError('disconnected', words.noEngine));
    }
    const id = this.#nextId++;
    const message: ClientMessage = { type: 'request', id, name, input };
    return new Promise<RequestOutput<Name>>((resolve, reject) => {
      this.#pending.set(id, {
        name,
        resolve: (output) => {
          try {
            resolve(readOutput(name, output));
          } catch (error) {
            reject(error);
          }
        },
        reject,
      });
      if (phase === 'live') {
        this.#sendRequest(id, message);
      } else {
        this.#waiting.push(message);
      }
    });
  }

  subscribe<Name extends StreamName>(stream: Name, listener: (frame: StreamFrame<Name>) => void): () => void {
    const id = this.#nextId++;
    this.#subscriptions.set(id, { stream, deliver: (frame) => listener(readFrame(stream, frame)) });
    if (this.#link.state.phase === 'live') {
      this.#send({ type: 'subscribe', id, stream });
    }
    return () => {
      if (this.#subscriptions.delete(id) && this.#link.state.phase === 'live') {
        this.#send({ type: 'unsubscribe', id });
      }
    };
  }

  retryNow(): void {
    if (this.#link.state.phase === 'lost' && !this.#closed) {
      this.#connect();
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    this.#subscriptions.clear();
    this.#dropSocket();
    this.#rejectAll('closed', words.closed);
  }

  #connect(): void {
    clearTimeout(this.#timer);
    this.#dropSocket();
    this.#link.set({ retryAt: null });
    const socket = this.#options.open();
    this.#socket = socket;
    let opened = false;
    socket.onopen = () => {
      opened = true;
      this.#onOpen();
    };
    socket.onmessage = (event) => this.#onMessage(event.data);
    socket.onclose = () => {
      if (this.#socket === socket) {
        this.#onClose(opened);
      }
    };
  }

  #onOpen(): void {
    this.#link.set({ phase: 'live', attempts: 0, retryAt: null, fault: null });
    for (const [id, { stream }] of this.#subscriptions) {
      this.#send({ type: 'subscribe', id, stream });
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const message of waiting) {
      this.#send(message);
    }
    this.#watchSilence();
  }

  #onClose(opened: boolean): void {
    this.#socket = null;
    clearTimeout(this.#silence);
    this.#rejectAll('disconnected', words.broke);
    if (this.#closed) {
      return;
    }
    this.#link.set({ phase: 'lost', attempts: this.#link.state.attempts + 1 });
    this.#planRetry();
    if (!opened) {
      this.#options.isAuthorised().then(
        (authorised) => {
          if (!authorised && this.#link.state.phase === 'lost') {
            clearTimeout(this.#timer);
            this.#link.set({ phase: 'unauthorised', retryAt: null });
          }
        },
        () => undefined,
      );
    }
  }

  #planRetry(): void {
    const waitMs = backOffMs(this.#link.state.attempts, this.#random);
    this.#link.set({ retryAt: performance.now() + waitMs });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), waitMs);
  }

  #onMessage(data: unknown): void {
    this.#watchSilence();
    try {
      this.#take(readHostMessage(JSON.parse(String(data))));
    } catch (error) {
      this.#link.set({ fault: error instanceof Error ? error.message : String(error) });
    }
  }

  #take(message: HostMessage): void {
    if (message.type === 'frame') {
      this.#subscriptions.get(message.id)?.deliver(message.frame);
      return;
    }
    const pending = message.id === null ? undefined : this.#pending.get(message.id);
    if (message.type === 'response') {
      this.#pending.delete(message.id);
      pending?.resolve(message.output);
    } else if (pending && message.id !== null) {
      this.#pending.delete(message.id);
      pending.reject(ContractError.fromData(message.error));
    } else {
      this.#link.set({ fault: message.error.message });
    }
  }

  #watchSilence(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      const socket = this.#socket;
      if (socket && this.#subscriptions.size > 0) {
        this.#dropSocket();
        this.#onClose(true);
      }
    }, silenceMs);
  }

  /** A short request may overtake a long one that is being written. */
  #sendRequest(id: number, message: ClientMessage): void {
    if (!isLong(message)) {
      this.#send(message);
      return;
    }
    const socket = this.#socket;
    inSlices(
      written(message),
      (bytes) => {
        // When the link broke meanwhile, the caller has been told that it failed: it must not be done after all.
        if (this.#pending.has(id) && this.#socket === socket && socket?.readyState === openState) {
          socket.send(bytes);
        }
      },
      this.#options.scheduler,
    );
  }

  #send(message: ClientMessage): void {
    if (this.#socket?.readyState === openState) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  #dropSocket(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (socket) {
      socket.onopen = null;
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    }
  }

  #rejectAll(code: 'disconnected' | 'closed', text: string): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    this.#waiting = [];
    for (const { reject } of pending) {
      reject(new ContractError(code, text));
    }
  }
}

/** The bridge of a page that the headless host served. */
export function connectToHost(token: string): WebSocketBridge {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocketBridge({
    open: () => new WebSocket(`${scheme}//${location.host}/ws`, ['hotpool', `token.${token}`]),
    isAuthorised: async () => {
      const response = await fetch('/ws', { headers: { authorization: `Bearer ${token}` }, cache: 'no-store' });
      return response.status !== 401;
    },
  });
}

/** For a page without a key: nothing is tried, the screen says what to do. */
export function refusedBridge(): ConsoleBridge {
  const link = new Link();
  link.set({ phase: 'unauthorised' });
  return {
    link: () => link.state,
    onLink: (listener) => link.listen(listener),
    request: () => Promise.reject(new ContractError('disconnected', words.noKey)),
    subscribe: () => () => undefined,
    retryNow: () => undefined,
    close: () => undefined,
  };
}
