/** Whether lines of the journal show that an earlier change, of which a kill left no word, was made. */
import { type AccessAuditedChange, accessKey } from '../contract/access.ts';
import { changesOf, type WrittenLine } from './journal-line.ts';

/** Whoever changed what it had made knew that it was made. What cannot be read may have: a record is not given up for that. */
export async function wentOnFrom(
  made: readonly AccessAuditedChange[],
  since: readonly WrittenLine[],
): Promise<boolean> {
  const keys = new Set(made.map(keyOf));
  for (const line of since) {
    // The entry may be among those that are packed.
    const changes = await changesOf(line).catch(() => null);
    if (changes === null || changes.some((change) => keys.has(keyOf(change)))) {
      return true;
    }
  }
  return false;
}

function keyOf({ before, after }: AccessAuditedChange): string {
  const entry = after ?? before;
  return entry ? accessKey(entry.list, entry.origin, entry.value) : '';
}
