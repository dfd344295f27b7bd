/** The engine's events in `logs/hotpool.log` of the data folder: one JSON object a line, for grep and for shipping. */
import { join } from 'node:path';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';
import type { EventBus } from '../base/event-bus.ts';
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
export const logFileName = 'hotpool.log';

export class LogFile {
  readonly #options: LogFileOptions;
  readonly #stopListening: () => void;
  /** null before the first line. */
  #stream: RotatingFileStream | null = null;
  #failed = false;
  #closed: Promise<void> | null = null;

  /** Makes the folder and the file with the first line. A disk that refuses is told once, and costs only the log. */
  constructor(options: LogFileOptions) {
    this.#options = options;
    this.#stopListening = options.events.subscribe((event) => {
      if (!this.#failed && isLogged(event, options.level())) {
        this.#stream ??= this.#open();
        this.#stream.write(`${toJsonLine(event)}\n`);
      }
    });
  }

  /** Resolves when everything is written, or cannot be. Twice gives the same promise. */
  close(): Promise<void> {
    this.#stopListening();
    this.#closed ??= new Promise((resolve) => {
      if (!this.#stream || this.#failed) {
        resolve();
        return;
      }
      this.#stream.once('error', () => resolve());
      this.#stream.end(() => resolve());
    });
    return this.#closed;
  }

  #open(): RotatingFileStream {
    const { folder, events, fileBytes = defaultFileBytes } = this.#options;
    const stream = createStream(logFileName, {
      path: join(folder, 'logs'),
      size: `${fileBytes}B`,
      rotate: olderFiles,
      mode: 0o600,
    });
    stream.on('error', (error) => {
      if (!this.#failed) {
        this.#failed = true;
        events.emit('error', 'log.not-written', folder, `the log file cannot be written: ${error.message}`);
      }
    });
    return stream;
  }
}

/** Its own words first; `data` may not take their place. */
function toJsonLine({ atMs, level, kind, subject, text, seq, data }: EngineEvent): string {
  return JSON.stringify({ time: new Date(atMs).toISOString(), level, kind, subject, text, seq, data });
}
