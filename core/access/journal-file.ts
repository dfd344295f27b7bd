/**
 * `access-audit.jsonl` in the data folder: one line of JSON for each change of the lists, only ever added to. A line is on
 * the disk before `append` resolves; one that a kill tore is left out at the next start, and nothing before it is lost.
 */
import { type FileHandle, mkdir, open, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from './atomic-file.ts';

export const journalFileName = 'access-audit.jsonl';

/** Where a line is in the file. */
export interface JournalPlace {
  readonly offset: number;
  readonly bytes: number;
}

export interface JournalLine extends JournalPlace {
  readonly value: unknown;
}

/** Gives the value of a line as it is to be written from now on. */
export type LineRewriter = (value: unknown) => Promise<unknown>;

const newline = 0x0a;

export class JournalFile {
  readonly file: string;
  #handle: FileHandle;
  #bytes: number;

  /**
   * Opens the file, or makes it. `lines` are those that can be read; `bad` counts the others.
   * @throws the system's error.
   */
  static async open(folder: string): Promise<{ journal: JournalFile; lines: JournalLine[]; bad: number }> {
    await mkdir(folder, { recursive: true });
    const file = join(folder, journalFileName);
    const content = await readFile(file).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        return Buffer.alloc(0);
      }
      throw error;
    });
    const lines: JournalLine[] = [];
    let bad = 0;
    let offset = 0;
    for (let end = content.indexOf(newline); end !== -1; end = content.indexOf(newline, offset)) {
      const bytes = end - offset + 1;
      try {
        lines.push({ offset, bytes, value: JSON.parse(content.toString('utf8', offset, end)) });
      } catch {
        bad += 1;
      }
      offset += bytes;
    }
    if (offset < content.length) {
      await truncate(file, offset);
    }
    return { journal: new JournalFile(file, await openToAppend(file), offset), lines, bad };
  }

  private constructor(file: string, handle: FileHandle, bytes: number) {
    this.file = file;
    this.#handle = handle;
    this.#bytes = bytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws the system's error; the file then ends as it did before, or with a torn line that the next start drops. */
  async append(values: readonly unknown[]): Promise<JournalPlace[]> {
    const places: JournalPlace[] = [];
    const lines: Buffer[] = [];
    let offset = this.#bytes;
    for (const value of values) {
      const line = lineOf(value);
      lines.push(line);
      places.push({ offset, bytes: line.length });
      offset += line.length;
    }
    try {
      await this.#handle.appendFile(Buffer.concat(lines));
      await this.#handle.datasync();
    } catch (error) {
      await this.#handle.truncate(this.#bytes).catch(() => undefined);
      throw error;
    }
    this.#bytes = offset;
    return places;
  }

  /** @throws the system's error. */
  async read({ offset, bytes }: JournalPlace): Promise<unknown> {
    const handle = await open(this.file, 'r');
    try {
      const { buffer } = await handle.read(Buffer.alloc(bytes), 0, bytes, offset);
      return JSON.parse(buffer.toString('utf8'));
    } finally {
      await handle.close();
    }
  }

  /**
   * Keeps only these lines, in this order, and gives their new places; `rewritten` says what each of them is to be.
   * @throws the system's error, or what `rewritten` throws; the file is then what it was before.
   */
  async keep(places: readonly JournalPlace[], rewritten?: LineRewriter): Promise<JournalPlace[]> {
    const content = await readFile(this.file);
    const lines: Buffer[] = [];
    for (const { offset, bytes } of places) {
      const line = content.subarray(offset, offset + bytes);
      lines.push(rewritten ? lineOf(await rewritten(JSON.parse(line.toString('utf8')))) : line);
    }
    await writeAtomically(this.file, Buffer.concat(lines).toString('utf8'));
    await this.#handle.close();
    this.#handle = await openToAppend(this.file);
    this.#bytes = 0;
    return lines.map(({ length: bytes }) => {
      const place = { offset: this.#bytes, bytes };
      this.#bytes += bytes;
      return place;
    });
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

function lineOf(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}

function openToAppend(file: string): Promise<FileHandle> {
  return open(file, 'a', 0o600);
}
