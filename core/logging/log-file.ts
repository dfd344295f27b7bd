/** The engine's events in `logs/hotpool.log` of the data folder: one JSON object a line, for grep and for shipping. */
import { join } from 'node:path';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';
import type { EventBus } from '../base/event-bus.ts';
import { eventSentence } from '../contract/event-text.ts';
import type { EngineEvent, EventLevel } from '../contract/events.ts';
import { isLogged } from './log-level.ts';

export interface LogFileOptions {
  readonly folder: string;
  readonly events: Pick<EventBus, 'subscribe' | 'emit'>;
  /** Read at each event, so that a change of `log_level` holds at once. */
  readonly level: () => EventLevel;
  /** Bytes of one file; 10 MB when it is not given. */
  readonly fileBytes?: number;
}

const defaultFileBytes = 10_000_000;
/** Beside the one that is written: `hotpool.log.1` is the youngest. */
const olderFiles = 5;
/** A disk that refused is tried again with the first event after this long. */
const refusedPauseMs = 10_000;
export const logFileName = 'hotpool.log';

/** While the file cannot be written: what was refused, and how much it has cost. */
interface Refusal {
  triedAtMs: number;
  lostLines: number;
}

export class LogFile {
  readonly #options: LogFileOptions;
  readonly #stopListening: () => void;
  /** null before the first line, and between a refusal and the next try. */
  #stream: RotatingFileStream | null = null;
  #refusal: Refusal | null = null;
  #closed: Promise<void> | null = null;

  /**
   * Makes the folder and the file with the first line. A disk that refuses is told once and costs only the log, which
   * goes on, and says how many lines are missing, as soon as there is room again.
   */
  constructor(options: LogFileOptions) {
    this.#options = options;
    this.#stopListening = options.events.subscribe(
      (event) => this.#write(event),
      (its) => isLogged(its, options.level()),
    );
  }

  /** Resolves when everything is written, or cannot be. Twice gives the same promise. */
  close(): Promise<void> {
    this.#stopListening();
    this.#closed ??= new Promise((resolve) => {
      if (!this.#stream) {
        resolve();
        return;
      }
      this.#stream.once('error', () => resolve());
      this.#stream.end(() => resolve());
    });
    return this.#closed;
  }

  #write(event: EngineEvent): void {
    const refusal = this.#refusal;
    if (!this.#stream && refusal && Math.abs(event.atMs - refusal.triedAtMs) < refusedPauseMs) {
      refusal.lostLines += 1;
      return;
    }
    this.#stream ??= this.#open(event.atMs);
    const stream = this.#stream;
    stream.write(`${toJsonLine(event)}\n`, (error) => {
      if (error) {
        this.#refused(stream, error, event.atMs);
      } else {
        this.#written();
      }
    });
  }

  #open(atMs: number): RotatingFileStream {
    const { folder, fileBytes = defaultFileBytes } = this.#options;
    const stream = createStream(logFileName, {
      path: join(folder, 'logs'),
      size: `${fileBytes}B`,
      rotate: olderFiles,
      mode: 0o600,
    });
    // The lines that were waiting for a stream that fails are told by their own callbacks.
    stream.on('error', (error) => this.#refused(stream, error, atMs, 0));
    return stream;
  }

  #refused(stream: RotatingFileStream, error: Error, atMs: number, lostLines = 1): void {
    if (this.#stream === stream) {
      this.#stream = null;
      stream.destroy();
    }
    if (this.#refusal) {
      this.#refusal.triedAtMs = Math.max(this.#refusal.triedAtMs, atMs);
      this.#refusal.lostLines += lostLines;
      return;
    }
    this.#refusal = { triedAtMs: atMs, lostLines };
    const { events, folder } = this.#options;
    events.emit('error', 'log.not-written', folder, { message: error.message });
  }

  #written(): void {
    if (this.#refusal) {
      const { lostLines } = this.#refusal;
      this.#refusal = null;
      this.#options.events.emit('info', 'log.written-again', this.#options.folder, { lostLines });
    }
  }
}

/** Its own words first; `data` may not take their place. */
function toJsonLine(event: EngineEvent): string {
  const { atMs, level, kind, subject, seq, data } = event;
  const text = eventSentence(event, 'en');
  return JSON.stringify({ time: new Date(atMs).toISOString(), level, kind, subject, text, seq, data });
}
