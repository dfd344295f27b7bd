/** 告警的文字。 */
import type { Alert, AlertRule } from '../../../core/contract/alerts.ts';
import { count, span } from '../../words/format.ts';
import { alertAmount } from '../../words/vocabulary.ts';
import type * as en from './words-en.ts';

export const severityWords: typeof en.severityWords = { critical: '严重', warning: '警告' };

export const stateWords: typeof en.stateWords = {
  pending: '待触发',
  firing: '触发中',
  acknowledged: '已确认',
  muted: '已静音',
  resolved: '已解除',
};

export const ruleWords: typeof en.ruleWords = {
  'success-rate': { name: '成功率', watches: '最近一分钟成功请求的比例' },
  'response-time': { name: '平均响应', watches: '最近一分钟的平均响应时间' },
  'healthy-share': { name: '健康连接', watches: '健康标志正常的连接比例' },
  'reuse-rate': { name: '复用率', watches: '最近一分钟复用连接的租约比例，满一百份起判断' },
  'warm-up-success': { name: '预热成功率', watches: '每台主机最近一次预热，持续十分钟' },
  'wait-p95': { name: '等待 p95', watches: '最近一分钟里，二十次获取中有一次等待更久' },
  'loop-delay': { name: '引擎延迟 p99', watches: '最近一秒引擎事件循环的延迟' },
  leak: { name: '泄漏', watches: '占用超过 leak_threshold 的租约' },
  'host-blocks-us': { name: '被主机拦截', watches: '所有在用 IP 都返回拦截我们的状态码' },
  'disk-full': { name: '磁盘', watches: '数据目录的剩余空间，以及历史能否写入' },
  'lists-unread': { name: '名单文件错误', watches: '访问名单文件中的错误' },
  'lists-unsaved': { name: '名单保存', watches: '访问名单能否写入' },
};

export const diskNames: typeof en.diskNames = { room: '磁盘剩余空间', storing: '历史写入' };

const byOf = (by: string): string => (by === 'operator' ? words.acknowledge.byDefault : by);

export const words: typeof en.words = {
  active: {
    title: '当前告警',
    count: (firing: number, others: number) =>
      [firing > 0 && `${count(firing)} 条触发中`, others > 0 && `${count(others)} 条已知或待触发`]
        .filter(Boolean)
        .join('，'),
    none: '当前没有告警。',
    found: (problems: number, titles: readonly string[]) =>
      `但诊断发现 ${count(problems)} 个问题：${titles.join('、')}。`,
    watching: (figures: number) => `每秒检查 ${count(figures)} 项指标与状态。`,
    since: (ms: number) => `已持续 ${span(ms)}`,
    again: (firings: number) => `再次出现 ${count(firings - 1)} 次`,
    worst: (worst: string) => `最差 ${worst}`,
    pending: (leftMs: number) => `${span(leftMs)}后触发`,
    clearing: (leftMs: number) => `已恢复，${span(leftMs)}后解除`,
    clearsAt: (rule: AlertRule, bad: 'below' | 'above', clearAt: number) =>
      `${bad === 'below' ? '达到' : '降到'} ${alertAmount(rule, clearAt)} ${bad === 'below' ? '起' : '或以下'}解除`,
    held: '持续时间已达触发条件',
    cleared: '恢复时间已达解除条件',
    known: ({ by, reason }: NonNullable<Alert['acknowledged']>, at: string) => `${byOf(by)}，${at}：${reason}`,
    muted: (until: string) => `${until} 之前不通知`,
  },
  author: byOf,
  acknowledge: {
    title: '确认告警',
    text: (sentence: string) => `${sentence}。确认后仍显示到解除为止，不再通知。`,
    open: '确认…',
    again: '修改原因…',
    missing: '请写明为何可以保留，让其他人知道。',
    reason: '原因（必填）',
    reasonHint: '已知的情况，谁在处理',
    by: '您的名字（留空则为“操作员”）',
    byDefault: '操作员',
    submit: '确认',
    cancel: '取消',
  },
  mute: {
    label: '静音',
    of: (sentence: string) => `静音：${sentence}`,
    choices: [
      { minutes: 15, label: '15 分钟' },
      { minutes: 60, label: '1 小时' },
      { minutes: 240, label: '4 小时' },
      { minutes: 1_440, label: '1 天' },
      { minutes: 10_080, label: '7 天' },
    ],
    hint: '对同一对象的这条规则不再通知，包括本条告警与之后的告警',
  },
  causes: {
    errors: '出错的连接',
    slow: '慢的连接',
    unhealthy: '不健康的连接',
    leased: '已租出的连接',
    health: '检查与诊断',
    all: '连接',
    warmUp: '对应的预热',
    lists: '访问名单',
    overview: '引擎指标',
    settings: '设置',
  },
  watched: {
    title: '监控的指标',
    columns: { rule: '规则', now: '现在', trail: '最近 10 分钟', threshold: '触发阈值', state: '状态' },
    well: '正常',
    untold: {
      'success-rate': '近期没有请求',
      'response-time': '近期没有请求',
      'healthy-share': '没有连接',
      'reuse-rate': '租约太少',
      'warm-up-success': '近期没有预热',
      'wait-p95': '近期没有获取',
      'loop-delay': '尚未测量',
      leak: '尚不清楚',
      'host-blocks-us': '还没有主机',
      'disk-full': '系统未提供',
      'lists-unread': '尚不清楚',
      'lists-unsaved': '尚不清楚',
    },
    none: '还没有测得任何指标。',
    others: (subjects: number) => `另外 ${count(subjects)} 个`,
    sign: (bad: 'below' | 'above') => (bad === 'below' ? '<' : '>'),
    always: '立即',
    states: {
      'host-blocks-us': { holds: '已被拦截', holdsNot: '未被拦截' },
      'disk-full': { holds: '无法写入', holdsNot: '可写入' },
      'lists-unsaved': { holds: '未保存', holdsNot: '已保存' },
      other: { holds: '是', holdsNot: '否' },
    },
  },
  times: {
    title: '何时触发，通知谁',
    names: {
      'alerts.hold': '持续多久后触发',
      'alerts.clear_hold': '恢复多久后解除',
      'alerts.clear_margin': '恢复余量',
      'alerts.reopen_within': '多久内视为同一告警',
      'alerts.notifications': '由桌面应用通知',
      'alerts.webhook_url': 'Webhook 地址',
      'alerts.webhook_secret_file': 'Webhook 密钥文件',
    },
  },
  past: {
    title: '历史',
    columns: ['开始', '持续', '告警', '最差', '处理记录'],
    rule: '规则',
    allRules: '全部规则',
    severity: '级别',
    all: '全部',
    range: '时间范围',
    ranges: { day: '24 小时', week: '7 天', quarter: '90 天' },
    none: '这段时间内没有告警',
    noneText: '告警在重启后保留；更长的时间范围内也许有。',
    older: '更早',
    reading: '正在读取历史…',
    still: '仍在持续',
    of: (rule: string, subject: string) => (subject === 'pool' ? rule : `${rule} · ${subject}`),
    silent: '无',
    filter: '搜索对象与原因',
  },
};
