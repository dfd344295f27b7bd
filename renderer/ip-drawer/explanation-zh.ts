/** 一个 IP 为何能用、为何不能用：由数据组成的中文。英文由引擎给出。 */
import type { ExplainedEndpoint, IpExplanation } from '../../core/contract/explain.ts';
import { count, span } from '../words/format.ts';
import { words as vocabulary } from '../words/vocabulary-zh.ts';

type Access = IpExplanation['access'];

function refusal({ list, rule }: Access): string {
  if (!rule || !list) {
    return '它不在任何白名单中，而 whitelist_mode 为 "enforce"';
  }
  return `${vocabulary.lists[list]}中的 ${rule.value}（${vocabulary.origins[rule.origin]}）禁止它`;
}

function ejectionPart({ ejection }: ExplainedEndpoint, nowMs: number): string | null {
  if (!ejection || ejection.held) {
    return null;
  }
  const { untilMs, nextProbeAtMs, count: times } = ejection;
  return [
    '已剔除',
    times > 1 && `，连续第 ${count(times)} 次`,
    untilMs !== null && untilMs > nowMs && `，还有 ${span(untilMs - nowMs)}`,
    nextProbeAtMs !== null && `；${span(Math.max(0, nextProbeAtMs - nowMs))}后探测`,
  ]
    .filter(Boolean)
    .join('');
}

/** 先说能不能用，再说手上有什么，最后说最近一次失败。 */
function endpointSentence(endpoint: ExplainedEndpoint, nowMs: number): string {
  const { host, access, idle, leased, dialing, connections, waiting, vanished, backOffUntilMs, lastError } = endpoint;
  const parts = [
    ejectionPart(endpoint, nowMs) ?? (access.allowed ? null : `禁止拨号：${refusal(access)}`),
    idle > 0 && `${count(idle)} 条连接可立即服务`,
    leased > 0 && `${count(leased)} 条连接已租出`,
    dialing > 0 && `正在建立 ${count(dialing)} 条连接`,
    waiting > 0 && `${count(waiting)} 个调用者在等待`,
    vanished && '已不在该主机的地址之中',
    backOffUntilMs !== null && backOffUntilMs > nowMs && `退避中，${span(backOffUntilMs - nowMs)}内先拨号其他地址`,
    connections === 0 && waiting === 0 && '没有连接',
    lastError && `最近一次失败在 ${span(nowMs - lastError.atMs)}前：${failure(lastError)}`,
  ];
  return `${host}：${parts.filter(Boolean).join('；')}。`;
}

function failure({ class: errorClass, code }: NonNullable<ExplainedEndpoint['lastError']>): string {
  return errorClass === null ? code : vocabulary.errorClasses[errorClass];
}

export function explainIpZh({ ip, access, endpoints, atMs }: IpExplanation): string {
  return endpoints.length > 0
    ? endpoints.map((endpoint) => endpointSentence(endpoint, atMs)).join('')
    : `连接池中没有主机使用地址 ${ip}。${access.allowed ? '' : `它也不能拨号：${refusal(access)}。`}`;
}
