/** The configuration's file on the disk: read, watched, and written whole, never over what somebody else has written. */
import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { readVersion, replaceAtomically } from '../access/atomic-file.ts';
import { type FolderWatch, folderWatch } from '../access/folder-watch.ts';
import { type Clock, sleep, type Timer } from '../base/clock.ts';
import { isMissing, systemFault } from '../base/system-fault.ts';
import { ContractError } from '../contract/errors.ts';
import { phrase } from '../contract/phrase.ts';

/** An editor's save is several events; it is read when they have stopped for this long. */
const editDebounceMs = 100;
/** A file that was full and is empty is probably in the middle of being saved. */
const emptyGraceMs = 1_000;
const newFileMode = 0o600;

export interface ConfigFileOptions {
  readonly file: string;
  readonly clock: Clock;
  readonly watch?: FolderWatch;
}

export class ConfigFile {
  /** As it was given: what messages say. */
  readonly path: string;
  readonly #clock: Clock;
  readonly #watch: FolderWatch;

  constructor({ file, clock, watch }: ConfigFileOptions) {
    this.path = file;
    this.#clock = clock;
    this.#watch = watch ?? folderWatch(clock);
  }

  /** null when there is no file. @throws ContractError `refused` when it cannot be read. */
  async read(): Promise<string | null> {
    try {
      return (await readVersion(this.path)).text;
    } catch (error) {
      if (isMissing(error)) {
        return null;
      }
      throw new ContractError(
        'refused',
        phrase('refused.unreadable', { file: this.path, message: systemFault(error) }),
      );
    }
  }

  /** As {@link read}, for a file that may be in the middle of a save. */
  async readEdit(): Promise<string | null> {
    const text = await this.read();
    if (text?.trim() !== '') {
      return text;
    }
    await sleep(this.#clock, emptyGraceMs);
    return this.read();
  }

  /**
   * On the disk when it resolves, whatever kills the process afterwards. `known` is what the file is believed to say,
   * null for no file.
   * @throws ContractError `conflict` when it says something else, `refused` when it cannot be written; it is then what it
   * was before.
   */
  async write(text: string, known: string | null): Promise<void> {
    const isKnown = async (): Promise<boolean> => (await this.read()) === known;
    if (!(await isKnown()) || !(await this.#replace(text, known, isKnown))) {
      throw new ContractError('conflict', phrase('refused.config-changed', { file: this.path }));
    }
  }

  /** False when it may not be replaced any more at the last moment. @throws ContractError `refused`. */
  async #replace(text: string, known: string | null, mayReplace: () => Promise<boolean>): Promise<boolean> {
    try {
      // A link goes on pointing to the file that it points to.
      const file = known === null ? this.path : await realpath(this.path);
      const mode = known === null ? newFileMode : (await stat(file)).mode & 0o777;
      return (await replaceAtomically(file, text, mayReplace, mode)) !== null;
    } catch (error) {
      throw new ContractError('refused', phrase('refused.unsaved', { file: this.path, message: systemFault(error) }));
    }
  }

  /** Calls back when the file may be another, once for an editor's whole save. Returns the function that ends it. */
  onEdit(listener: () => void): () => void {
    const name = basename(this.path);
    let timer: Timer | null = null;
    const stop = this.#watch(dirname(resolve(this.path)), (changed) => {
      if (changed === null || changed === name) {
        timer?.cancel();
        timer = this.#clock.after(editDebounceMs, listener);
      }
    });
    return () => {
      stop();
      timer?.cancel();
    };
  }
}

/** Changes with each change of a text. Opaque. */
export function revisionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
