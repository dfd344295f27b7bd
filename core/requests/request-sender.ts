/**
 * Requests of the operator's own: each takes a connection, is sent once, and tells what came of it. Nothing is tried again
 * and no redirect is followed, so that what is shown is what happened.
 */
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { HealthSettings } from '../config/settings.ts';
import { ContractError, issueAt } from '../contract/errors.ts';
import { phrase } from '../contract/phrase.ts';
import { type RequestWish, requestBounds, type SentRequest } from '../contract/requests.ts';
import { type HttpsUrl, readHttpsUrl } from '../dial/https-url.ts';
import { exchange, type RequestPool } from './exchange.ts';

export interface RequestSenderOptions {
  readonly pool: RequestPool;
  readonly clock: Clock;
  readonly events: EventSink;
  /** What a status says; of this moment. */
  readonly statuses: () => HealthSettings;
}

/** The host and the path of what is to be sent. @throws ContractError `invalid-input` */
export function readRequestUrl(text: string): HttpsUrl {
  const read = readHttpsUrl(text);
  if ('code' in read) {
    throw new ContractError('invalid-input', phrase('refused.not-sent', { wrong: read }), [issueAt('url', read)]);
  }
  return read;
}

export class RequestSender {
  readonly #options: RequestSenderOptions;
  readonly #inFlight = new Map<string, AbortController>();
  #closed = false;

  constructor(options: RequestSenderOptions) {
    this.#options = options;
  }

  /**
   * Resolves when it is over, with whatever came of it.
   * @throws ContractError `invalid-input` for what is no https URL, `conflict` for a ticket that is in use, `refused` while
   * too many are in flight, `closed`.
   */
  async send(wish: RequestWish): Promise<SentRequest> {
    const target = readRequestUrl(wish.url);
    this.#refuse(wish.ticket);
    const { pool, clock, events, statuses } = this.#options;
    const cancelled = new AbortController();
    this.#inFlight.set(wish.ticket, cancelled);
    try {
      const sent = await exchange({ wish, target, pool, clock, statuses: statuses(), cancelled: cancelled.signal });
      tell(events, wish, target, sent);
      return sent;
    } finally {
      this.#inFlight.delete(wish.ticket);
    }
  }

  /** False when it is over, or never was. */
  cancel(ticket: string): boolean {
    const cancelled = this.#inFlight.get(ticket);
    cancelled?.abort(new Error('it was cancelled'));
    return cancelled !== undefined;
  }

  /** Gives up what is in flight; nothing is sent any more. */
  close(): void {
    this.#closed = true;
    for (const cancelled of this.#inFlight.values()) {
      cancelled.abort(new Error('the engine closes'));
    }
  }

  #refuse(ticket: string): void {
    if (this.#closed) {
      throw new ContractError('closed', phrase('refused.sending-closed'));
    }
    if (this.#inFlight.has(ticket)) {
      throw new ContractError('conflict', phrase('refused.ticket-used'));
    }
    if (this.#inFlight.size >= requestBounds.inFlight) {
      throw new ContractError('refused', phrase('refused.in-flight', { most: requestBounds.inFlight }));
    }
  }
}

/** What stands behind the `?`, in headers and in bodies may be a secret. */
function tell(events: EventSink, { method }: RequestWish, { host, path }: HttpsUrl, sent: SentRequest): void {
  const { connection, answer, failure, times } = sent;
  const [place = path] = path.split('?');
  events.emit('info', 'request.sent', host.name, {
    host: host.name,
    ip: connection?.ip ?? null,
    connectionId: connection?.id ?? null,
    method,
    url: `https://${host.name}${place}`,
    status: answer?.status ?? null,
    totalMs: times.totalMs,
    failure: failure?.kind ?? null,
    message: failure?.message ?? null,
  });
}
