/** Load runs outlive the process: a JSON file in the data folder. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readVersion, writeAtomically } from '../access/atomic-file.ts';
import type { EventSink } from '../base/event-bus.ts';
import { keptLoadRuns, type LoadRun, loadRunSchema } from '../contract/load-run.ts';
import type { LoadRuns } from './load-runs.ts';

export const loadRunFileName = 'load-runs.json';

const fileSchema = z.object({ version: z.literal(1), runs: z.array(loadRunSchema) });

export class LoadRunStore {
  readonly #file: string;
  readonly #events: EventSink;
  #runs: readonly LoadRun[] = [];
  #saving: Promise<void> = Promise.resolve();
  #stop: () => void = () => {};

  constructor(folder: string, events: EventSink) {
    this.#file = join(folder, loadRunFileName);
    this.#events = events;
  }

  /** Gives `runs` what is in the file, and keeps each that ends from now on. A file that cannot be read is set aside. */
  async keep(runs: LoadRuns): Promise<void> {
    this.#runs = await this.#load();
    runs.recall(this.#runs);
    this.#stop = runs.observe({
      changed: (run) => {
        if (run.endedAtMs !== null) {
          this.#runs = [...this.#runs, run].slice(-keptLoadRuns);
          const text = `${JSON.stringify({ version: 1, runs: this.#runs })}\n`;
          this.#saving = this.#saving.then(() => this.#save(text));
        }
      },
    });
  }

  /** Resolves when everything is written, or cannot be. */
  async close(): Promise<void> {
    this.#stop();
    await this.#saving;
  }

  async #load(): Promise<readonly LoadRun[]> {
    try {
      return fileSchema.parse(JSON.parse((await readVersion(this.#file)).text)).runs.slice(-keptLoadRuns);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
        const aside = `${this.#file}.damaged`;
        const keptAs = await rename(this.#file, aside).then(
          () => aside,
          () => null,
        );
        this.#events.emit('warn', 'load.not-read', this.#file, { keptAs, message: messageOf(error) });
      }
      return [];
    }
  }

  async #save(text: string): Promise<void> {
    try {
      await writeAtomically(this.#file, text);
    } catch (error) {
      this.#events.emit('warn', 'load.not-saved', this.#file, { message: messageOf(error) });
    }
  }
}

/** Of zod's many lines the first. */
function messageOf(error: unknown): string {
  const [issue] = error instanceof z.ZodError ? error.issues : [];
  if (issue) {
    return `${issue.path.join('.')}: ${issue.message}`;
  }
  return error instanceof Error ? error.message : String(error);
}
