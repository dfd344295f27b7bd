/**
 * The audit of the lists: who changed what, when and why, for the operator to look up and to take back. What a person or
 * the configuration changes is a record at once; what the automaton and the clock do is gathered for some seconds. Kept in
 * `access-audit.jsonl` where there is a data folder, and bounded: the newest records of people, and fewer of the others.
 */
import { z } from 'zod';
import type { Clock, Timer } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import { systemFault } from '../base/system-fault.ts';
import type { AccessAuditedChange, AccessAuthor } from '../contract/access.ts';
import { ContractError } from '../contract/errors.ts';
import { inEnglish, phrase } from '../contract/phrase.ts';
import { type AuditPage, type AuditQuery, type JournalRecord, pageOf } from './audit-query.ts';
import { JournalFile, type JournalPlace, journalFileName, type LineRewriter } from './journal-file.ts';
import {
  changesOf,
  headLength,
  isLongAndPlain,
  type Line,
  lineSchema,
  repacked,
  totalOf,
  type WrittenLine,
  written,
} from './journal-line.ts';
import { UndoLinks } from './undo-links.ts';
import { wentOnFrom } from './went-on.ts';

export interface JournalOptions {
  readonly clock: Clock;
  readonly events: EventSink;
  /** Where it is kept; by default only in memory. */
  readonly folder?: string;
}

/** What the automaton does is gathered for this long; a kill loses at most this much of its audit. */
const gatherMs = 5_000;
/** Records that are kept, and bytes of the file beyond which the oldest go as well. */
const mostOfPeople = 2_000;
const mostOfOthers = 1_000;
const mostBytes = 32_000_000;
/** Thinned out when a quarter too many are there, so that it is seldom. */
const slack = 1.25;

/** Written behind a line whose change did not come to pass after all. */
const withdrawalSchema = z.object({ withdrawn: z.int() });
/** Written at the end of a run that was not killed. */
const farewell = { closed: true };

interface Kept {
  readonly record: Omit<JournalRecord, 'undoneBy'>;
  /** Where all its changes are; null while they are not on disk, or there is none. */
  place: JournalPlace | null;
  /** Those that are not on disk; null when `record` has them all or the disk has. */
  changes: readonly AccessAuditedChange[] | null;
}

/** The operator's last record of a run that was killed: whether its change was made is not known yet. */
interface Doubt {
  readonly kept: Kept;
  /** What others wrote after it says nothing of that, unless it concerns the same entries. */
  readonly since: WrittenLine[];
}

/** A record that is on disk, of a change that is not made yet. */
export interface JournalDraft {
  readonly line: Line;
  place: JournalPlace | null;
}

export class AccessJournal {
  readonly #clock: Clock;
  readonly #events: EventSink;
  readonly #file: JournalFile | null;
  /** Oldest first. */
  #kept: Kept[] = [];
  readonly #listeners = new Set<(record: JournalRecord) => void>();
  readonly #undos = new UndoLinks();
  #nextId = 1;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #gathered = new Map<string, { who: AccessAuthor; reason: string; changes: AccessAuditedChange[] }>();
  #gatherTimer: Timer | null = null;
  /** On disk, and neither confirmed nor withdrawn. */
  #drafts = 0;
  /** The file has long lines of an older version, which are many times as short once they are packed. */
  #hasPlain = false;
  #doubt: Doubt | null = null;

  /** A file that cannot be read or written is said by an event; the audit is then kept in memory. */
  static async open(options: JournalOptions & { readonly folder: string }): Promise<AccessJournal> {
    try {
      const { journal, lines, bad } = await JournalFile.open(options.folder);
      const opened = new AccessJournal(options, journal);
      for (const { value, ...place } of lines) {
        opened.#takeLine(value, place);
      }
      if (bad > 0) {
        options.events.emit('warn', 'access.audit-bad', journal.file, { lines: bad });
      }
      return opened;
    } catch (error) {
      options.events.emit('error', 'access.audit-failed', options.folder, { step: 'open', message: reasonOf(error) });
      return new AccessJournal(options, null);
    }
  }

  constructor(options: JournalOptions, file: JournalFile | null = null) {
    this.#clock = options.clock;
    this.#events = options.events;
    this.#file = file;
  }

  /**
   * A change that is about to be made. It is on disk when this resolves, and in the audit once it is confirmed.
   * @throws ContractError `refused` when it cannot be written.
   */
  async begin(
    who: AccessAuthor,
    reason: string,
    changes: readonly AccessAuditedChange[],
    undoes: number | null,
  ): Promise<JournalDraft> {
    this.#flushGathered();
    const line = this.#line(who, reason, changes, undoes);
    try {
      const place = await this.#append(() => written(line));
      // Before the turn of any other line comes.
      this.#drafts += 1;
      return { line, place };
    } catch (error) {
      const told = { file: journalFileName, message: systemFault(error) };
      throw new ContractError('refused', phrase('refused.audit-unwritten', told));
    }
  }

