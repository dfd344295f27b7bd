/** What was learned of each IP and host, kept over a restart: a JSON file in the data folder. */
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../access/atomic-file.ts';
import type { Clock, Timer } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import { readJsonFile } from '../base/json-file.ts';
import { usualTimesSchema } from '../contract/warm-up-run.ts';
import type { HostScore } from '../pool/host-scores.ts';

export const scoreFileName = 'ip-scores.json';

/** A process that is killed loses so much of what it has learned, and no more. */
const saveIntervalMs = 300_000;
/** Who has not been dialled for so long is a stranger again. */
const keptForMs = 30 * 86_400_000;

const scoreFileSchema = z.object({
  version: z.literal(1),
  hosts: z.array(
    z.object({
      host: z.string(),
      usual: z.array(usualTimesSchema).default([]),
      endpoints: z.array(
        z.object({
          ip: z.string(),
          port: z.int().min(1).max(65_535),
          responseMs: z.number().min(0).nullable(),
          successShare: z.number().min(0).max(1),
          atMs: z.number(),
        }),
      ),
    }),
  ),
});

export interface ScoreStoreOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly events: EventSink;
}

export class ScoreStore {
  readonly #options: ScoreStoreOptions;
  readonly #file: string;
  #timer: Timer | null = null;
  #saving: Promise<void> = Promise.resolve();
  #saved = '';
  /** Told once, not at each try. */
  #failing = false;

  constructor(options: ScoreStoreOptions) {
    this.#options = options;
    this.#file = join(options.folder, scoreFileName);
  }

  /** Nothing when there is no file. One that cannot be read is set aside with a word: what it knew is learned anew. */
  async load(): Promise<readonly HostScore[]> {
    const { clock, events } = this.#options;
    const read = await readJsonFile(this.#file, scoreFileSchema, (damaged) =>
      events.emit('warn', 'scores.not-read', this.#file, { ...damaged }),
    );
    if (!read) {
      return [];
    }
    this.#saved = read.text;
    const oldestMs = clock.epochMs() - keptForMs;
    return read.kept.hosts.flatMap((host) => {
      const endpoints = host.endpoints.filter(({ atMs }) => atMs >= oldestMs);
      return endpoints.length > 0 ? [{ ...host, endpoints }] : [];
    });
  }

  /** Saves what `read` gives, now and then, and at {@link close}. */
  keep(read: () => readonly HostScore[]): void {
    this.#timer = this.#options.clock.after(saveIntervalMs, () => {
      void this.save(read());
      this.keep(read);
    });
  }

  /** One write at a time, and none when nothing is different. A fault is told and not thrown: the pool goes on without. */
  save(hosts: readonly HostScore[]): Promise<void> {
    const text = `${JSON.stringify({ version: 1, hosts })}\n`;
    this.#saving = this.#saving.then(() => this.#write(text));
    return this.#saving;
  }

  /** Saves for the last time. */
  async close(hosts: readonly HostScore[]): Promise<void> {
    this.#timer?.cancel();
    await this.save(hosts);
  }

  async #write(text: string): Promise<void> {
    if (text === this.#saved) {
      return;
    }
    try {
      await writeAtomically(this.#file, text);
      this.#saved = text;
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) {
        this.#failing = true;
        this.#options.events.emit('warn', 'scores.not-saved', this.#file, {
          message: error instanceof Error ? error.message : String(error),
        });
      }
    }
  }
}
