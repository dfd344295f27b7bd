/** Load runs outlive the process: a JSON file in the data folder. */
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../access/atomic-file.ts';
import type { EventSink } from '../base/event-bus.ts';
import { readJsonFile } from '../base/json-file.ts';
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
    const read = await readJsonFile(this.#file, fileSchema, (damaged) =>
      this.#events.emit('warn', 'load.not-read', this.#file, { ...damaged }),
    );
    return read?.kept.runs.slice(-keptLoadRuns) ?? [];
  }

  async #save(text: string): Promise<void> {
    try {
      await writeAtomically(this.#file, text);
    } catch (error) {
      this.#events.emit('warn', 'load.not-saved', this.#file, {
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }
}
