/**
 * `access-lists.toml`: the one store of the lists. It is written whole and atomically, one save after the other; edits
 * made by hand are read in before each save and soon after they were made. A file with faults is never overwritten.
 */
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, sleep, type Timer } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import { systemFault } from '../base/system-fault.ts';
import { accessKey, mostFileIssues } from '../contract/access.ts';
import { ContractError, type ContractIssue, issueAt } from '../contract/errors.ts';
import { inEnglish, inEvent, phrase } from '../contract/phrase.ts';
import type { AccessRecord } from './access-entry.ts';
import { type EntryComments, type FileRecord, printAccessLists, readAccessLists } from './access-list-format.ts';
import type { AccessStore, StoredChange, StoreOwner } from './access-store.ts';
import { type FileVersion, fingerprintOf, readVersion, replaceAtomically } from './atomic-file.ts';
import { type FolderWatch, folderWatch } from './folder-watch.ts';

export const accessListFileName = 'access-lists.toml';

export interface AccessListFileOptions {
  /** The data folder; made when it is not there. */
  readonly folder: string;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly watch?: FolderWatch;
}

/** An editor's save is several events; it is read when they have stopped for this long. */
const editDebounceMs = 100;
/** A file that was full and is empty is probably in the middle of being saved. */
const emptyGraceMs = 1_000;
/** What the automaton finds is saved this long after the first of it. */
const lazySaveMs = 2_000;
const saveRetryMs = 30_000;
/** A change is planned anew when the file is edited while it is being saved; somebody who never stops is a fault. */
const mostAttempts = 5;

export class AccessListFile implements AccessStore {
  readonly file: string;
  /** What the file said when it was opened. */
  readonly initial: readonly AccessRecord[];
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #events: EventSink;
  readonly #watch: FolderWatch;
  #owner: StoreOwner | null = null;
  #issues: readonly ContractIssue[] = [];
  #saveFault: string | null = null;
  /** What the file is known to say: a hand edit is what differs from it. */
  #known: readonly AccessRecord[] = [];
  /** What people wrote beside the entries when they last saved the file. */
  #comments: EntryComments | undefined;
  /** null: there is no file. */
  #fingerprint: string | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  /** Times that {@link saveSoon} was asked for; what is stored has what was asked for by `#savedAsks`. */
  #asks = 0;
  #savedAsks = 0;
  #saveTimer: Timer | null = null;
  #editTimer: Timer | null = null;
  #endWatch: () => void = () => undefined;
  #closed = false;
  #gone = false;

  /**
   * Reads the file. One that cannot be read, or has faults, is reported by `issues` and an event, not thrown.
   * @throws the system's error when the folder cannot be made.
   */
  static async open(options: AccessListFileOptions): Promise<AccessListFile> {
    await mkdir(options.folder, { recursive: true });
    const file = join(options.folder, accessListFileName);
    // Left behind by a process that was killed while it saved; what it held was never confirmed.
    await rm(`${file}.tmp`, { force: true });
    return new AccessListFile(options, file, await readOrFault(file));
  }

  private constructor(options: AccessListFileOptions, file: string, first: FileVersion | ContractIssue | null) {
    this.file = file;
    this.#folder = options.folder;
    this.#clock = options.clock;
    this.#events = options.events;
    this.#watch = options.watch ?? folderWatch(options.clock);
    const { put } = this.#take(first);
    this.initial = put;
  }

  get issues(): readonly ContractIssue[] {
    return this.#issues;
  }

  get saveFault(): string | null {
    return this.#saveFault;
  }

  get gone(): boolean {
    return this.#gone;
  }

