/** What is asked of the audit, and a page of its answer. */
import type { AccessAuditedChange, AccessAuditRecord, AccessAuthor } from '../contract/access.ts';

/** What the journal knows of a change; whether it can be taken back the lists must say. */
export type JournalRecord = Omit<AccessAuditRecord, 'undoObstacle'>;

export interface AuditQuery {
  /** Only records older than this one. */
  readonly before: number | null;
  readonly limit: number;
  /** null: everybody's. */
  readonly who: readonly AccessAuthor[] | null;
  /** In the reason, or in one of the record's first entries. */
  readonly text: string;
}

export interface AuditPage<Row> {
  readonly records: Row[];
  /** The cursor of the following page; null at the end. */
  readonly next: number | null;
}

/** `records`: newest first. */
export function pageOf(
  records: Iterable<JournalRecord>,
  { before, limit, who, text }: AuditQuery,
  isWanted: (record: JournalRecord) => boolean,
): AuditPage<JournalRecord> {
  const wanted = text.trim().toLowerCase();
  const page: JournalRecord[] = [];
  for (const record of records) {
    const isHere = before === null || record.id < before;
    if (!isHere || (who !== null && !who.includes(record.who)) || !says(record, wanted) || !isWanted(record)) {
      continue;
    }
    if (page.length === limit) {
      return { records: page, next: page.at(-1)?.id ?? null };
    }
    page.push(record);
  }
  return { records: page, next: null };
}

function says({ reason, changes }: JournalRecord, wanted: string): boolean {
  return wanted === '' || reason.toLowerCase().includes(wanted) || changes.some((change) => names(change, wanted));
}

function names({ before, after }: AccessAuditedChange, wanted: string): boolean {
  return [before, after].some(
    (words) => words && (words.value.includes(wanted) || words.note.toLowerCase().includes(wanted)),
  );
}
