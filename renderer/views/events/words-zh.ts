/** 事件视图的文字。 */
import { count } from '../../words/format.ts';
import type * as en from './words-en.ts';

export const levelWords: typeof en.levelWords = { debug: '调试', info: '信息', warn: '警告', error: '错误' };

export const patternWords: typeof en.patternWords = {
  whitelisted: '加入白名单',
  blacklisted: '加入黑名单',
  unhealthy: '连接不健康',
  removed: '连接已移除',
  'warm-up-failed': '连接预热失败',
  'check-failed': '检查失败',
};

export const words: typeof en.words = {
  grid: '事件，最新在前',
  columns: { time: '时间', level: '级别', kind: '类型', subject: '对象', text: '内容' },
  filter: {
    text: '搜索内容、类型与对象',
    levels: '级别',
    kind: '类型',
    allKinds: '全部类型',
    host: '主机',
    allHosts: '全部主机',
    ip: 'IP',
    range: '时间范围',
    reset: '显示全部',
  },
  ranges: { quarter: '15 分钟', hour: '1 小时', day: '24 小时', week: '7 天', all: '90 天' },
  live: { pause: '暂停', resume: '继续', paused: (fresh: number) => `已暂停 · 新增 ${count(fresh)} 条` },
  shown: (events: number, more: boolean) => `${more ? '已读取 ' : ''}${count(events)} 条事件`,
  reading: '正在读取…',
  older: '读取更早的',
  none: '这段时间内没有事件',
  noneText: '启动、预热、名单变更、剔除与告警，一发生就会显示在这里。',
  noneFits: '没有符合筛选的事件',
  noneFitsText: '请选择更长的时间范围，或显示全部。',
  export: { title: '导出', jsonl: 'JSON Lines', csv: 'CSV', hint: '与当前显示的完全一致' },
  drawer: {
    close: '关闭',
    data: '数据',
    noData: '这条事件除了文字之外没有数据。',
    only: { kind: '只看这种类型', host: '只看这台主机', ip: '只看这个 IP' },
    ip: (ip: string) => `${ip} 的全部信息`,
    connections: '连接',
    copy: '复制为 JSON',
    copied: '已复制',
    notCopied: '无法写入剪贴板',
  },
  patterns: {
    title: '日志模式',
    aside: '此时间范围内，包括调试级别',
    file: '统计日志文件…',
    choose: '要统计的日志文件',
    ofFile: (name: string, lines: number) => `${name}：${count(lines)} 行`,
    back: '返回时间范围',
    tooLong: (bytes: string) => `文件超过 ${bytes}：请用 npm run patterns -- FILE 统计。`,
  },
  log: { title: '日志文件', text: 'JSON Lines；旁边还有五个更早的文件。' },
};
