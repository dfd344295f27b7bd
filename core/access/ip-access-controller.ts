/**
 * White and black lists: who may be dialled. Entries of the operator, the file, the config and the automaton are kept
 * apart; no automatic act changes an entry that a person made.
 */
import { type Clock, sleep } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import { toldBy } from '../base/phrase-error.ts';
import type { AccessAuthor, AccessEntry, AccessExplanation, AccessFrame } from '../contract/access.ts';
import { accessReasons } from '../contract/access-reasons.ts';
import { ContractError, issueAt } from '../contract/errors.ts';
import { AccessAudit, type EntryChange, inWords } from './access-audit.ts';
import { type AccessRecord, ListedEntry } from './access-entry.ts';
import { AccessJournal } from './access-journal.ts';
import type { AccessChangeListener, AccessPolicy, AccessVerdict, AutomaticLists } from './access-policy.ts';
import { type AccessStore, volatileAccessStore } from './access-store.ts';
import { AccessTable } from './access-table.ts';
import { AutomaticActs } from './automatic-acts.ts';
import { ChangeMarks } from './change-marks.ts';
import { ExpiryQueue } from './expiry-queue.ts';
import { explainValue } from './explain-value.ts';
import type { Findings } from './findings.ts';
import { type IpRange, isInside, isSingleAddress, parseIpRange } from './ip-range.ts';
import { Notifier } from './notifier.ts';
import { type Applied, type GivenChange, OperatorActs } from './operator-acts.ts';
import { planConfigEntries, planHandEdit } from './outside-edits.ts';

export type WhitelistMode = AccessFrame['whitelistMode'];

export interface AccessPicture extends Pick<AccessFrame, 'revision' | 'whitelistMode' | 'fileGone' | 'file'> {
  readonly entries: readonly AccessEntry[];
  readonly fileIssues: AccessStore['issues'];
}

/** Told of every entry that came, went or is different, its hits included. */
export interface AccessObserver {
  changed(key: string): void;
}

export interface IpAccessControllerOptions {
  readonly clock: Clock;
  readonly events: EventSink;
  readonly whitelistMode?: WhitelistMode;
  /** Where operator, file and automatic entries are kept; by default nowhere. */
  readonly store?: AccessStore;
  /** Where every change is recorded; by default in memory. */
  readonly journal?: AccessJournal;
  /** What the store holds at the start. */
  readonly records?: Iterable<AccessRecord>;
}

const unknownAllowed: AccessVerdict = { allowed: true, list: null, rule: null };
const unknownRefused: AccessVerdict = { allowed: false, list: null, rule: null };

export class IpAccessController implements AccessPolicy, AutomaticLists {
  readonly #clock: Clock;
  readonly #store: AccessStore;
  readonly #audit: AccessAudit;
  /** Who changed what, when and why. */
  readonly journal: AccessJournal;
  /** What an operator does. */
  readonly operator: OperatorActs;
  readonly #automaton: AutomaticActs;
  readonly #marks = new ChangeMarks();
  readonly #observers = new Set<AccessObserver>();
  readonly #notifier: Notifier;
  readonly #expiry: ExpiryQueue<ListedEntry>;
  readonly #entries = new AccessTable();
  #whitelistMode: WhitelistMode;
  #revision = 0;

