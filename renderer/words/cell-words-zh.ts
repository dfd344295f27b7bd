/** 健康走势的格子。 */
import type * as en from './cell-words-en.ts';
import { count } from './format.ts';

export const cellWords: typeof en.cellWords = {
  quiet: { word: '未检查', hint: '没有对它做任何检查' },
  good: { word: '正常', hint: '检查全部通过' },
  failing: { word: '部分失败', hint: '有检查失败；对主机或网段：其全部 IP 的检查中有失败' },
  probing: { word: '试用中', ofMany: '有 IP 试用中', hint: '剔除之后重新尝试；对主机或网段：至少有一个 IP' },
  down: { word: '全部失败', hint: '检查全部失败；对主机或网段：其全部 IP 的检查都失败' },
  ejected: { word: '已剔除', ofMany: '有 IP 被剔除', hint: '自动机制暂停使用它；对主机或网段：至少有一个 IP' },
  blocked: { word: '已拉黑', hint: '有规则禁止使用它；对主机或网段：其全部 IP 均被禁止' },
};

export const words = {
  checks: (checks: number, failures: number) =>
    checks === 0 ? '没有检查' : `${count(checks)} 次检查，失败 ${count(failures)} 次`,
};