  confirm({ line, place }: JournalDraft): number {
    this.#drafts -= 1;
    this.#tell(this.#keep(line, line.changes.length, place));
    return line.id;
  }

  /** Called with each change that is made from now on. Returns the function that stops listening. */
  onRecord(listener: (record: JournalRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The change was not made. */
  async withdraw({ line, place }: JournalDraft): Promise<void> {
    this.#drafts -= 1;
    if (place) {
      await this.#append(() => ({ withdrawn: line.id })).catch(() => undefined);
    }
  }

  /** A change that has been made. What the automaton and the clock do is gathered by its reason. */
  note(who: AccessAuthor, reason: string, changes: readonly AccessAuditedChange[]): void {
    if (who !== 'automaton' && who !== 'clock') {
      this.#flushGathered();
      this.#write(this.#line(who, reason, changes, null));
      return;
    }
    const key = `${who} ${reason}`;
    const gathered = this.#gathered.get(key) ?? { who, reason, changes: [] };
    // One by one: what expires in one tick may be more than a call takes arguments.
    for (const change of changes) {
      gathered.changes.push(change);
    }
    this.#gathered.set(key, gathered);
    this.#gatherTimer ??= this.#clock.after(gatherMs, () => this.#flushGathered());
  }

  /** Newest first. What is still gathered is not in it. */
  page(query: AuditQuery, isWanted: (record: JournalRecord) => boolean = () => true): AuditPage<JournalRecord> {
    return pageOf(this.#newestFirst(), query, isWanted);
  }

  *#newestFirst(): Generator<JournalRecord> {
    for (const kept of this.#kept.toReversed()) {
      yield this.#told(kept);
    }
  }

  /**
   * A record with all its changes.
   * @throws ContractError `not-found` when it is too old to be kept; `refused` when the file cannot be read.
   */
  async read(id: number): Promise<{ record: JournalRecord; changes: readonly AccessAuditedChange[] }> {
    await this.#turn;
    const kept = this.#kept.find(({ record }) => record.id === id);
    if (!kept) {
      throw new ContractError('not-found', phrase('refused.no-change', { id }));
    }
    const { changes, place } = kept;
    const record = this.#told(kept);
    if (changes || !place || !this.#file || record.changes.length === record.total) {
      return { record, changes: changes ?? record.changes };
    }
    try {
      return { record, changes: await changesOf(lineSchema.parse(await this.#file.read(place))) };
    } catch (error) {
      const told = { id, file: journalFileName, message: systemFault(error) };
      throw new ContractError('refused', phrase('refused.change-unreadable', told));
    }
  }

  /**
   * After a kill the last change may be in the audit and not in the lists: `wasMade` is asked, and it is left out if not.
   * A change is made whole or not at all, so its first entries tell.
   */
  async settle(wasMade: (changes: readonly AccessAuditedChange[]) => boolean): Promise<void> {
    const doubt = this.#doubt;
    this.#doubt = null;
    if (!doubt || wasMade(doubt.kept.record.changes) || (await wentOnFrom(doubt.kept.record.changes, doubt.since))) {
      return;
    }
    const { id } = doubt.kept.record;
    this.#forget(id);
    void this.#append(() => ({ withdrawn: id })).catch(() => undefined);
  }

  /** Writes what is gathered, and that this run ended well. */
  async close(): Promise<void> {
    this.#flushGathered();
    if (this.#file) {
      await this.#append(() => farewell).catch(() => undefined);
      await this.#file.close().catch(() => undefined);
    }
  }

  #line(who: AccessAuthor, reason: string, changes: readonly AccessAuditedChange[], undoes: number | null): Line {
    const id = this.#nextId;
    this.#nextId += 1;
    return { id, atMs: this.#clock.epochMs(), who, reason, undoes, changes: [...changes] };
  }

  #flushGathered(): void {
    this.#gatherTimer?.cancel();
    this.#gatherTimer = null;
    for (const { who, reason, changes } of this.#gathered.values()) {
      this.#write(this.#line(who, reason, changes, null));
    }
    this.#gathered.clear();
  }

  /** In the audit at once, on disk soon. */
  #write(line: Line): void {
    const kept = this.#keep(line, line.changes.length, null);
    this.#tell(kept);
    this.#append(() => written(line)).then(
      (place) => {
        kept.place = place;
        kept.changes = place ? null : kept.changes;
      },
      (error: unknown) => {
        const data = { step: 'write', message: reasonOf(error) } as const;
        this.#events.emit('error', 'access.audit-failed', this.#file?.file ?? '', data);
      },
    );
  }

  /** One line after the other; null when there is no file. */
  #append(value: () => unknown): Promise<JournalPlace | null> {
    const file = this.#file;
    if (!file) {
      return Promise.resolve(null);
    }
    const run = this.#turn.then(async () => {
      // A file that cannot be made shorter can still be added to.
      await this.#thinOut(file).catch(() => undefined);
      const [place = null] = await file.append([await value()]);
      return place;
    });
    this.#turn = run.catch(() => undefined);
    return run;
  }

  #takeLine(value: unknown, place: JournalPlace): void {
    const withdrawal = withdrawalSchema.safeParse(value);
    const line = lineSchema.safeParse(value);
    if (withdrawal.success) {
      this.#forget(withdrawal.data.withdrawn);
      this.#doubt = this.#doubt?.kept.record.id === withdrawal.data.withdrawn ? null : this.#doubt;
    } else if (line.success) {
      this.#nextId = Math.max(this.#nextId, line.data.id + 1);
      this.#hasPlain ||= isLongAndPlain(line.data);
      const kept = this.#keep(line.data, totalOf(line.data), place);
      if (line.data.who === 'operator') {
        this.#doubt = { kept, since: [] };
      } else {
        this.#doubt?.since.push(line.data);
      }
    } else {
      // The run ended well.
      this.#doubt = null;
    }
  }

  /** `total`: of its changes, of which the line may have the first alone. */
  #keep(line: Line | WrittenLine, total: number, place: JournalPlace | null): Kept {
    const { id, atMs, who, reason, undoes, changes } = line;
    const head = changes.slice(0, headLength);
    const record = { id, atMs, who, reason, total, changes: head, undoes };
    const kept = { record, place, changes: place || total === head.length ? null : changes };
    this.#kept.push(kept);
    this.#undos.add(id, undoes);
    if (!this.#file && this.#tooMany()) {
      this.#kept = this.#toKeep();
    }
    return kept;
  }

  #told({ record }: Kept): JournalRecord {
    return { ...record, undoneBy: this.#undos.takenBackBy(record.id) };
  }

  #tell(kept: Kept): void {
    const record = this.#told(kept);
    for (const listener of this.#listeners) {
      listener(record);
    }
  }

  #forget(id: number): void {
    const forgotten = this.#kept.find(({ record }) => record.id === id);
    this.#kept = this.#kept.filter((kept) => kept !== forgotten);
    if (forgotten) {
      this.#undos.drop(id, forgotten.record.undoes);
    }
  }

  #tooMany(): boolean {
    const ofPeople = this.#kept.reduce((count, { record }) => count + Number(isOfPeople(record)), 0);
    return ofPeople > slack * mostOfPeople || this.#kept.length - ofPeople > slack * mostOfOthers;
  }

  #toKeep(): Kept[] {
    let people = mostOfPeople;
    let others = mostOfOthers;
    let bytes = mostBytes / slack;
    return this.#kept
      .toReversed()
      .filter(({ record, place }) => {
        const left = isOfPeople(record) ? people-- : others--;
        bytes -= place?.bytes ?? 0;
        return left > 0 && bytes > 0;
      })
      .toReversed();
  }

  async #thinOut(file: JournalFile): Promise<void> {
    // A draft's line is in the file and not among the kept ones yet.
    const isTooMuch = (): boolean => this.#drafts === 0 && (file.bytes > mostBytes || this.#tooMany());
    if (isTooMuch() && this.#hasPlain) {
      await this.#rewrite(file, this.#kept, repacked);
      this.#hasPlain = false;
    }
    if (isTooMuch()) {
      const keep = new Set(this.#toKeep());
      const dropped = new Set(this.#kept.filter((kept) => !keep.has(kept)));
      await this.#rewrite(file, [...keep]);
      // Others may have come meanwhile.
      this.#kept = this.#kept.filter((kept) => !dropped.has(kept));
    }
  }

  /** The file with the lines of these records alone. */
  async #rewrite(file: JournalFile, keep: readonly Kept[], rewritten?: LineRewriter): Promise<void> {
    const onDisk = keep.filter(({ place }) => place !== null);
    const places = await file.keep(
      onDisk.flatMap(({ place }) => place ?? []),
      rewritten,
    );
    for (const [index, kept] of onDisk.entries()) {
      kept.place = places[index] ?? null;
    }
  }
}

function isOfPeople({ who }: Pick<JournalRecord, 'who'>): boolean {
  return who !== 'automaton' && who !== 'clock';
}

/** For the log, in English. */
function reasonOf(error: unknown): string {
  return inEnglish(systemFault(error));
}
