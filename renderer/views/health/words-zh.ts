/** 健康视图的文字。 */
import type { AccessAuthor } from '../../../core/contract/access.ts';
import type { ConfigVersion } from '../../../core/contract/config.ts';
import type { EjectionReason } from '../../../core/contract/health.ts';
import { dateAndTime, stretch } from '../../words/dates.ts';
import { count, hourAndMinute, span, timeOfDay, took } from '../../words/format.ts';
import type * as en from './words-en.ts';

const dayMs = 86_400_000;

export const reasonWords: typeof en.reasonWords = {
  'permanent-failure': '永久性失败',
  'failures-in-a-row': '连续失败',
  'success-outlier': '失败多于其他 IP',
  'latency-outlier': '慢于其他 IP',
  'stored-ban': '上次运行留下的封禁',
};

export const severityWords: typeof en.severityWords = {
  problem: '问题',
  advice: '建议',
  note: '提示',
};

const authorWords: Readonly<Record<AccessAuthor, string>> = {
  operator: '操作员',
  file: '手工编辑',
  config: '配置',
  automaton: '自动机制',
  clock: '到期',
};

const configAuthors: Readonly<Record<ConfigVersion['by'], string>> = {
  start: '启动时修改',
  console: '在控制台修改',
  file: '手工修改',
  revert: '恢复到更早版本，改动',
};

function some(names: readonly string[], total: number): string {
  return `${names.join('、')}${total > names.length ? ` 以及另外 ${count(total - names.length)} 个` : ''}`;
}