  attach(owner: StoreOwner): void {
    this.#owner = owner;
    this.#endWatch = this.#watch(this.#folder, (name) => {
      if (name === null || name === accessListFileName) {
        this.#editTimer?.cancel();
        this.#editTimer = this.#clock.after(editDebounceMs, () => this.#inTurn(() => this.#readEdit()));
      }
    });
  }

  update<Result>(plan: () => StoredChange<Result>): Promise<Result> {
    if (this.#closed) {
      return Promise.reject(new ContractError('closed', phrase('refused.lists-closed')));
    }
    return this.#inTurn(async () => {
      for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
        await this.#readEdit();
        this.#refuseFaulty();
        const asks = this.#asks;
        const change = plan();
        await change.prepare?.();
        try {
          if (await this.#write(change.records, asks)) {
            return change.commit();
          }
        } catch (error) {
          await change.abandon?.();
          throw error;
        }
        // Somebody has saved the file while it was being written: their edit is read first, then it is this one's turn.
        await change.abandon?.();
      }
      throw new ContractError('refused', phrase('refused.lists-kept-saving', { file: accessListFileName }));
    });
  }

  saveNow(): Promise<void> {
    return this.update(() => ({ records: this.#owner?.records() ?? this.#known, commit: () => undefined }));
  }

  #refuseFaulty(): void {
    const faults = this.#issues.length;
    if (faults > 0) {
      const file = accessListFileName;
      const told =
        faults === 1 ? phrase('refused.lists-fault', { file }) : phrase('refused.lists-faults', { file, faults });
      throw new ContractError('refused', told, this.#issues.slice(0, mostFileIssues));
    }
  }

  saveSoon(): void {
    this.#asks += 1;
    this.#saveInAMoment();
  }

  async close(): Promise<void> {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    this.#endWatch();
    this.#editTimer?.cancel();
    // One that fired while the last save is under way would save after the end.
    this.#saveNoMore();
    await this.#inTurn(() => this.#saveLazily());
    this.#saveNoMore();
  }

  #saveNoMore(): void {
    this.#saveTimer?.cancel();
    this.#saveTimer = null;
  }

  get #unsaved(): boolean {
    return this.#savedAsks < this.#asks;
  }

  #saveInAMoment(): void {
    this.#saveTimer ??= this.#clock.after(lazySaveMs, () => this.#inTurn(() => this.#saveLazily()));
  }

  /** One thing after the other; a failure is its caller's and stops nobody else. */
  #inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const run = this.#turn.then(task);
    this.#turn = run.catch(() => undefined);
    return run;
  }

  async #saveLazily(): Promise<void> {
    this.#saveTimer?.cancel();
    this.#saveTimer = null;
    if (!this.#unsaved || !this.#owner) {
      return;
    }
    await this.#readEdit();
    if (this.#issues.length > 0) {
      return;
    }
    try {
      if (!(await this.#write(this.#owner.records(), this.#asks))) {
        this.#saveInAMoment();
      }
    } catch {
      // Said by an event; the entries live on in memory.
      this.#saveTimer ??= this.#clock.after(saveRetryMs, () => this.#inTurn(() => this.#saveLazily()));
    }
  }

  /**
   * False when the file was edited meanwhile and is left as it is. What was asked for after the records were taken, by
   * `asks`, is not in them and stays unsaved.
   * @throws ContractError `refused`.
   */
  async #write(records: readonly AccessRecord[], asks: number): Promise<boolean> {
    const text = printAccessLists(records, this.#comments);
    const isKnown = async (): Promise<boolean> => (await this.#currentFingerprint()) === this.#fingerprint;
    try {
      const fingerprint = await replaceAtomically(this.file, text, isKnown);
      if (fingerprint === null) {
        return false;
      }
      this.#fingerprint = fingerprint;
      this.#saveFault = null;
    } catch (error) {
      const reason = systemFault(error);
      this.#saveFault = inEnglish(reason);
      this.#events.emit('error', 'access.save-failed', this.file, { message: this.#saveFault });
      throw new ContractError('refused', phrase('refused.unsaved', { file: this.file, message: reason }));
    }
    this.#known = records;
    this.#savedAsks = asks;
    this.#isThere();
    return true;
  }

  /** Reads the file if it is another than the known one, and hands on what was edited. */
  async #readEdit(): Promise<void> {
    const fingerprint = await this.#currentFingerprint();
    if (fingerprint === this.#fingerprint) {
      return;
    }
    if (fingerprint === null) {
      this.#fingerprint = null;
      this.#gone = this.#known.length > 0;
      this.#issues = [];
      this.#events.emit('warn', 'access.file-gone', this.file, {});
      this.#owner?.issuesChanged();
      return;
    }
    let version = await readOrFault(this.file);
    if (version && 'text' in version && version.text.trim() === '' && this.#known.length > 0) {
      await sleep(this.#clock, emptyGraceMs);
      version = await readOrFault(this.file);
    }
    if (!version) {
      return;
    }
    this.#isThere();
    const hadIssues = this.#issues.length > 0;
    const edit = this.#take(version);
    if (edit.put.length > 0 || edit.removed.length > 0) {
      this.#owner?.edited(edit);
    }
    if (hadIssues || this.#issues.length > 0) {
      this.#owner?.issuesChanged();
    }
    if (this.#unsaved) {
      this.#saveInAMoment();
    }
  }

  #isThere(): void {
    if (this.#gone) {
      this.#gone = false;
      this.#owner?.issuesChanged();
    }
  }

  async #currentFingerprint(): Promise<string | null> {
    try {
      return fingerprintOf(await stat(this.file, { bigint: true }));
    } catch {
      return null;
    }
  }

  /**
   * Makes a version the known one. While it has faults nothing counts as removed: a ban is not lifted by a slip of the
   * pen on its line.
   */
  #take(version: FileVersion | ContractIssue | null): { put: AccessRecord[]; removed: AccessRecord[] } {
    if (!version) {
      this.#issues = [];
      return { put: [], removed: [] };
    }
    if ('message' in version) {
      this.#report([version]);
      return { put: [], removed: [] };
    }
    this.#fingerprint = version.fingerprint;
    const { records, issues, comments } = readAccessLists(version.text);
    this.#comments = comments;
    this.#report(issues);
    const before = new Map(this.#known.map((record) => [keyOf(record), record]));
    const after = new Map<string, AccessRecord>(issues.length > 0 ? before : []);
    const put: AccessRecord[] = [];
    for (const read of records) {
      const key = keyOf(read);
      const known = before.get(key);
      if (known && saysTheSame(read, known)) {
        after.set(key, known);
      } else {
        const addedAtMs = read.addedAtMs ?? known?.addedAtMs ?? Math.trunc(version.modifiedAtMs);
        const record = { ...read, addedAtMs };
        after.set(key, record);
        put.push(record);
      }
    }
    this.#known = [...after.values()];
    return { put, removed: [...before.values()].filter((record) => !after.has(keyOf(record))) };
  }

  #report(issues: readonly ContractIssue[]): void {
    const [first] = issues;
    if (first) {
      this.#events.emit('error', 'access.file-bad', this.file, {
        at: first.at,
        ...inEvent(first.phrase ?? first.message),
        issues: issues.length,
      });
    } else if (this.#issues.length > 0) {
      this.#events.emit('info', 'access.file-good', this.file, {});
    }
    this.#issues = issues;
  }
}

function keyOf(record: { list: AccessRecord['list']; origin: AccessRecord['origin']; value: string }): string {
  return accessKey(record.list, record.origin, record.value);
}

function saysTheSame(read: FileRecord, known: AccessRecord): boolean {
  return (
    read.note === known.note &&
    read.expiresAtMs === known.expiresAtMs &&
    (read.addedAtMs === null || read.addedAtMs === known.addedAtMs)
  );
}

/** null when there is no file. */
async function readOrFault(file: string): Promise<FileVersion | ContractIssue | null> {
  try {
    return await readVersion(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return null;
    }
    return issueAt(accessListFileName, phrase('list.unreadable', { message: systemFault(error) }));
  }
}
