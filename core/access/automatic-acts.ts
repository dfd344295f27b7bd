/**
 * What the automaton does to the lists: bans with an end, and white entries that last while an IP does well. A warm-up
 * validates a thousand unknown IPs in a second: they join the white list together, which costs half of one by one.
 */
import type { Clock } from '../base/clock.ts';
import { type AccessListName, accessKey } from '../contract/access.ts';
import { accessReasons } from '../contract/access-reasons.ts';
import type { EntryChange } from './access-audit.ts';
import { ListedEntry } from './access-entry.ts';
import type { AutomaticLists } from './access-policy.ts';
import type { AccessStore } from './access-store.ts';
import type { AccessTable } from './access-table.ts';
import { parseIpRange } from './ip-range.ts';
import type { Notifier } from './notifier.ts';

/** A success keeps an IP on the automatic white list for this long (24 h). */
const automaticWhiteMs = 86_400_000;
/** A longer stay on the automatic white list is worth a save of its own this often at most. */
const prolongationSaveMs = 900_000;
/**
 * A program that visits a million hosts would list the IPs of all. Beyond so many nothing new is noted as good until others
 * have expired: an unknown IP may be dialled as well.
 */
export const mostAutomaticWhite = 100_000;

export interface AutomaticParts {
  readonly clock: Clock;
  readonly table: AccessTable;
  readonly store: AccessStore;
  readonly notifier: Notifier;
  readonly make: (changes: readonly EntryChange[], reason: string) => void;
  /** Something about an entry is different, which stays where it is. */
  readonly touched: (entry: ListedEntry) => void;
}

type Acts = Pick<AutomaticLists, 'automaticBan' | 'ban' | 'unban' | 'allow' | 'readmit'>;

export class AutomaticActs implements Acts {
  readonly #parts: AutomaticParts;
  #whitelistMoves = 0;
  #prolongationSavedAtMs = Number.NEGATIVE_INFINITY;
  /** They have validated, and join the white list with {@link settle}. */
  #newcomers = new Set<string>();

  constructor(parts: AutomaticParts) {
    this.#parts = parts;
  }

  /** IPs that came back from the black list. */
  get whitelistMoves(): number {
    return this.#whitelistMoves;
  }

  /** It is as good as white-listed, though the table does not say so yet. */
  isNewcomer(ip: string): boolean {
    return this.#newcomers.has(ip);
  }

  /** Before anybody looks at the lists as a whole, changes them, or is told of them. */
  settle(): void {
    if (this.#newcomers.size === 0) {
      return;
    }
    const newcomers = this.#newcomers;
    this.#newcomers = new Set();
    const note = accessReasons.validated;
    const addedAtMs = this.#parts.clock.epochMs();
    const said = { note, addedAtMs, expiresAtMs: addedAtMs + automaticWhiteMs };
    const changes = Array.from(newcomers, (ip) => ({
      before: null,
      after: new ListedEntry('white', parseIpRange(ip), 'automatic', said),
    }));
    this.#parts.make(changes, note);
  }

  automaticBan(ip: string): ReturnType<AutomaticLists['automaticBan']> {
    const ban = this.#parts.table.get(accessKey('black', 'automatic', ip));
    return ban && ban.expiresAtMs !== null ? { note: ban.note, expiresAtMs: ban.expiresAtMs, hosts: ban.hosts } : null;
  }

  ban(ip: string, note: string, expiresAtMs: number, hosts: readonly string[] = []): void {
    this.#list(ip, 'black', note, expiresAtMs, hosts);
    // Whoever bans sees to it that the IP is out of use at once; the lists are told in one go.
    this.#parts.notifier.notifySoon(ip);
  }

  unban(ip: string): void {
    const { table, store, notifier, make } = this.#parts;
    const before = table.get(accessKey('black', 'automatic', ip));
    if (before) {
      make([{ before, after: null }], accessReasons.banIsVoid);
      store.saveSoon();
      notifier.notifySoon(ip);
    }
  }

  allow(ip: string): void {
    if (this.#newcomers.has(ip)) {
      return;
    }
    const { clock, table, store, touched } = this.#parts;
    const deciding = table.find(ip);
    if (!deciding) {
      this.#welcome(ip);
      return;
    }
    if (deciding.origin !== 'automatic' || deciding.list === 'black') {
      return;
    }
    const nowMs = clock.epochMs();
    deciding.setExpiry(nowMs + automaticWhiteMs);
    touched(deciding);
    if (nowMs - this.#prolongationSavedAtMs >= prolongationSaveMs) {
      this.#prolongationSavedAtMs = nowMs;
      store.saveSoon();
    }
  }

  readmit(ip: string): void {
    this.#whitelistMoves += 1;
    this.#list(ip, 'white', accessReasons.wellAgain, this.#parts.clock.epochMs() + automaticWhiteMs);
    this.#parts.notifier.notifySoon(ip);
  }

  #welcome(ip: string): void {
    const { table, store, notifier } = this.#parts;
    const { size } = this.#newcomers;
    if (table.automaticWhite + size < mostAutomaticWhite) {
      this.#newcomers.add(ip);
      notifier.notifySoon(ip);
      if (size === 0) {
        store.saveSoon();
      }
    }
  }

  /** Puts an IP on one automatic list and takes it off the other. The caller notifies. */
  #list(ip: string, list: AccessListName, note: string, expiresAtMs: number, hosts: readonly string[] = []): void {
    this.settle();
    const { clock, table, store, make } = this.#parts;
    const said = { note, addedAtMs: clock.epochMs(), expiresAtMs, hosts };
    const after = new ListedEntry(list, parseIpRange(ip), 'automatic', said);
    const other = accessKey(list === 'white' ? 'black' : 'white', 'automatic', after.range.text);
    make([{ before: table.get(other) ?? null, after }], note);
    store.saveSoon();
  }
}
