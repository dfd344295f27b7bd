/** 经历中各事件的细节：引擎给出代码中的词，这里给出中文；协议、地址与 TLS 配置名保持原样。 */
import { words } from './vocabulary-zh.ts';

const detailWords: Readonly<Record<string, string>> = {
  ...words.errorClasses,
  ...words.closeReasons,
  ...words.checkOutcomes,
  ok: '正常',
  failed: '失败',
  status: '状态码异常',
  'lease-failed': '租约失败',
  'max-errors': '错误过多',
  'request-broke': '请求中断',
  early: '提前告知',
  late: '到期',
};

export function historyDetailZh(detail: string): string {
  return detailWords[detail] ?? detail;
}
