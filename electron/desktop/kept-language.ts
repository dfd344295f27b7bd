/**
 * The language that main itself speaks, in its menu and notifications: the one that the console is shown in, kept in the
 * data folder for the time until a window says it again. Before the first window ever it is the system's.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Language, languageSchema, nearestLanguage } from '../../core/contract/language.ts';

const fileSchema = z.object({ language: languageSchema });

export class KeptLanguage {
  readonly #file: string;
  readonly #listeners = new Set<() => void>();
  #current: Language;

  /** `systemTags`: what the system asks for, as `zh-CN`, the most wanted first. A file that is missing or spoilt is no fault. */
  constructor(dataFolder: string, systemTags: readonly string[]) {
    this.#file = join(dataFolder, 'language.json');
    this.#current = read(this.#file) ?? nearestLanguage(systemTags);
  }

  get current(): Language {
    return this.#current;
  }

  /** Kept for the next start; a data folder that cannot be written has it until this one's end. */
  keep(language: Language): void {
    const isOther = language !== this.#current;
    this.#current = language;
    if (isOther || read(this.#file) === null) {
      write(this.#file, language);
    }
    if (isOther) {
      for (const listener of this.#listeners) {
        listener();
      }
    }
  }

  /** Called when it becomes another. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }
}

function read(file: string): Language | null {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).language;
  } catch {
    return null;
  }
}

function write(file: string, language: Language): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify({ language }));
    renameSync(`${file}.new`, file);
  } catch {
    return;
  }
}
