/** IP 抽屉的文字。 */
import type { IpExplanation } from '../../core/contract/explain.ts';
import { count, milliseconds, percent, span, timeOfDay } from '../words/format.ts';
import { historyDetailZh } from '../words/history-detail-zh.ts';
import { explainIpZh } from './explanation-zh.ts';
import type * as en from './words-en.ts';

export const words: typeof en.words = {
  close: '关闭面板',
  failed: '引擎无法说明：',
  sentence: (explanation: IpExplanation) => explainIpZh(explanation),
  access: (allowed: boolean, rule: string) => `名单：${allowed ? '可以拨号' : '禁止拨号'} · ${rule}`,
  rule: (list: string, value: string, origin: string) => `${list}：${value}（${origin}）`,
  noRule: '没有名单提到它',
  states: {
    unknown: '尚不清楚',
    allowed: '在白名单中',
    blocked: '被规则拉黑',
    ejected: '已剔除',
    probing: '试用中',
  },
  reasons: {
    'permanent-failure': '永久性失败',
    'failures-in-a-row': '连续失败',
    'success-outlier': '成功率低于该主机的其他 IP',
    'latency-outlier': '响应慢于该主机的其他 IP',
    'stored-ban': '上次运行留下的封禁',
  },
  facts: {
    state: '状态',
    reason: '原因',
    until: '剔除至',
    ejectedFor: '剔除时长',
    probe: '下次探测',
    ejections: '剔除次数',
    held: '暂留使用',
    heldText: '本应剔除；受 max_ejected_share 所限，继续使用',
    goodProbes: '探测通过',
    inARow: '连续失败',
    success: '成功率，60 秒',
    latency: '响应，移动平均',
    slowStart: '慢启动份额',
    connections: '连接',
    backOff: '在此之前优先拨号其他地址',
    byClass: '失败',
    lastError: '最近错误',
    vanished: 'DNS',
    vanishedText: '已不在该主机的地址之中',
  },
  at: (atMs: number, nowMs: number) => (atMs > nowMs ? `${timeOfDay(atMs)}，${span(atMs - nowMs)}后` : timeOfDay(atMs)),
  times: (number: number) => `${count(number)} 次`,
  success: (share: number, asked: number) => `${percent(share)}（${count(asked)} 个请求）`,
  latency: milliseconds,
  connections: (total: number, idle: number, leased: number, dialing: number) =>
    total === 0
      ? '无'
      : `${count(total)} 条：${count(idle)} 条空闲，${count(leased)} 条已租出${dialing > 0 ? `，${count(dialing)} 条拨号中` : ''}`,
  error: (text: string, atMs: number) => `${timeOfDay(atMs)} ${text}`,
  events: '发生过什么',
  earlier: (events: number) => `此前还有 ${count(events)} 件`,
  repeated: (number: number) => `${count(number)} ×`,
  kinds: {
    ready: '就绪',
    'profile-refused': 'TLS 配置被拒',
    'dial-failed': '拨号失败',
    check: '检查',
    lease: '租约',
    'flag-down': '标记为不健康',
    'flag-up': '恢复健康',
    draining: '排空',
    closed: '关闭',
    'timed-out': '等待超时',
    refused: '被禁止',
    resolved: '已解析',
    'resolve-failed': '解析失败',
  },
  detail: historyDetailZh,
};
