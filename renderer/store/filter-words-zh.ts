/** 连接筛选中无法理解的词，说明原因；该词显示在它之前。 */
import { count } from '../words/format.ts';
import type * as en from './filter-words-en.ts';

export const words: typeof en.words = {
  tooLong: (length: number, longest: number) =>
    `筛选有效，但不会保存：共 ${count(length)} 个字符，最多保存 ${count(longest)} 个。可用网段代替逐个 IP 来缩短，例如 ip:10.0.0.0/24`,
  noState: (state: string, states: readonly string[]) => `没有以 ${state} 开头的状态；可用 ${states.join('、')}`,
  proto: 'proto: 只能是 h2 或 http/1.1',
  noRange: (value: string) => `${value} 不是 CIDR，例如 10.0.0.0/8`,
  noOr: '不是筛选用词，因为所有条件都须满足；同一条件的多个值写在一起：state:idle,leased',
  noIp: (value: string) => `${value} 不是 IP 地址、地址开头、CIDR、v4 或 v6`,
  noId: 'id: 之后须为数字',
  noFigure: (name: string, figures: readonly string[]) => `没有指标 ${name}；可用 ${figures.join('、')}`,
  noNumber: (comparison: string) => `${comparison} 之后须为数字`,
  noTime: (comparison: string) => `${comparison} 之后须为时间，例如 90 或 2:06`,
  noValue: (name: string) => `${name}: 之后须有值`,
  noToken: (name: string, tokens: readonly string[]) => `没有 ${name}: 这种条件；可用 ${tokens.join(' ')}`,
};