  constructor(options: IpAccessControllerOptions) {
    this.#clock = options.clock;
    this.#store = options.store ?? volatileAccessStore();
    this.#audit = new AccessAudit(options.events);
    this.#notifier = new Notifier(options.clock);
    this.journal = options.journal ?? new AccessJournal(options);
    this.#whitelistMode = options.whitelistMode ?? 'prefer';
    this.operator = new OperatorActs({
      table: () => this.#table,
      store: this.#store,
      journal: this.journal,
      marks: this.#marks,
      nowMs: () => this.#clock.epochMs(),
      revision: () => this.revision,
      isAllowed: (ip) => this.isAllowed(ip),
      unknownAllowed: () => this.#unknownVerdict().allowed,
      make: (changes, reason) => this.#change(changes, 'operator', reason),
    });
    this.#automaton = new AutomaticActs({
      clock: options.clock,
      table: this.#entries,
      store: this.#store,
      notifier: this.#notifier,
      make: (changes, reason) => this.#make(changes, 'automaton', reason),
      touched: (entry) => this.#tellObservers(entry),
    });
    // The first to be told.
    this.#notifier.subscribe(() => this.#automaton.settle());
    this.#expiry = new ExpiryQueue(
      options.clock,
      (entry) => this.#entries.get(entry.key) === entry,
      (expired) => this.#expire(expired),
    );
    const nowMs = this.#clock.epochMs();
    for (const record of options.records ?? []) {
      if (record.expiresAtMs === null || record.expiresAtMs > nowMs) {
        this.#put(ListedEntry.of(record));
      }
    }
    this.#store.attach({
      records: () => this.#table.records(),
      edited: (edit) =>
        this.#change(planHandEdit(this.#table, edit, this.#clock.epochMs()), 'file', accessReasons.edited),
      issuesChanged: () => this.#notifier.notify(),
    });
  }

  verdict(ip: string): AccessVerdict {
    const entry = this.#entries.find(ip);
    return entry ? entry.verdict : this.#automaton.isNewcomer(ip) ? joining(ip) : this.#unknownVerdict();
  }

  /** The verdict's `allowed` alone; touches no entry and so takes a fraction of the time. */
  isAllowed(ip: string): boolean {
    const list = this.#entries.listOf(ip);
    return list === null ? this.#whitelistMode !== 'enforce' || this.#automaton.isNewcomer(ip) : list === 'white';
  }

  recordHit(ip: string): void {
    const table = this.#automaton.isNewcomer(ip) ? this.#table : this.#entries;
    const entry = table.find(ip);
    if (entry) {
      entry.hits += 1;
      entry.lastHitAtMs = this.#clock.epochMs();
      this.#tellObservers(entry);
    }
  }

  automaticBan(ip: string): ReturnType<AutomaticLists['automaticBan']> {
    return this.#automaton.automaticBan(ip);
  }

  ban(ip: string, note: string, expiresAtMs: number, hosts?: readonly string[]): void {
    this.#automaton.ban(ip, note, expiresAtMs, hosts);
  }

  unban(ip: string): void {
    this.#automaton.unban(ip);
  }

  allow(ip: string): void {
    this.#automaton.allow(ip);
  }

  readmit(ip: string): void {
    this.#automaton.readmit(ip);
  }

  /**
   * Listeners hear of what a person changed at once, and of what the automaton did within 100 ms, gathered: a warm-up adds
   * thousands of entries.
   */
  onChange(listener: AccessChangeListener): () => void {
    return this.#notifier.subscribe(listener);
  }

  get whitelistCount(): number {
    return this.#table.count('white');
  }

  get blacklistCount(): number {
    return this.#table.count('black');
  }

  get whitelistMoves(): number {
    return this.#automaton.whitelistMoves;
  }

  /** Rises with every change of the lists or of the mode, hits excepted. */
  get revision(): number {
    this.#automaton.settle();
    return this.#revision;
  }

  /** {@link OperatorActs.preview}, for programs. */
  preview(change: GivenChange, conflictsFrom = 0): ReturnType<OperatorActs['preview']> {
    return this.operator.preview(change, conflictsFrom);
  }

  /** {@link OperatorActs.apply}, for programs. */
  apply(change: GivenChange): Promise<Applied> {
    return this.operator.apply(change);
  }

  get whitelistMode(): WhitelistMode {
    return this.#whitelistMode;
  }

  /** Entries of both lists. */
  get size(): number {
    return this.#table.size;
  }

  /** Where the lists are kept, and what is wrong there. */
  get store(): Pick<AccessStore, 'file' | 'issues' | 'saveFault' | 'gone'> {
    return this.#store;
  }

  /** Writes the lists to their file now. @throws ContractError `refused` when it cannot be written, or has faults. */
  async save(): Promise<{ file: string }> {
    await this.#store.saveNow();
    return { file: this.#store.file };
  }

  /** Everything at once, for programs; the console gets it in pieces. */
  frame(): AccessPicture {
    return {
      revision: this.revision,
      whitelistMode: this.#whitelistMode,
      entries: [...this.entries()],
      fileIssues: this.#store.issues,
      fileGone: this.#store.gone,
      file: this.#store.file,
    };
  }

  /** Every entry, as the console sees it. */
  *entries(): IterableIterator<AccessEntry> {
    for (const entry of this.#table.values()) {
      yield entry.toRow();
    }
  }

  /** null when it is gone. */
  entry(key: string): AccessEntry | null {
    return this.#table.get(key)?.toRow() ?? null;
  }

  /** Returns the function that ends it. */
  observe(observer: AccessObserver): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  /** @throws ContractError `invalid-input` when it is no IP and no CIDR. */
  explain(value: string): AccessExplanation {
    try {
      const range = parseIpRange(value);
      return explainValue(range.text, this.#table.around(range), this.#decidersInside(range), this.#whitelistMode);
    } catch (error) {
      const told = toldBy(error);
      throw new ContractError('invalid-input', told, [issueAt('value', told)]);
    }
  }

  /** {@link OperatorActs.findings}; in pauses between, so that nothing else waits. */
  findings(change: GivenChange | null = null): Promise<Findings> {
    return this.operator.findings(change, () => sleep(this.#clock, 0));
  }

  /** Replaces all entries that come from the configuration. Values are canonical or at least valid. */
  setConfigEntries(white: readonly string[], black: readonly string[]): void {
    const changes = planConfigEntries(this.#table, { white, black }, this.#clock.epochMs());
    this.#change(changes, 'config', accessReasons.configured);
  }

  /** `enforce`: an IP that no white entry names may not be dialled. */
  setWhitelistMode(mode: WhitelistMode): void {
    if (mode !== this.#whitelistMode) {
      this.#whitelistMode = mode;
      this.#revision += 1;
      this.#notifier.notify();
    }
  }

  /** Stores what is not stored yet and stops every timer. */
  async close(): Promise<void> {
    this.#automaton.settle();
    this.#expiry.close();
    this.#notifier.close();
    await this.#store.close();
    await this.journal.close();
  }

  /** With all who join it. */
  get #table(): AccessTable {
    this.#automaton.settle();
    return this.#entries;
  }

  /** Narrower entries in a range that nothing around them outranks, in the order of the lists. */
  #decidersInside(range: IpRange): ListedEntry[] {
    return isSingleAddress(range)
      ? []
      : [...this.#table.values()].filter(
          (entry) => isInside(entry.range, range) && this.#table.around(entry.range)[0] === entry,
        );
  }

  #unknownVerdict(): AccessVerdict {
    return this.#whitelistMode === 'enforce' ? unknownRefused : unknownAllowed;
  }

  #expire(expired: readonly ListedEntry[]): void {
    this.#change(
      expired.map((before) => ({ before, after: null })),
      'clock',
      accessReasons.expired,
    );
    this.#store.saveSoon();
  }

  #put(entry: ListedEntry): void {
    this.#entries.put(entry);
    this.#expiry.add(entry);
  }

  #change(changes: readonly EntryChange[], author: AccessAuthor, reason: string): void {
    if (changes.length > 0) {
      this.#make(changes, author, reason);
      this.#notifier.notify();
    }
  }

  /** The one place where entries come and go. */
  #make(changes: readonly EntryChange[], author: AccessAuthor, reason: string): void {
    this.#automaton.settle();
    for (const { before, after } of changes) {
      if (before && before.key !== after?.key) {
        this.#entries.drop(before.key);
      }
      if (after) {
        this.#put(after);
      }
      this.#tellObservers(before);
      this.#tellObservers(after);
    }
    this.#revision += 1;
    const mark = { revision: this.#revision, who: author, atMs: this.#clock.epochMs() };
    this.#marks.put(
      changes.map(({ before, after }) => (after ?? before)?.range.text ?? ''),
      mark,
    );
    this.#audit.record(changes, author, reason);
    // An operator's change was in the journal before it was made.
    if (author !== 'operator') {
      this.journal.note(author, reason, changes.map(inWords));
    }
  }

  #tellObservers(entry: ListedEntry | null): void {
    if (entry) {
      for (const observer of this.#observers) {
        observer.changed(entry.key);
      }
    }
  }
}

function joining(ip: string): AccessVerdict {
  return { allowed: true, list: 'white', rule: { value: ip, origin: 'automatic' } };
}
