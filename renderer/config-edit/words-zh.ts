/** 修改配置时的文字，不论在哪里修改。 */
import type { ConfigEffect } from '../../core/contract/config.ts';
import { count } from '../words/format.ts';
import type * as en from './words-en.ts';

function draining({ connections, leased }: ConfigEffect): string {
  return `关闭 ${count(connections)} 条连接${leased === 0 ? '' : `，其中 ${count(leased)} 条在租约结束之后`}`;
}

const effects: Readonly<Record<ConfigEffect['kind'], (effect: ConfigEffect) => string>> = {
  watches: ({ host }) => `开始解析 ${host}，并预热到保底数量`,
  unwatches: (effect) => `停止监控 ${effect.host}${effect.connections === 0 ? '' : `：${draining(effect)}`}`,
  drains: (effect) => `超出新的限制：${draining(effect)}`,
  expires: (effect) => `已超过新的寿命：${draining(effect)}`,
  reconnects: (effect) => `${effect.host} 使用旧的 TLS 设置：${draining(effect)}，并重新拨号`,
};

export const words: typeof en.words = {
  onlyText: '只能在文件中修改',
  units: { s: '秒', ms: 'ms', MB: 'MB', '%': '%' },
  typed: {
    amount: (figure: string, unit: string) => `${figure}${unit === '' || unit === '%' ? '' : '\u202f'}${unit}`,
    allowed: (least: string, most: string) => `可填：${least} 至 ${most}`,
    outOfRange: (amount: string, allowed: string) => `${amount} 超出范围；${allowed}`,
    notNumber: (typed: string, whole: boolean, allowed: string) =>
      `${typed === '' ? '空白' : `“${typed}”`}不是${whole ? '整数' : '数'}；${allowed}`,
  },
  help: {
    allowed: (allowed: string, value: string, unit: string) =>
      `可填：${allowed}。默认值：${value}${unit === '' ? '' : ` ${unit}`}。`,
    isDefault: '默认',
    applies: {
      'at-once': '立即对运行中的一切生效。',
      next: '对此后开始的拨号、检查和租约生效。',
      'next-start': '下次启动时生效。',
      reconnect: '对新连接生效；已打开的连接会被替换。',
    },
  },
  changes: {
    title: '变更',
    none: '没有改动。改动会先在这里显示其影响，再由您应用。',
    looking: '正在查看会有什么影响…',
    failed: '引擎无法说明会有什么影响：',
    absent: '无',
    lines: '文件中',
    line: (line: number) => `第 ${line} 行`,
    moreLines: (places: number) => `另有 ${count(places)} 处`,
    applies: {
      'at-once': () => '立即生效',
      next: () => '对此后开始的生效',
      reconnect: (replaced: number) => (replaced === 0 ? '对新连接生效' : `将替换 ${count(replaced)} 条连接`),
      'next-start': () => '下次启动时生效',
    },
    effects: '影响',
    effect: (effect: ConfigEffect) => effects[effect.kind](effect),
    warnings: '警告',
    nothing: '没有设置会改变。',
    apply: (keys: number) => (keys === 0 ? '应用' : `应用 ${count(keys)} 项修改`),
    saveForNext: '保存，下次启动时生效',
    discard: '放弃',
    pending: (keys: number) => (keys === 0 ? '文本有改动，设置不变' : `${count(keys)} 项修改未应用`),
    pendingText: '有修改未应用',
    pendingFaults: (faults: number) => `有 ${count(faults)} 处错误，尚不能应用`,
    bar: '未应用的修改',
    at: (line: number | null, column: number | null) => (line === null ? '' : `第 ${line} 行第 ${column ?? 1} 列 `),
  },
};