export const words: typeof en.words = {
  diagnosis: {
    title: '诊断',
    found: (findings: number, rules: number) => `${count(findings)} 项发现 · 共查 ${count(rules)} 条规则`,
    none: (rules: number) => `已查 ${count(rules)} 条规则，没有发现问题。`,
    noneText: '打开本视图时，每五秒重查一次。',
    failed: (reason: string) => `未能诊断：${reason}`,
    since: (ms: number) => (ms < 1_000 ? '刚刚' : `已持续 ${span(ms)}`),
    run: (id: number) => `预热任务 ${count(id)}`,
    cause: '原因',
    advice: '处理',
    prevention: '预防',
    keys: '配置键',
  },
  remedy: {
    title: '应用此处置',
    set: (key: string, value: string) => `将 ${key} 设为 ${value}…`,
    setSome: (keys: number) => `修改 ${count(keys)} 项设置…`,
    retry: '重试失败的',
    cancel: '取消',
    looking: '正在查看会有什么影响…',
    failed: '引擎无法说明会有什么影响：',
    already: '已经是这些值。',
  },
  strips: {
    title: '健康走势',
    aside: (stepMs: number, rows: number, cut: boolean) =>
      `每格 ${span(stepMs)}，取最差状态 · ${count(rows)} 行${cut ? ' · 各泳道只含最新的' : ''}`,
    failed: (reason: string) => `未能读取：${reason}`,
    range: '走势的时间范围',
    rangeLead: '走势',
    preset: (ms: number) => (ms >= 7 * dayMs ? '7\u202f天' : ms >= dayMs ? '24\u202f小时' : span(ms)),
    back: '返回',
    backHint: '回到放大之前的范围',
    none: '这段时间内没有检查任何地址',
    noneText: '预热一台主机，或选择更长的时间范围。',
    left: (rows: number) => `还有 ${count(rows)} 行：请少展开几台主机`,
    addresses: (addresses: number) => `${count(addresses)} 个 IP`,
    leftOut: (named: number) => `+${count(named)}`,
    leftOutHint: (named: number) => `${count(named)} 个 IP 不在 DNS 应答中，由清单指定：不计入此行，另有各自的行`,
    named: '指定',
    namedHint: '不在 DNS 应答中：由清单或调用方指定',
    cells: '格子：方向键移动，Enter 打开背后的检查，空格展开所在行，加减号缩放，Shift 加左右键移动时间，Backspace 返回',
    keys: '方向键移动 · Enter 打开检查 · 拖动或 + − 缩放 · Shift 加 ← → 移动时间',
    strip: (name: string) => `${name} 的健康走势`,
    table: '健康走势（文字）',
    columns: ['地址', '检查', '失败', '异常'],
    troubles: (state: string, fromMs: number, toMs: number) => `${state} ${stretch(fromMs, toMs)}`,
    moreTroubles: (troubles: number) => `以及另外 ${count(troubles)} 处`,
    well: '无',
    at: (atMs: number, spanMs: number) =>
      spanMs > dayMs ? dateAndTime(atMs).slice(5) : spanMs > 1_800_000 ? hourAndMinute(atMs) : timeOfDay(atMs),
  },
  lanes: {
    title: '同时发生的事',
    names: { ejections: '剔除', lists: '名单变更', 'warm-ups': '预热', config: '配置变更', alerts: '告警' },
    mark: (lane: string, marks: number, atMs: number) => `${lane}：自 ${timeOfDay(atMs)} 起 ${count(marks)} 次`,
    ejected: (ip: string, host: string, reason: EjectionReason | null) =>
      `剔除 ${host} 的 ${ip}${reason === null ? '' : `：${reasonWords[reason]}`}`,
    lists: (total: number, who: AccessAuthor, values: readonly string[]) =>
      `${authorWords[who]}修改 ${count(total)} 个条目：${some(values, total)}`,
    config: (who: ConfigVersion['by'], paths: readonly string[], total: number) =>
      `${configAuthors[who]} ${count(total)} 个键${total === 0 ? '' : `：${some(paths, total)}`}`,
    warmUp: (hosts: string, ready: number, total: number) => `${hosts}：${count(ready)} / ${count(total)} 就绪`,
    from: (fromMs: number, untilMs: number | null) =>
      untilMs === null ? timeOfDay(fromMs) : `${timeOfDay(fromMs)}，${took(untilMs - fromMs)}`,
    openIp: '此 IP 详情…',
    openRun: '查看任务',
    openAlert: '查看告警',
    close: '关闭',
  },
  checks: {
    title: (name: string, fromMs: number, toMs: number) => `${name}，${stretch(fromMs, toMs)}`,
    close: '关闭',
    spans: '状态',
    spanFrom: (state: string, reason: EjectionReason | null) =>
      reason === null ? state : `${state}：${reasonWords[reason]}`,
    still: '至今',
    heading: '检查',
    columns: ['时间', 'IP', '检查', '结果', 'ms'],
    none: '这段时间内没有检查',
    noneText: '没有使用的地址不会被检查。',
    older: '更早',
    reading: '正在读取历史…',
    failed: (reason: string) => `未能读取：${reason}`,
  },
  ejections: {
    title: '剔除',
    aside: (ejected: number, most: number, held: number, named: number) =>
      [
        `${count(ejected)} 个停用或试用中，至多 ${count(most)} 个`,
        held > 0 && `另有 ${count(held)} 个暂留使用`,
        named > 0 && `及 ${count(named)} 个不属于任何主机、仅被指定的`,
      ]
        .filter(Boolean)
        .join(' · '),
    none: '没有被剔除、试用中或暂留使用的地址。',
    columns: { state: '状态', ip: 'IP', why: '时长与原因', probe: '下次探测' },
    times: (ejections: number) => `连续第 ${count(ejections)} 次`,
    ejectedFor: (ejections: number, ms: number) =>
      ejections > 1 ? `第 ${count(ejections)} 次，时长 ${span(ms)}` : `时长 ${span(ms)}`,
    probeIn: (ms: number) => (ms <= 0 ? '现在' : `${span(ms)}后`),
    noProbe: '没有计划',
    more: (ips: number) => `以及另外 ${count(ips)} 个 IP`,
    all: (ips: number) => `显示 ${count(ips)} 个 IP`,
    fewer: (ips: number) => `只显示前 ${count(ips)} 个`,
    localOutage: (reason: string) => `本机故障：${reason}。期间的失败不算在 IP 上。`,
    panic: (hosts: readonly string[]) => `${hosts.join('、')} 剩下的可用地址太少：在更多地址恢复之前，忽略剔除。`,
  },
  errors: {
    title: '失败的检查，按原因',
    none: '这段时间内没有失败的检查。',
    columns: { what: '原因', when: '时间', count: '检查', last: '最近' },
    bars: (name: string) => `${name} 的走势`,
    failed: (reason: string) => `未能读取：${reason}`,
  },
};
