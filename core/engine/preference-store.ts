/** What operators chose about their console, kept over a restart: a JSON file in the data folder. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readVersion, writeAtomically } from '../access/atomic-file.ts';
import type { EventSink } from '../base/event-bus.ts';
import { systemFault } from '../base/system-fault.ts';
import { isMissing } from '../config/config-file.ts';
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
    try {
      const { text } = await readVersion(this.#file);
      this.#kept = preferenceFileSchema.parse(JSON.parse(text)).preferences;
    } catch (error) {
      if (!isMissing(error)) {
        await this.#setAside(error);
      }
    }
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

  async #setAside(error: unknown): Promise<void> {
    const aside = `${this.#file}.damaged`;
    const keptAs = await rename(this.#file, aside).then(
      () => aside,
      () => null,
    );
    this.#events.emit('warn', 'preferences.not-read', this.#file, { keptAs, message: messageOf(error) });
  }
}

/** Of zod's many lines the first. */
function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return issue ? `${issue.path.join('.')}: ${issue.message}` : error.message;
  }
  return error instanceof Error ? error.message : String(error);
}
