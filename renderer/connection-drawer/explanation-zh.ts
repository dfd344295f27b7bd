/** 一条连接为何处于现在的状态：由数据组成的中文。英文由引擎给出。 */
import type { ConnectionExplanation } from '../../core/contract/explain.ts';
import { count, span } from '../words/format.ts';
import { historyDetailZh } from '../words/history-detail-zh.ts';
import { words as vocabulary } from '../words/vocabulary-zh.ts';

function lastFailure({ lastError, atMs }: ConnectionExplanation): string | null {
  if (!lastError) {
    return null;
  }
  const { class: errorClass, code } = lastError;
  return `最近一次失败在 ${span(atMs - lastError.atMs)}前：${errorClass === null ? code : vocabulary.errorClasses[errorClass]}`;
}

function dialingWords({ making, connection, atMs }: ConnectionExplanation): string {
  const { waitedMs } = making;
  const sinceMs = connection.createdAtMs + (waitedMs ?? 0);
  return `${waitedMs === null ? '正在等待拨号名额' : '正在拨号'}，已 ${span(atMs - sinceMs)}`;
}

function closedWords(explanation: ConnectionExplanation): string {
  const { closed, connection, atMs } = explanation;
  if (!closed) {
    return '已关闭';
  }
  const lived = span(closed.atMs - connection.createdAtMs);
  const why = `${span(atMs - closed.atMs)}前关闭，存活 ${lived}：${vocabulary.closeReasons[closed.reason]}`;
  return [why, lastFailure(explanation)].filter(Boolean).join('；');
}

function leasesLeft({ activeLeases }: ConnectionExplanation): string {
  return activeLeases === 0 ? '即将关闭' : `其上 ${count(activeLeases)} 份租约结束后关闭`;
}

function servingWords({ verdict, connection, activeLeases, atMs }: ConnectionExplanation): string {
  const { leasedSinceMs, idleSinceMs } = connection;
  if (leasedSinceMs !== null) {
    return `已租出 ${span(atMs - leasedSinceMs)}${activeLeases > 1 ? `，共 ${count(activeLeases)} 份租约` : ''}${verdict === 'hot' ? '，还能承载更多租约' : ''}`;
  }
  if (verdict === 'busy') {
    return '空闲，但其服务器目前不允许新的流';
  }
  return `可立即服务：空闲且健康${idleSinceMs === null ? '' : `，已 ${span(atMs - idleSinceMs)}未使用`}`;
}

function stateWords(explanation: ConnectionExplanation): string {
  const { verdict, connection, events } = explanation;
  if (verdict === 'closed') {
    return closedWords(explanation);
  }
  if (verdict === 'draining') {
    const reason = events.findLast(({ kind }) => kind === 'draining')?.detail;
    return `不再接受新租约，${leasesLeft(explanation)}${reason === undefined ? '' : `：${historyDetailZh(reason)}`}`;
  }
  if (verdict === 'suspect') {
    return `复查之前不为任何人服务：${lastFailure(explanation) ?? '最近一次租约以失败归还'}`;
  }
  switch (connection.state) {
    case 'dialing':
      return dialingWords(explanation);
    case 'validating':
      return '握手已完成，正在验证';
    case 'checking':
      return '正在检查：有结果之前不会交给任何人';
    default:
      return servingWords(explanation);
  }
}

function overdueWords({ overdueLeases, atMs }: ConnectionExplanation): string | null {
  const [oldest] = overdueLeases;
  if (!oldest) {
    return null;
  }
  const [place] = oldest.acquiredAt?.split('\n') ?? [];
  return `${count(overdueLeases.length)} 份租约占用过久，最早的已占用 ${span(atMs - oldest.sinceMs)}${place === undefined ? '' : `，获取于 ${place}`}`;
}

export function explainConnectionZh(explanation: ConnectionExplanation): string {
  const { id, host, ip, leases, requests, errors } = explanation.connection;
  const served = `共服务 ${count(leases)} 次租约、${count(requests)} 个请求，${count(errors)} 个错误`;
  const sentences = [`到 ${host}（${ip}）的连接 ${id}：${stateWords(explanation)}`, overdueWords(explanation), served];
  return sentences.flatMap((sentence) => (sentence === null ? [] : [`${sentence}。`])).join('');
}
