/** 失败的原因。 */
import type { ContractError, ContractErrorCode } from '../../core/contract/errors.ts';
import { toldText } from '../../core/contract/phrase.ts';
import type * as en from './failure-words-en.ts';

/** 控制台自己的话已是中文。 */
const han = /\p{Script=Han}/u;

/** 系统或对端的原话保持原样；先用中文说明属于哪一类。 */
const failures: Readonly<Record<ContractErrorCode, (detail: string) => string>> = {
  'malformed-message': (detail) => `消息格式不符：${detail}`,
  'unknown-request': (detail) => `引擎没有这个请求：${detail}`,
  'unknown-stream': (detail) => `引擎没有这个推送：${detail}`,
  'invalid-input': (detail) => `输入有误：${detail}`,
  'not-found': (detail) => `找不到：${detail}`,
  conflict: (detail) => `与当前状态冲突：${detail}`,
  refused: (detail) => `引擎拒绝：${detail}`,
  closed: (detail) => `引擎正在关闭：${detail}`,
  disconnected: (detail) => `与引擎的连接中断：${detail}`,
  internal: (detail) => `内部错误：${detail}`,
};

export const words: typeof en.words = {
  pastShown: '此处无法执行：正在显示过去。请先回到现在',
  failure: ({ code, told }: ContractError) =>
    typeof told === 'object' || han.test(told) ? toldText(told, 'zh') : failures[code](`“${told}”`),
};
