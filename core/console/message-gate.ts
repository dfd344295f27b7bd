/**
 * The one door between a host's wire and the console service. What comes in is unknown until it is parsed: the envelope
 * here, the input by the request's own schema. What goes out is an answer, a frame, or a typed error; never a stack.
 */
import { z } from 'zod';
import type { EventSink } from '../base/event-bus.ts';
import { ContractError } from '../contract/errors.ts';
import { isRequestName, isStreamName, type RequestName, type StreamName } from '../contract/index.ts';
import { type ClientMessage, clientMessageSchema, type HostMessage } from '../contract/messages.ts';
import { phrase } from '../contract/phrase.ts';
import { toIssues } from './request-input.ts';
import type { SubscribeOptions } from './stream-pump.ts';

/** What stands behind the gate: the console service, which parses the input by the request's schema before all else. */
export interface GatedConsole {
  answer(name: RequestName, input: unknown): Promise<unknown>;
  subscribe(stream: StreamName, listener: (frame: unknown) => void, options?: SubscribeOptions): () => void;
}

/** The way back to one client: one window, one WebSocket. */
export interface GateClient {
  send(message: HostMessage): void;
  /** False while the way is full: frames are held back, coalesced; answers never are. */
  isReady?(): boolean;
}

export interface GateSession {
  /** A message as the host got it, already out of its wire format. */
  receive(message: unknown): void;
  /** The same for a wire of text. */
  receiveText(text: string): void;
  /** The client is gone: its subscriptions end, answers under way are dropped. */
  close(): void;
}

/** More than any view needs; a client that wants more is at fault. */
const maxSubscriptionsPerClient = 64;
const maxRequestsInFlightPerClient = 256;
const envelopeIdSchema = z.object({ id: z.int().min(1) });

export class MessageGate {
  readonly #console: GatedConsole;
  readonly #events: EventSink;

  constructor(console: GatedConsole, events: EventSink) {
    this.#console = console;
    this.#events = events;
  }

  /** Answers one request outside of any session; subscriptions are refused as malformed. Never rejects. */
  async answer(message: unknown): Promise<HostMessage> {
    const envelope = parseEnvelope(message);
    if (envelope instanceof ContractError) {
      return { type: 'error', id: idOf(message), error: envelope.toData() };
    }
    if (envelope.type !== 'request') {
      const error = new ContractError('malformed-message', phrase('refused.needs-session', { type: envelope.type }));
      return { type: 'error', id: envelope.id, error: error.toData() };
    }
    return this.#execute(envelope.id, envelope.name, envelope.input);
  }

  open(client: GateClient): GateSession {
    const subscriptions = new Map<number, () => void>();
    let inFlight = 0;
    let closed = false;

    const close = (): void => {
      closed = true;
      for (const unsubscribe of subscriptions.values()) {
        unsubscribe();
      }
      subscriptions.clear();
    };
    const send = (message: HostMessage): void => {
      if (closed) {
        return;
      }
      try {
        client.send(message);
      } catch (error) {
        // A wire that cannot carry is a client that is gone; other clients and the engine go on.
        close();
        this.#events.emit('debug', 'console.client-lost', '', { message: describe(error) });
      }
    };
    const refuse = (id: number | null, error: ContractError): void => {
      send({ type: 'error', id, error: error.toData() });
    };

    const subscribe = (id: number, stream: string): void => {
      if (!isStreamName(stream)) {
        refuse(id, new ContractError('unknown-stream', phrase('refused.no-stream', { name: shorten(stream) })));
      } else if (subscriptions.has(id)) {
        refuse(id, new ContractError('conflict', phrase('refused.subscription-used', { id })));
      } else if (subscriptions.size >= maxSubscriptionsPerClient) {
        refuse(id, new ContractError('refused', phrase('refused.subscriptions', { most: maxSubscriptionsPerClient })));
      } else {
        try {
          const unsubscribe = this.#console.subscribe(stream, (frame) => send({ type: 'frame', id, frame }), {
            isReady: () => client.isReady?.() ?? true,
          });
          subscriptions.set(id, unsubscribe);
        } catch (error) {
          refuse(id, this.#toContractError(stream, error));
        }
      }
    };
    const request = async (id: number, name: string, input: unknown): Promise<void> => {
      if (inFlight >= maxRequestsInFlightPerClient) {
        refuse(id, new ContractError('refused', phrase('refused.requests', { most: maxRequestsInFlightPerClient })));
        return;
      }
      inFlight += 1;
      const answer = await this.#execute(id, name, input);
      inFlight -= 1;
      send(answer);
    };
    const receive = (message: unknown): void => {
      if (closed) {
        return;
      }
      const envelope = parseEnvelope(message);
      if (envelope instanceof ContractError) {
        refuse(idOf(message), envelope);
      } else if (envelope.type === 'request') {
        void request(envelope.id, envelope.name, envelope.input);
      } else if (envelope.type === 'subscribe') {
        subscribe(envelope.id, envelope.stream);
      } else {
        // A subscription that is not there (any more) has ended already: fine.
        subscriptions.get(envelope.id)?.();
        subscriptions.delete(envelope.id);
      }
    };

    return {
      receive,
      receiveText: (text) => {
        let message: unknown;
        try {
          message = JSON.parse(text);
        } catch {
          refuse(null, new ContractError('malformed-message', phrase('refused.not-json')));
          return;
        }
        receive(message);
      },
      close,
    };
  }

  async #execute(id: number, name: string, input: unknown): Promise<HostMessage> {
    try {
      if (!isRequestName(name)) {
        throw new ContractError('unknown-request', phrase('refused.no-request', { name: shorten(name) }));
      }
      return { type: 'response', id, output: await this.#console.answer(name, input) };
    } catch (error) {
      return { type: 'error', id, error: this.#toContractError(name, error).toData() };
    }
  }

  #toContractError(name: string, error: unknown): ContractError {
    if (error instanceof ContractError) {
      return error;
    }
    this.#events.emit('error', 'console.internal-error', name, { message: describe(error) });
    if (error instanceof Error && error.stack) {
      // The stack is for the log at debug level; the console's stream of events leaves that level out.
      this.#events.emit('debug', 'console.internal-error-stack', name, { stack: error.stack });
    }
    return new ContractError('internal', phrase('refused.internal', { name }));
  }
}

function parseEnvelope(message: unknown): ClientMessage | ContractError {
  const parsed = clientMessageSchema.safeParse(message);
  if (parsed.success) {
    return parsed.data;
  }
  return new ContractError('malformed-message', phrase('refused.message-form'), toIssues(parsed.error));
}

/** So that a client can match the error to its message even when the rest of it is wrong. */
function idOf(message: unknown): number | null {
  const parsed = envelopeIdSchema.safeParse(message);
  return parsed.success ? parsed.data.id : null;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
