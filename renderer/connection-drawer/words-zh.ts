/** 连接详情抽屉的文字。 */
import { count, milliseconds, span } from '../words/format.ts';
import { historyDetailZh } from '../words/history-detail-zh.ts';
import { explainConnectionZh } from './explanation-zh.ts';
import type * as en from './words-en.ts';

export const words: typeof en.words = {
  title: (id: number) => `连接 ${id}`,
  close: '关闭面板',
  closeConnection: '关闭连接',
  failed: '引擎无法回答：',
  sentence: explainConnectionZh,
  facts: {
    host: '主机',
    ip: 'IP',
    made: '建立于',
    lives: '存活',
    until: '寿命至',
    protocol: '协议',
    profile: 'TLS 配置',
    handshake: '握手',
    used: '使用',
    lastResponse: '最近响应',
    lastError: '最近错误',
    closed: '关闭',
  },
  full: '完整握手：已检查证书',
  resumed: '会话恢复；证书已在被恢复的那次握手中检查',
  used: (leases: number, requests: number, errors: number) =>
    `${count(leases)} 次租约，${count(requests)} 个请求${errors > 0 ? `，${count(errors)} 个错误` : ''}`,
  inTime: (at: string, leftMs: number) => `${at}，还有 ${span(leftMs)}`,
  making: '怎样建立',
  parts: { waitedMs: '等待轮到', tcpMs: 'TCP 建连', tlsMs: 'TLS 握手', validationMs: '验证' },
  total: (ms: number) => `${milliseconds(ms)} 后就绪`,
  checks: '对其地址的检查',
  check: (kind: string, status: number | null, result: string) =>
    `${kind}：${status === null ? '' : `${status} `}${result}`,
  noChecks: '存活期间没有检查',
  leases: '租约',
  leaseOutcomes: { ok: '正常', failed: '失败', broken: '中断' },
  noLeases: '尚未租出过',
  earlierLeases: (leases: number) => `之前还有 ${count(leases)} 次`,
  showAll: (number: number) => `显示全部 ${count(number)} 条`,
  older: '读取更早的检查',
  events: '经历',
  earlierEvents: (events: number) => `之前还有 ${count(events)} 个事件`,
  repeated: (number: number) => `${count(number)} ×`,
  kinds: {
    ready: '就绪',
    'profile-refused': '配置被拒',
    'dial-failed': '拨号失败',
    check: '检查',
    lease: '租约',
    'flag-down': '不健康',
    'flag-up': '健康',
    draining: '排空',
    closed: '已关闭',
    'timed-out': '超时',
    refused: '被拒绝',
    resolved: '已解析',
    'resolve-failed': 'DNS 失败',
  },
  detail: historyDetailZh,
};
