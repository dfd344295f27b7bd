/** What a change of the access lists did, in a few words. */
import type { AccessAuditedChange, AccessAuditRecord } from '../../core/contract/access.ts';
import { plural } from './format.ts';

/** `blocked 31 entries`, `allowed 127.0.3.44`: one record of the audit. */
function what({ total, changes }: AccessAuditRecord): string {
  const kinds = new Set(changes.map(kindOf));
  const [kind = 'changed'] = kinds;
  const verb = kinds.size === 1 ? kind : 'changed';
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
