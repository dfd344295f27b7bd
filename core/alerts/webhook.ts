/**
 * Tells another program of alerts: a POST of JSON when one fires and when it is over, signed, one after the other, tried
 * again with a back-off. Nothing waits for it: what cannot be sent is kept up to a number, and given up with an event.
 */
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Clock, sleep } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import { jittered, type Random } from '../base/random.ts';
import type { AlertSettings } from '../config/settings.ts';
import type { AlertNotice } from './alert-observers.ts';
import { alertSentence } from './alert-words.ts';

/** Resolves with the status of the answer. @throws when none came. */
export type Post = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
) => Promise<number>;

export interface WebhookOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventSink;
  /** Of this moment: another URL counts from the next try on. */
  readonly settings: () => Pick<AlertSettings, 'webhookUrl' | 'webhookSecretFile'>;
  readonly post: Post;
}

interface Delivery {
  /** The same at each try, so that a receiver knows what it has had already. */
  readonly id: string;
  readonly body: string;
  readonly text: string;
}

/** Older ones are given up beyond. */
const mostWaiting = 100;
/** The first at once, the others after 1, 2, 4, … s, at most a minute apart: some four minutes in all. */
const mostTries = 9;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
const jitter = 0.1;
/** For one answer. */
const answerMs = 10_000;
/** Of those that say no: later they may say yes. */
const temporary: ReadonlySet<number> = new Set([408, 425, 429]);

/** What a try came to; null: it went through. */
interface Failure {
  readonly reason: string;
  readonly isFinal: boolean;
}

export class Webhook {
  readonly #options: WebhookOptions;
  readonly #closing = new AbortController();
  readonly #waiting: Delivery[] = [];
  #isSending = false;
  #lastId = 0;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  /** Returns at once. Nothing is kept while no URL is set. */
  tell({ kind, alert }: AlertNotice): void {
    const { settings, clock } = this.#options;
    if (settings().webhookUrl === '' || this.#closing.signal.aborted) {
      return;
    }
    this.#lastId += 1;
    const text = alertSentence({ ...alert, value: kind === 'resolved' ? alert.worst : alert.value });
    this.#waiting.push({
      id: `${alert.id}-${kind}-${this.#lastId}`,
      body: JSON.stringify({ event: `alert.${kind}`, atMs: clock.epochMs(), text, alert }),
      text,
    });
    if (this.#waiting.length > mostWaiting) {
      // The one at the head may be under way.
      const [lost] = this.#waiting.splice(1, 1);
      this.#emit('error', 'alert.webhook-gave-up', `too many wait; given up: ${lost?.text}`);
    }
    if (!this.#isSending) {
      void this.#send();
    }
  }

  /** What is under way is given up. */
  close(): void {
    this.#closing.abort();
    this.#waiting.length = 0;
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      await this.#deliver(next);
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
    }
    this.#isSending = false;
  }

  /** Does not reject. */
  async #deliver(delivery: Delivery): Promise<void> {
    const { clock, random } = this.#options;
    const { signal } = this.#closing;
    for (let tries = 1; !signal.aborted; tries += 1) {
      const failure = await this.#try(delivery);
      if (failure === null || signal.aborted) {
        return;
      }
      if (failure.isFinal || tries === mostTries) {
        this.#emit('error', 'alert.webhook-gave-up', `${failure.reason}; given up: ${delivery.text}`, tries);
        return;
      }
      if (tries === 1) {
        this.#emit('warn', 'alert.webhook-failed', `${failure.reason}; it is tried again: ${delivery.text}`, tries);
      }
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1));
      await sleep(clock, jittered(random, pauseMs, jitter), signal).catch(() => undefined);
    }
  }

  async #try({ id, body }: Delivery): Promise<Failure | null> {
    const { settings, clock, post } = this.#options;
    const { webhookUrl, webhookSecretFile } = settings();
    if (webhookUrl === '') {
      return { reason: 'the webhook was taken out of the configuration', isFinal: true };
    }
    const patience = new AbortController();
    const timer = clock.after(answerMs, () => patience.abort(new Error(`no answer in ${answerMs / 1_000} s`)));
    try {
      const seconds = Math.floor(clock.epochMs() / 1_000);
      const secret = webhookSecretFile === '' ? null : await readSecret(webhookSecretFile);
      const status = await post(
        webhookUrl,
        {
          'content-type': 'application/json',
          'user-agent': 'hotpool-console',
          'hotpool-delivery': id,
          ...(secret === null ? {} : { 'hotpool-signature': signatureOf(secret, seconds, body) }),
        },
        body,
        AbortSignal.any([patience.signal, this.#closing.signal]),
      );
      if (status >= 200 && status < 300) {
        return null;
      }
      return { reason: `it answers ${status}`, isFinal: status < 500 && !temporary.has(status) };
    } catch (error) {
      return { reason: error instanceof Error ? error.message : String(error), isFinal: false };
    } finally {
      timer.cancel();
    }
  }

  #emit(level: 'warn' | 'error', kind: string, text: string, tries = 0): void {
    const { events, settings } = this.#options;
    events.emit(level, kind, placeOf(settings().webhookUrl), `the webhook: ${text}`, { tries });
  }
}

/** `t=1767225600,v1=9f86…`: over the time as well, so that what was overheard cannot be sent again for ever. */
export function signatureOf(secret: string, epochSeconds: number, body: string): string {
  const digest = createHmac('sha256', secret).update(`${epochSeconds}.${body}`).digest('hex');
  return `t=${epochSeconds},v1=${digest}`;
}

/** @throws Error that names the file. */
async function readSecret(file: string): Promise<string> {
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret === '') {
    throw new Error(`${file} is empty, so nothing can be signed`);
  }
  return secret;
}

/** Paths and credentials of a webhook are often its key: the log has its host alone. */
function placeOf(url: string): string {
  return URL.parse(url)?.host ?? 'webhook';
}
