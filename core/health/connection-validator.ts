/** Asks a connection, on its own socket, whether it is good for a path. */
import { type Clock, sleep } from '../base/clock.ts';
import type { EngineSettings } from '../config/settings.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import { classify } from '../dial/error-classes.ts';
import type { Probe, ProbeKind, ProbeResult, Transport } from '../dial/transport.ts';
import { statusError, statusVerdict } from './status-classes.ts';
import { type ConnectionValidator, requestEvery, type Validation } from './validation.ts';

type ValidatorSettings = Pick<EngineSettings, 'pool' | 'health'>;

/** Waits before the retries of a validation: two, exponential from half a second (document 000). */
const retryDelaysMs = [500, 1_000];

export class HttpConnectionValidator implements ConnectionValidator {
  readonly #clock: Clock;
  #settings: ValidatorSettings;

  constructor(options: { readonly clock: Clock; readonly settings: ValidatorSettings }) {
    this.#clock = options.clock;
    this.#settings = options.settings;
  }

  /** Holds from the next probe on. */
  updateSettings(settings: ValidatorSettings): void {
    this.#settings = settings;
  }

  async validate(transport: Transport, path: string, signal: AbortSignal): Promise<Validation> {
    const untilMs = this.#clock.monotonicMs() + this.#settings.pool.testTimeoutMs;
    let validation = await this.#request(transport, path, untilMs, signal);
    for (const delayMs of retryDelaysMs) {
      if (!mayPass(validation) || !this.#mayAskAgain(validation, delayMs, untilMs)) {
        break;
      }
      try {
        await sleep(this.#clock, delayMs, signal);
      } catch {
        return abortedValidation(validation.probe, signal);
      }
      validation = await this.#request(transport, path, untilMs, signal);
    }
    return validation;
  }

  async check(transport: Transport, path: string, ordinal: number, signal: AbortSignal): Promise<Validation> {
    const first = await this.#checkOnce(transport, path, ordinal, signal);
    if (!isWorthAskingAgain(first) || signal.aborted) {
      return first;
    }
    const second = await this.#checkOnce(transport, path, ordinal, signal);
    // When the first failure has cost the connection, the second only says that it is gone.
    return first.verdict === 'broken' && second.verdict === 'broken' ? first : second;
  }

  async #checkOnce(transport: Transport, path: string, ordinal: number, signal: AbortSignal): Promise<Validation> {
    const untilMs = this.#clock.monotonicMs() + this.#settings.pool.testTimeoutMs;
    if (transport.protocol === 'h2' && ordinal % requestEvery !== 0) {
      return this.#ask(transport, { kind: 'ping', path, untilMs, signal });
    }
    if (transport.protocol === 'http/1.1') {
      const passive = await this.#ask(transport, { kind: 'readable', path, untilMs, signal });
      if (passive.verdict !== 'good') {
        return passive;
      }
    }
    return this.#request(transport, path, untilMs, signal);
  }

  #request(transport: Transport, path: string, untilMs: number, signal: AbortSignal): Promise<Validation> {
    return this.#ask(transport, { kind: this.#settings.health.probeMethod, path, untilMs, signal });
  }

  async #ask(transport: Transport, question: Question): Promise<Validation> {
    const { kind, path, untilMs, signal } = question;
    const startedMs = this.#clock.monotonicMs();
    if (signal.aborted) {
      return abortedValidation(kind, signal);
    }
    try {
      const timeoutMs = Math.max(1, untilMs - startedMs);
      return this.#judge(await transport.probe({ kind, path, timeoutMs, signal }), path);
    } catch (error) {
      if (signal.aborted) {
        return abortedValidation(kind, signal);
      }
      const durationMs = this.#clock.monotonicMs() - startedMs;
      return {
        verdict: 'broken',
        error: classify(error, 'http'),
        probe: kind,
        status: null,
        durationMs,
        closing: false,
      };
    }
  }

  #judge(result: ProbeResult, path: string): Validation {
    const { kind, status, durationMs, closing, retryAfterMs } = result;
    const verdict = status === null ? 'good' : statusVerdict(status, this.#settings.health);
    const error = status === null ? null : statusError(verdict, status, path, retryAfterMs);
    return { verdict, error, probe: kind, status, durationMs, closing };
  }

  /** A server that asked for a longer wait is not asked earlier, and nothing is waited for that would come too late. */
  #mayAskAgain(validation: Validation, delayMs: number, untilMs: number): boolean {
    const askedForMs = validation.error?.retryAfterMs ?? 0;
    return askedForMs <= delayMs && this.#clock.monotonicMs() + delayMs < untilMs;
  }
}

type Question = Pick<Probe, 'kind' | 'path'> & { readonly untilMs: number; readonly signal: AbortSignal };

/** The server is at fault for the moment (busy, or any 5xx): the same question may be answered well a little later. */
function mayPass({ verdict, status, closing }: Validation): boolean {
  return !closing && (verdict === 'busy' || (verdict === 'bad-status' && status !== null && status >= 500));
}

/** A definite refusal stays one, and a busy server is not pressed. */
function isWorthAskingAgain({ verdict, closing }: Validation): boolean {
  return !closing && (verdict === 'broken' || verdict === 'bad-status');
}

function abortedValidation(probe: ProbeKind, signal: AbortSignal): Validation {
  const error = new ClassifiedError('aborted', 'ABORT_ERR', 'the validation was given up', { cause: signal.reason });
  return { verdict: 'broken', error, probe, status: null, durationMs: 0, closing: false };
}
