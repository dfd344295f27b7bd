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
import { alertSentence, type ToldAlert } from '../contract/alert-text.ts';
import type { Alert } from '../contract/alerts.ts';
import type { EventDataOf } from '../contract/event-kinds.ts';
import type { AlertNotice } from './alert-observers.ts';

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
  readonly told: ToldAlert;
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

type GivenUp = Pick<EventDataOf<'alert.webhook-gave-up'>, 'why' | 'status' | 'message'>;

/** What a try came to; null: it went through. `temporary`: the next one may do better. */
type Failure =
  | { readonly temporary: true; readonly what: GivenUp & Pick<EventDataOf<'alert.webhook-failed'>, 'why'> }
  | { readonly temporary: false; readonly what: GivenUp };

export class Webhook {
  readonly #options: WebhookOptions;
  readonly #closing = new AbortController();
  readonly #waiting: Delivery[] = [];
  #isSending = false;
  /** That was set when it was looked at last. */
  #url: string;
  #lastId = 0;

  constructor(options: WebhookOptions) {
    this.#options = options;
    this.#url = options.settings().webhookUrl;
  }

  /** Returns at once. Nothing is kept while no URL is set. */
  tell({ kind, alert }: AlertNotice): void {
    const { settings, clock } = this.#options;
    if (settings().webhookUrl === '' || this.#closing.signal.aborted) {
      return;
    }
    this.#lastId += 1;
    const told = { ...alert, value: kind === 'resolved' ? alert.worst : alert.value };
    const text = alertSentence(told, 'en');
    this.#waiting.push({
      id: `${alert.id}-${kind}-${this.#lastId}`,
      body: JSON.stringify({ event: `alert.${kind}`, atMs: clock.epochMs(), text, alert }),
      told,
    });
    if (this.#waiting.length > mostWaiting) {
      // The one at the head may be under way.
      const [lost] = this.#waiting.splice(1, 1);
      if (lost) {
        this.#gaveUp(lost, { why: 'too-many', status: null, message: null }, 0);
      }
    }
    if (!this.#isSending) {
      void this.#send();
    }
  }

  /**
   * The settings are others: a receiver that is new hears of what fires already, unless somebody knows of it or wants
   * nobody told.
   */
  settingsChanged(active: readonly Alert[]): void {
    const { webhookUrl } = this.#options.settings();
    if (webhookUrl !== this.#url) {
      this.#url = webhookUrl;
      for (const alert of active.filter(({ state }) => state === 'firing')) {
        this.tell({ kind: 'fired', alert });
      }
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
      if (!failure.temporary || tries === mostTries) {
        this.#gaveUp(delivery, failure.what, tries);
        return;
      }
      if (tries === 1) {
        this.#options.events.emit('warn', 'alert.webhook-failed', this.#place, {
          ...toldOf(delivery),
          ...failure.what,
          tries,
        });
      }
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1));
      await sleep(clock, jittered(random, pauseMs, jitter), signal).catch(() => undefined);
    }
  }

  async #try({ id, body }: Delivery): Promise<Failure | null> {
    const { settings, clock, post } = this.#options;
    const { webhookUrl, webhookSecretFile } = settings();
    if (webhookUrl === '') {
      return { temporary: false, what: { why: 'removed', status: null, message: null } };
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
      return { temporary: status >= 500 || temporary.has(status), what: { why: 'status', status, message: null } };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { temporary: true, what: { why: 'no-answer', status: null, message } };
    } finally {
      timer.cancel();
    }
  }

  #gaveUp(delivery: Delivery, failure: GivenUp, tries: number): void {
    const told = { ...toldOf(delivery), ...failure, tries };
    this.#options.events.emit('error', 'alert.webhook-gave-up', this.#place, told);
  }

  get #place(): string {
    return placeOf(this.#options.settings().webhookUrl);
  }
}

function toldOf({ told: { rule, subject, value, threshold, detail } }: Delivery) {
  return { rule, about: subject, value, threshold, detail };
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
