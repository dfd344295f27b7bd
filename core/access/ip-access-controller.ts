/**
 * White and black lists: who may be dialled. Entries of the operator, the file, the config and the automaton are kept
 * apart; no automatic act changes an entry that a person made.
 */
import type { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { Random } from '../base/random.ts';
import type { AccessFrame, AccessListName, accessChangeSchema } from '../contract/access.ts';
import type { ClassifiedError } from '../dial/classified-error.ts';
import { hasConsequence } from '../dial/error-table.ts';
import { AccessAudit, type AccessAuthor, type EntryChange } from './access-audit.ts';
import { type AccessRecord, accessKey, ListedEntry } from './access-entry.ts';
import type { AccessPolicy, AccessVerdict } from './access-policy.ts';
import { type AccessStore, volatileAccessStore } from './access-store.ts';
import { AccessTable } from './access-table.ts';
import { BanBackOff, type BanBackOffSettings, defaultBanBackOff } from './ban-back-off.ts';
import { type ChangePlan, planChange } from './change-plan.ts';
import { ExpiryQueue } from './expiry-queue.ts';
import { parseIpRange } from './ip-range.ts';
import { Notifier } from './notifier.ts';
import { RangeIndex } from './range-index.ts';

export type WhitelistMode = AccessFrame['whitelistMode'];

/** A change as the contract's schema gives it, defaults filled in. */
export type ParsedAccessChange = z.output<typeof accessChangeSchema>;

export interface IpAccessControllerOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventSink;
  readonly whitelistMode?: WhitelistMode;
  /** Where operator, file and automatic entries are kept; by default nowhere. */
  readonly store?: AccessStore;
  /** What the store holds at the start. */
  readonly records?: Iterable<AccessRecord>;
  /** Asked before an IP is banned automatically; by default always yes. Here a maximum share of a host's IPs is kept. */
  readonly mayListAutomatically?: (ip: string) => boolean;
  readonly backOff?: BanBackOffSettings;
  /** No automatic ban lasts longer (`blacklist_check_interval`); by default only the back-off bounds it. */
  readonly blacklistCheckIntervalMs?: number;
}

/** A success keeps an IP on the automatic white list for this long (24 h). */
const automaticWhiteMs = 86_400_000;
/** A longer stay on the automatic white list is worth a save of its own this often at most. */
const prolongationSaveMs = 900_000;

const unknownAllowed: AccessVerdict = { allowed: true, list: null, rule: null };
const unknownRefused: AccessVerdict = { allowed: false, list: null, rule: null };

