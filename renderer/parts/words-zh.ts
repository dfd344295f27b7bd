/** 界面零件自身的文字，与用途无关。 */
import { count, decimal } from '../words/format.ts';
import type * as en from './words-en.ts';

export const words: typeof en.words = {
  crash: {
    title: (what: string) => `无法显示${what}`,
    text: '引擎照常工作，只是界面的这一部分停了下来。请重试，或复制详情以便报告。',
    again: '重试',
    copy: '复制详情',
  },
  cells: '各格：方向键移动，回车打开',
  copy: { done: '已复制', failed: '无法写入剪贴板' },
  drawer: '此详情',
  moreLines: (lines: number) => `以及另外 ${count(lines)} 行`,
  number: {
    less: (label: string) => `减少：${label}`,
    more: (label: string) => `增加：${label}`,
    range: (min: number, max: number) => `${decimal(min)} 到 ${decimal(max)}`,
    refused: (typed: string, min: number, max: number, whole: boolean) =>
      `未采用 ${typed}：须为 ${decimal(min)} 到 ${decimal(max)} 的${whole ? '整数' : '数'}`,
  },
  points: (points: string) => `${points} 个百分点`,
  toast: { dismiss: '关闭', list: '消息' },
};
