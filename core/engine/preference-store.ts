/** What operators chose about their console, kept over a restart: a JSON file in the data folder. */
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../access/atomic-file.ts';
import type { EventSink } from '../base/event-bus.ts';
import { readJsonFile } from '../base/json-file.ts';
import { systemFault } from '../base/system-fault.ts';
import type { PreferenceActs } from '../console/console-ports.ts';
import { ContractError } from '../contract/errors.ts';
import { phrase } from '../contract/phrase.ts';
import { type KeptPreferences, keptPreferencesSchema } from '../contract/preferences.ts';

export const preferenceFileName = 'preferences.json';

const preferenceFileSchema = z.object({ version: z.literal(1), preferences: keptPreferencesSchema });

export class PreferenceStore implements PreferenceActs {
  readonly #file: string;
  readonly #events: EventSink;
  readonly #listeners = new Set<() => void>();
  #kept: KeptPreferences = {};
  #saving: Promise<unknown> = Promise.resolve();

  constructor(folder: string, events: EventSink) {
    this.#file = join(folder, preferenceFileName);
    this.#events = events;
  }

  /** Nothing is kept when there is no file. One that cannot be read is set aside with a word. */
  async load(): Promise<void> {
    const read = await readJsonFile(this.#file, preferenceFileSchema, (damaged) =>
      this.#events.emit('warn', 'preferences.not-read', this.#file, { ...damaged }),
    );
    this.#kept = read?.kept.preferences ?? {};
  }

  current(): KeptPreferences {
    return this.#kept;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** One after the other; on the disk when it resolves. @throws ContractError `refused`; nothing has changed then. */
  change(change: KeptPreferences): Promise<void> {
    const done = this.#saving.then(() => this.#save({ ...this.#kept, ...change }));
    this.#saving = done.catch(() => undefined);
    return done;
  }

  /** What was begun is on the disk. */
  async close(): Promise<void> {
    await this.#saving;
  }

  async #save(next: KeptPreferences): Promise<void> {
    if (JSON.stringify(next) === JSON.stringify(this.#kept)) {
      return;
    }
    try {
      await writeAtomically(this.#file, `${JSON.stringify({ version: 1, preferences: next }, null, 2)}\n`);
    } catch (error) {
      throw new ContractError('refused', phrase('refused.unsaved', { file: this.#file, message: systemFault(error) }));
    }
    this.#kept = next;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