export class IpAccessController implements AccessPolicy {
  readonly #clock: Clock;
  readonly #store: AccessStore;
  readonly #mayListAutomatically: (ip: string) => boolean;
  readonly #backOff: BanBackOff;
  readonly #audit: AccessAudit;
  readonly #notifier: Notifier;
  readonly #expiry: ExpiryQueue<ListedEntry>;
  readonly #table = new AccessTable();
  #whitelistMode: WhitelistMode;
  #longestBanMs = Number.POSITIVE_INFINITY;
  #whitelistMoves = 0;
  #revision = 0;
  #totalHits = 0;
  #prolongationSavedAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: IpAccessControllerOptions) {
    this.#clock = options.clock;
    this.#store = options.store ?? volatileAccessStore;
    this.#mayListAutomatically = options.mayListAutomatically ?? (() => true);
    this.#backOff = new BanBackOff(options.backOff ?? defaultBanBackOff, options.random);
    this.#audit = new AccessAudit(options.events);
    this.#notifier = new Notifier(options.clock);
    this.#whitelistMode = options.whitelistMode ?? 'prefer';
    this.#expiry = new ExpiryQueue(
      options.clock,
      (entry) => this.#table.get(entry.key) === entry,
      (expired) => this.#expire(expired),
    );
    const nowMs = this.#clock.epochMs();
    for (const record of options.records ?? []) {
      if (record.expiresAtMs === null || record.expiresAtMs > nowMs) {
        this.#put(entryOf(record));
      }
    }
    this.setBlacklistCheckInterval(options.blacklistCheckIntervalMs ?? Number.POSITIVE_INFINITY);
    this.#store.attach({
      records: () => this.#table.records(),
      edited: ({ put, removed }) => this.#takeHandEdit(put, removed),
      issuesChanged: () => this.#notifier.notify(),
    });
  }

  verdict(ip: string): AccessVerdict {
    return this.#table.find(ip)?.verdict ?? this.#unknownVerdict();
  }

  /** The verdict's `allowed` alone; touches no entry and so takes a fraction of the time. */
  isAllowed(ip: string): boolean {
    const list = this.#table.listOf(ip);
    return list === null ? this.#whitelistMode !== 'enforce' : list === 'white';
  }

  recordHit(ip: string): void {
    const entry = this.#table.find(ip);
    if (entry) {
      entry.hits += 1;
      entry.lastHitAtMs = this.#clock.epochMs();
      this.#totalHits += 1;
    }
  }

  reportSuccess(ip: string): void {
    const deciding = this.#table.find(ip);
    if (deciding && deciding.origin !== 'automatic') {
      return;
    }
    const nowMs = this.#clock.epochMs();
    const expiresAtMs = nowMs + automaticWhiteMs;
    if (deciding?.list === 'white') {
      deciding.setExpiry(expiresAtMs);
      if (nowMs - this.#prolongationSavedAtMs >= prolongationSaveMs) {
        this.#prolongationSavedAtMs = nowMs;
        this.#store.saveSoon();
      }
      return;
    }
    // Its ban may have run out by itself: the success of the next dial is what makes it well again.
    const wasBanned = this.#backOff.forget(ip) || deciding !== undefined;
    this.#whitelistMoves += wasBanned ? 1 : 0;
    this.#listAutomatically(ip, 'white', wasBanned ? 'well again' : 'validated', expiresAtMs);
    this.#notifier.notifySoon();
  }

  reportFailure(ip: string, error: ClassifiedError): void {
    if (!hasConsequence(error.errorClass, 'list')) {
      return;
    }
    const deciding = this.#table.find(ip);
    // A ban that stands is not made longer: ten connections that were refused together are one refusal.
    if (deciding && (deciding.origin !== 'automatic' || deciding.list === 'black')) {
      return;
    }
    if (!this.#mayListAutomatically(ip)) {
      return;
    }
    const nowMs = this.#clock.epochMs();
    const note = `${error.errorClass}: ${error.code}`;
    const lengthMs = Math.min(this.#backOff.nextMs(ip, nowMs), this.#longestBanMs);
    this.#listAutomatically(ip, 'black', note, Math.round(nowMs + lengthMs));
    this.#notifier.notify();
  }

  /**
   * Listeners hear of a change that may forbid an IP at once, and of IPs that joined the automatic white list within
   * 100 ms, gathered: a warm-up adds thousands of them and takes nothing away.
   */
  onChange(listener: () => void): () => void {
    return this.#notifier.subscribe(listener);
  }

  get whitelistCount(): number {
    return this.#table.count('white');
  }

  get blacklistCount(): number {
    return this.#table.count('black');
  }

  get whitelistMoves(): number {
    return this.#whitelistMoves;
  }

  /** Rises with every change of the lists or of the mode, hits excepted. */
  get revision(): number {
    return this.#revision;
  }

  /** Hits of all entries since the start: tells whether the hits of a frame are old. */
  get totalHits(): number {
    return this.#totalHits;
  }

  /** The complete picture for the console. */
  frame(): AccessFrame {
    return {
      revision: this.#revision,
      whitelistMode: this.#whitelistMode,
      entries: Array.from(this.#table.values(), (entry) => entry.toRow()),
      fileIssues: [...this.#store.issues],
      file: this.#store.file,
    };
  }

  /**
   * What a change would do, without doing it: whether an IP that may be dialled now may not be afterwards.
   * @throws ContractError `invalid-input` as {@link apply} does.
   */
  preview(change: ParsedAccessChange): { newlyBlocked(ip: string): boolean } {
    const plan = this.#plan(change);
    const removed = new Set(plan.changes.flatMap(({ before }) => before ?? []));
    const added = new RangeIndex<ListedEntry>();
    for (const { after } of plan.changes) {
      if (after) {
        added.add(after);
      }
    }
    return {
      newlyBlocked: (ip) => {
        const kept = this.#table.find(ip, removed);
        const fresh = added.find(ip);
        const deciding = kept && fresh ? (fresh.rank <= kept.rank ? fresh : kept) : (fresh ?? kept);
        return this.isAllowed(ip) && !(deciding?.verdict ?? this.#unknownVerdict()).allowed;
      },
    };
  }

  /**
   * An operator's change, whole or not at all: on disk and in force when this resolves. Removals come first, so that an
   * entry can change lists in one go; adding an entry that is there replaces its note and expiry.
   * @throws ContractError `invalid-input` with an issue per fault; `refused` when the lists cannot be stored.
   */
  apply(change: ParsedAccessChange): Promise<{ revision: number; added: number; removed: number }> {
    return this.#store.update(() => {
      const plan = this.#plan(change);
      return { records: this.#table.recordsAfter(plan.changes), commit: () => this.#commit(plan) };
    });
  }

  /** Replaces all entries that come from the configuration. Values are canonical or at least valid. */
  setConfigEntries(white: readonly string[], black: readonly string[]): void {
    const addedAtMs = this.#clock.epochMs();
    const wanted = new Map<string, ListedEntry>();
    for (const [list, values] of [['white', white] as const, ['black', black] as const]) {
      for (const value of values) {
        const said = { note: '', addedAtMs, expiresAtMs: null };
        const entry = new ListedEntry(list, parseIpRange(value), 'config', said);
        wanted.set(entry.key, entry);
      }
    }
    const changes: EntryChange[] = [];
    for (const entry of this.#table.values()) {
      if (entry.origin === 'config' && !wanted.delete(entry.key)) {
        changes.push({ before: entry, after: null });
      }
    }
    changes.push(...Array.from(wanted.values(), (after) => ({ before: null, after })));
    this.#change(changes, 'config', 'the configuration says so');
  }

  /** `enforce`: an IP that no white entry names may not be dialled. */
  setWhitelistMode(mode: WhitelistMode): void {
    if (mode !== this.#whitelistMode) {
      this.#whitelistMode = mode;
      this.#revision += 1;
      this.#notifier.notify();
    }
  }

  /** How long an automatic ban may last before its IP is tried again. Bans that stand are shortened to it as well. */
  setBlacklistCheckInterval(intervalMs: number): void {
    this.#longestBanMs = intervalMs;
    const latestMs = this.#clock.epochMs() + intervalMs;
    let shortened = 0;
    for (const entry of this.#table.values()) {
      if (entry.origin === 'automatic' && entry.list === 'black' && (entry.expiresAtMs ?? 0) > latestMs) {
        entry.setExpiry(latestMs);
        this.#expiry.add(entry);
        shortened += 1;
      }
    }
    if (shortened > 0) {
      this.#revision += 1;
      this.#store.saveSoon();
      this.#notifier.notify();
    }
  }

  /** Stores what is not stored yet and stops every timer. */
  async close(): Promise<void> {
    this.#expiry.close();
    this.#notifier.close();
    await this.#store.close();
  }

  #unknownVerdict(): AccessVerdict {
    return this.#whitelistMode === 'enforce' ? unknownRefused : unknownAllowed;
  }

  #plan(change: ParsedAccessChange): ChangePlan {
    return planChange(change, (key) => this.#table.get(key), this.#clock.epochMs());
  }

  #commit(plan: ChangePlan): { revision: number; added: number; removed: number } {
    for (const { before, after } of plan.changes) {
      if (before?.origin === 'automatic' && before.list === 'black' && !after) {
        this.#backOff.forget(before.range.text);
      }
    }
    this.#change(plan.changes, 'operator', '');
    return { revision: this.#revision, added: plan.added, removed: plan.removed };
  }

  #takeHandEdit(put: readonly AccessRecord[], removed: readonly AccessRecord[]): void {
    const nowMs = this.#clock.epochMs();
    const changes: EntryChange[] = [];
    for (const record of removed) {
      const before = this.#table.get(accessKey(record.list, record.origin, record.value));
      if (before) {
        changes.push({ before, after: null });
      }
    }
    for (const record of put) {
      if (record.expiresAtMs === null || record.expiresAtMs > nowMs) {
        const after = entryOf(record);
        changes.push({ before: this.#table.get(after.key) ?? null, after });
      }
    }
    this.#change(changes, 'file', 'edited by hand');
  }

  #expire(expired: readonly ListedEntry[]): void {
    this.#change(
      expired.map((before) => ({ before, after: null })),
      'clock',
      'expired',
    );
    this.#store.saveSoon();
  }

  /** Puts an IP on one automatic list and takes it off the other. The caller notifies. */
  #listAutomatically(ip: string, list: AccessListName, note: string, expiresAtMs: number): void {
    const said = { note, addedAtMs: this.#clock.epochMs(), expiresAtMs };
    const after = new ListedEntry(list, parseIpRange(ip), 'automatic', said);
    const other = accessKey(list === 'white' ? 'black' : 'white', 'automatic', after.range.text);
    const before = this.#table.get(other) ?? null;
    this.#make([{ before, after }], 'automaton', note);
    this.#store.saveSoon();
  }

  #put(entry: ListedEntry): void {
    this.#table.put(entry);
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
    for (const { before, after } of changes) {
      if (before && before.key !== after?.key) {
        this.#table.drop(before.key);
      }
      if (after) {
        this.#put(after);
      }
    }
    this.#revision += 1;
    this.#audit.record(changes, author, reason);
  }
}

function entryOf(record: AccessRecord): ListedEntry {
  return new ListedEntry(record.list, parseIpRange(record.value), record.origin, record);
}
