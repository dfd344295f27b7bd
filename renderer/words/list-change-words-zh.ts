/** 名单的一次变更做了什么。 */
import type { AccessAuditedChange, AccessAuditRecord } from '../../core/contract/access.ts';
import { count, together } from './format.ts';
import type * as en from './list-change-words-en.ts';

/** `拉黑 31 个条目`、`放行 127.0.3.44`、`放行 1 个、拉黑 2 个`：审计中的一条记录。 */
function what({ total, changes }: AccessAuditRecord): string {
  const kinds = Map.groupBy(changes, kindOf);
  if (kinds.size > 1 && total === changes.length) {
    return together(Array.from(kinds, ([verb, { length: entries }]) => `${verb} ${count(entries)} 个`));
  }
  const verb = kinds.size === 1 ? ([...kinds.keys()][0] ?? '修改') : '修改';
  const [first] = changes;
  const entry = first?.after ?? first?.before;
  return total === 1 && entry ? `${verb} ${entry.value}` : `${verb} ${count(total)} 个条目`;
}

function kindOf({ before, after }: AccessAuditedChange): string {
  if (!after) {
    return before?.list === 'black' ? '解除拉黑' : '移出白名单';
  }
  if (before?.list === after.list) {
    return '修改';
  }
  return after.list === 'black' ? '拉黑' : '放行';
}

export const words: typeof en.words = { what };
