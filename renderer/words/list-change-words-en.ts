/** What a change of the access lists did, in a few words. */
import type { AccessAuditedChange, AccessAuditRecord } from '../../core/contract/access.ts';
import { count, plural, together } from './format.ts';

/** `blocked 31 entries`, `allowed 127.0.3.44`, `allowed 1, blocked 2`: one record of the audit. */
function what({ total, changes }: AccessAuditRecord): string {
  const kinds = Map.groupBy(changes, kindOf);
  if (kinds.size > 1 && total === changes.length) {
    return together(Array.from(kinds, ([verb, { length: entries }]) => `${verb} ${count(entries)}`));
  }
  const verb = kinds.size === 1 ? ([...kinds.keys()][0] ?? 'changed') : 'changed';
  const [first] = changes;
  const entry = first?.after ?? first?.before;
  return total === 1 && entry ? `${verb} ${entry.value}` : `${verb} ${plural(total, 'entry', 'entries')}`;
}

function kindOf({ before, after }: AccessAuditedChange): string {
  if (!after) {
    return before?.list === 'black' ? 'unblocked' : 'took off the white list';
  }
  if (before?.list === after.list) {
    return 'changed';
  }
  return after.list === 'black' ? 'blocked' : 'allowed';
}

export const words = { what };
