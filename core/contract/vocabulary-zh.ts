/** 封闭列表的中文名称：界面和事件用同一个词。 */
import type { CloseReason, ErrorClass } from './vocabulary.ts';

export const closeReasonsZh: Readonly<Record<CloseReason, string>> = {
  'idle-timeout': '空闲过久',
  'max-lifetime': '寿命到期',
  replaced: '已被替换',
  'server-idle-limit': '服务器空闲上限',
  unhealthy: '不健康',
  blacklisted: 'IP 已拉黑',
  'not-allowed': 'IP 未获准',
  'peer-closed': '服务器关闭',
  goaway: '服务器要求离开',
  broken: '已损坏',
  'response-not-drained': '响应未读完',
  evicted: '被驱逐',
  operator: '操作员关闭',
  'config-changed': '配置变更',
  'dns-vanished': '已不在 DNS 中',
  'pool-closed': '连接池关闭',
  'failed-dial': '拨号失败',
  'failed-validation': '验证失败',
  aborted: '已中止',
};

export const errorClassesZh: Readonly<Record<ErrorClass, string>> = {
  dns: 'DNS 失败',
  local: '本机故障',
  refused: '拒绝连接',
  unreachable: '不可达',
  'timeout-tcp': 'TCP 超时',
  'timeout-tls': 'TLS 超时',
  'timeout-response': '响应超时',
  reset: '连接重置',
  'tls-protocol': 'TLS 协议错误',
  'tls-certificate': '证书无效',
  'tls-client-certificate': '客户端证书问题',
  blocked: '403 被拦截',
  auth: '未授权',
  busy: '繁忙（429、503）',
  'bad-status': '状态码异常',
  'http-protocol': 'HTTP 协议错误',
  'closed-by-peer': '服务器关闭',
  'not-allowed': '被禁止或已剔除',
  aborted: '已中止',
  internal: '内部错误',
};

/** `拒绝连接，ECONNREFUSED`; a code that the class's own name says already is not said twice. */
export function failureZh(failure: ErrorClass, code: string): string {
  const name = errorClassesZh[failure];
  return name.includes(code) ? name : `${name}，${code}`;
}
