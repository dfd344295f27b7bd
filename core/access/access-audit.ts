/** Says who changed the lists, and how: one event per entry, one for all when they are many. */
import type { EventSink } from '../base/event-bus.ts';
import type { AccessAuditedChange, AccessAuthor, AccessListName } from '../contract/access.ts';
import type { ListedEntry } from './access-entry.ts';

export interface EntryChange {
  /** null: the entry is new. */
  readonly before: ListedEntry | null;
  /** null: the entry is gone. */
  readonly after: ListedEntry | null;
}

export function inWords({ before, after }: EntryChange): AccessAuditedChange {
  return { before: before?.toWords() ?? null, after: after?.toWords() ?? null };
}

/** A pasted list of thousands is one act of the operator and one line of the log. */
const mostSingleEvents = 50;
const namedInSummary = 5;

export class AccessAudit {
  readonly #events: EventSink;

  constructor(events: EventSink) {
    this.#events = events;
  }

  record(changes: readonly EntryChange[], author: AccessAuthor, reason: string): void {
    // What the automaton gathers is routine, and told one by one to who reads that.
    if (changes.length > mostSingleEvents && author !== 'automaton') {
      this.#summarise(changes, author, reason);
      return;
    }
    const isReadAll = this.#events.wants?.('debug') !== false;
    const unread: EntryChange[] = [];
    for (const change of changes) {
      const { before, after } = change;
      const entry = after ?? before;
      if (!entry) {
        continue;
      }
      const level = isRoutine(change, author) ? 'debug' : 'info';
      // A warm-up lists thousands: what nobody reads is not worth a date each.
      if (level === 'debug' && !isReadAll) {
        unread.push(change);
        continue;
      }
      this.#events.emit(level, 'access.changed', entry.range.text, {
        who: author,
        act: actOf(change),
        list: entry.list,
        origin: entry.origin,
        from: before && before.list !== entry.list ? before.list : null,
        before: before && describe(before),
        after: after && describe(after),
        reason,
        ...newlyListed([change]),
      });
    }
    if (unread.length > 0) {
      // They are counted all the same.
      const counts = { who: author, changes: unread.length, ...newlyListed(unread) };
      this.#events.emit('debug', 'access.changed-routine', '', counts);
    }
  }

  #summarise(changes: readonly EntryChange[], author: AccessAuthor, reason: string): void {
    const added = changes.filter(({ after }) => after).length;
    const removed = changes.filter(({ after }) => !after).length;
    const named = changes.slice(0, namedInSummary).map(({ before, after }) => (after ?? before)?.range.text);
    this.#events.emit('info', 'access.changed-many', '', {
      who: author,
      added,
      removed,
      named: named.join(', '),
      reason,
      ...newlyListed(changes),
    });
  }
}

/** How many came onto a list that did not name them before. */
function newlyListed(changes: readonly EntryChange[]): { whitelisted: number; blacklisted: number } {
  const onto = (list: AccessListName): number =>
    changes.filter(({ before, after }) => after?.list === list && before?.list !== list).length;
  return { whitelisted: onto('white'), blacklisted: onto('black') };
}

/** Every validated IP joins the automatic white list and leaves it in time: worth a debug line, not the operator's eye. */
function isRoutine({ before, after }: EntryChange, author: AccessAuthor): boolean {
  const entry = after ?? before;
  return (author === 'automaton' || author === 'clock') && entry?.origin === 'automatic' && entry.list === 'white';
}

function describe(entry: ListedEntry): string {
  const until = entry.expiresAtMs === null ? '' : ` until ${new Date(entry.expiresAtMs).toISOString()}`;
  return `${entry.list} (${entry.origin})${until}${entry.note === '' ? '' : `: ${entry.note}`}`;
}

function actOf({ before, after }: EntryChange): 'added' | 'moved' | 'edited' | 'removed' {
  if (!after) {
    return 'removed';
  }
  if (!before) {
    return 'added';
  }
  return before.list === after.list ? 'edited' : 'moved';
}
