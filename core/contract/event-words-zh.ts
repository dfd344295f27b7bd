/** What each event says, in Chinese. What the system or a peer said stays as it came. */

import type { AccessListName, AccessOrigin } from './access.ts';
import { accessReasonText } from './access-reasons.ts';
import { alertSentence } from './alert-text.ts';
import { oneDigit, whole } from './counted.ts';
import { errorsOf, fileName, lostNamed, percentOf, progressBar, rate, spanOf, unitsZh } from './event-figures.ts';
import type { Charge, EventDataOf } from './event-kinds.ts';
import type { EventWords } from './event-text.ts';
import { localTroubleText } from './local-trouble-text.ts';
import { eventTold, toldText } from './phrase.ts';
import { placeText } from './place-text.ts';
import type { ErrorClass } from './vocabulary.ts';
import { closeReasonsZh, errorClassesZh, failureZh } from './vocabulary-zh.ts';
import { lostText, rawText, whyText } from './why-text.ts';

const duration = (ms: number): string => spanOf(ms, unitsZh);
const seconds = (value: number): string => duration(value * 1_000);
const percent = (share: number): string => `${percentOf(share)}%`;
const because = (reason: string): string => (reason === '' ? '' : `：${reason}`);
const alert = (data: EventDataOf<'alert.firing'>, subject: string): string => alertSentence({ ...data, subject }, 'zh');

const lists: Readonly<Record<AccessListName, string>> = { white: '白名单', black: '黑名单' };
const origins: Readonly<Record<AccessOrigin, string>> = {
  operator: '操作员',
  file: '文件',
  config: '配置',
  automatic: '自动',
};

/** 系统、库或对端的原话放在引号里；引擎自己的话译成中文。 */
const quoted = (message: string): string => rawText(message, 'zh');
const failure = (errorClass: ErrorClass, message: string): string =>
  `${errorClassesZh[errorClass]}（${quoted(message)}）`;
const errors = (data: Parameters<typeof errorsOf>[0]): string =>
  errorsOf(data)
    .map(([name, failures]) => `${errorClassesZh[name]} ${whole(failures)}`)
    .join('、');

function chargeText({ reason, failure: failed, code, good, looked, responseMs, note }: Charge): string {
  switch (reason) {
    case 'stored-ban':
      return note ?? '';
    case 'success-outlier':
      return `一分钟内 ${looked} 次中仅 ${good} 次成功，少于该主机的其他 IP`;
    case 'latency-outlier':
      return `响应时间 ${Math.round(responseMs ?? 0)} ms，远慢于该主机的其他 IP`;
    default:
      return failed === null || failed === 'outlier' ? `${code}` : failureZh(failed, `${code}`);
  }
}

const releases: Readonly<Record<EventDataOf<'health.released'>['why'], (most: number, host: string) => string>> = {
  'not-watched': () => '其主机已不再被监控',
  rule: () => '已由人工规则决定',
  unbanned: () => '封禁已被人工解除',
  share: (most, host) => `${host} 最多可剔除 ${most} 个 IP`,
  'local-outage': () => '是本机断网，不是该 IP 的问题',
};

const changedBy: Readonly<Record<EventDataOf<'config.changed'>['by'], (file: string) => string>> = {
  file: (file) => `${file} 被编辑：`,
  revert: () => '操作员恢复了较早的配置：',
  console: () => '操作员修改了',
  start: () => '操作员修改了',
};

const outcomes: Readonly<Record<EventDataOf<'warm-up.finished'>['outcome'], string>> = {
  ok: '完成',
  'partly-failed': '部分失败',
  failed: '失败',
  'nothing-dialled': '未拨号',
  cancelled: '已取消',
};

const loadStates: Readonly<Record<EventDataOf<'load.finished'>['state'], string>> = {
  running: '进行中',
  ending: '即将结束',
  finished: '完成',
  cancelled: '已取消',
};

function undelivered({ why, status, message }: Omit<EventDataOf<'alert.webhook-gave-up'>, 'rule'>): string {
  switch (why) {
    case 'status':
      return `返回 ${status}`;
    case 'no-answer':
      return message === null ? '没有应答' : quoted(message);
    case 'too-many':
      return '等待发送的过多';
    case 'removed':
      return '配置中已没有 webhook';
  }
}

/** `[##########··········] 50% · 816 / 1,631 · 就绪 810，失败 6 · 75/秒 · 剩余 11 秒` */
function progress(data: EventDataOf<'warm-up.progress'>): string {
  const { done, total, ready, failed, ratePerSecond, leftMs } = data;
  const left = leftMs === null ? '' : ` · 剩余 ${duration(leftMs)}`;
  const counts = `${whole(done)} / ${whole(total)} · 就绪 ${whole(ready)}，失败 ${whole(failed)}`;
  return `${progressBar(data, '%')} · ${counts} · ${rate(ratePerSecond)}/秒${left}`;
}

function warmUpEnd(data: EventDataOf<'warm-up.finished'>): string {
  const { outcome, ready, total, elapsedMs, ratePerSecond, healthy, unhealthy, meanResponseMs, baselineMs } = data;
  if (outcome === 'nothing-dialled') {
    const why =
      data.leftOut > 0
        ? `因被禁止或已剔除略去 ${whole(data.leftOut)} 个 IP，此外没有上限内可拨的连接`
        : '上限没有给它的连接留下名额';
    return `预热${outcomes[outcome]}：${why}`;
  }
  const usual = baselineMs === null ? '' : `（这样的负载下通常 ${oneDigit(baselineMs)} ms）`;
  const more = data.lostIps > lostNamed ? `，以及另外 ${whole(data.lostIps - lostNamed)} 个 IP` : '';
  const failures = errors(data);
  return [
    `预热${outcomes[outcome]}：${duration(elapsedMs)}内 ${whole(total)} 条连接中有 ${whole(ready)} 条就绪，${rate(ratePerSecond)}/秒`,
    `健康 ${whole(healthy)}，不健康 ${whole(unhealthy)}${data.lost === '' ? '' : `：${lostText(data.lost, 'zh')}${more}`}`,
    ...(meanResponseMs === null ? [] : [`平均响应 ${oneDigit(meanResponseMs)} ms${usual}`]),
    ...(failures === '' ? [] : [`错误：${failures}`]),
    ...(data.cancelled > 0 ? [`${whole(data.cancelled)} 个未拨号`] : []),
    ...(data.leftOut > 0 ? [`因被禁止或已剔除略去 ${whole(data.leftOut)} 个 IP`] : []),
  ].join('；');
}

function clipped({ fits, wanted, key, limit, inUse, wouldFit, changes }: EventDataOf<'warm-up.clipped'>): string {
  const warms = `期望的 ${whole(wanted)} 条连接中将预热 ${whole(fits)} 条`;
  if (key === 'no-allowed-ip') {
    return `${warms}：访问名单没有留下可拨号的 IP`;
  }
  const why = `${warms}，因为 ${key} 为 ${whole(limit)}，已占用 ${whole(inUse)}`;
  if (wouldFit <= fits) {
    return why;
  }
  return `${why}；设为 ${changes} 后${wouldFit < wanted ? `其中 ${whole(wouldFit)} 条可放下` : '全部可放下'}`;
}

export const eventWordsZh: EventWords = {
  'access.changed': ({ who, act, list, origin, from, reason }, value) => {
    const why = because(accessReasonText(who, reason, 'zh'));
    switch (act) {
      case 'removed':
        return `${value} 已移出${lists[list]}（${origins[origin]}）${why}`;
      case 'edited':
        return `${value} 在${lists[list]}（${origins[origin]}）中的备注或有效期已更改${why}`;
      default:
        return `${value} 已${from === null ? '' : `从${lists[from]}`}加入${lists[list]}（${origins[origin]}）${why}`;
    }
  },
  'access.changed-many': ({ added, removed, named }) =>
    `新增或更改 ${whole(added)} 条，移除 ${whole(removed)} 条：${named}…`,
  'access.changed-routine': ({ changes }) => `名单例行变更 ${whole(changes)} 条`,
  'access.recovered': ({ ips }) => `${whole(ips)} 个 IP 回到白名单`,
  'access.save-failed': ({ message }) => `访问名单无法保存：${quoted(message)}`,
  'access.file-gone': (_, file) => `${fileName(file)} 已不存在；名单保持不变，下次更改时重新写入`,
  'access.file-bad': ({ at, issues, ...said }, file) =>
    `${fileName(file)}，${placeText(at, 'zh')}：${toldText(eventTold(said), 'zh')}${issues > 1 ? `（另有 ${issues - 1} 处）` : ''}。正确的条目照常生效；在修正之前不改动该文件`,
  'access.file-good': (_, file) => `${fileName(file)} 已恢复正常`,
  'access.audit-bad': ({ lines }, file) => `${fileName(file)} 有 ${whole(lines)} 行无法读取，已略过`,
  'access.audit-failed': ({ step, message }) =>
    step === 'open'
      ? `名单的审计日志无法打开，审计不会保存：${quoted(message)}`
      : `名单的审计无法写入：${quoted(message)}`,

  'acquire.timeout': ({ host, waitedMs, early, total, leased, idle, waiting, dialing, restMs, lastDial }) => {
    const what = early
      ? `按目前速度，期限之前不会有到 ${host} 的空闲连接`
      : `${duration(waitedMs)}内没有获取到 ${host} 的连接`;
    const rest = restMs > 0 ? `；服务器要求再等 ${duration(restMs)}（Retry-After）` : '';
    const dial = lastDial === null ? '' : `；最近一次拨号：${quoted(lastDial)}`;
    return `${what}：共 ${total}，租出 ${leased}，空闲 ${idle}，等待 ${waiting}，拨号中 ${dialing}${rest}${dial}`;
  },

  'alert.firing': alert,
  'alert.reopened': alert,
  'alert.resolved': (data, subject) => `持续 ${seconds(data.seconds)}后恢复：${alert(data, subject)}`,
  'alert.acknowledged': (data, subject) => `${alert(data, subject)}：${data.by} 已确认：${data.reason}`,
  'alert.muted': (data, subject) => `${alert(data, subject)}：静音 ${duration(data.minutes * 60_000)}`,
  'alert.unmuted': (data, subject) => `${alert(data, subject)}：已取消静音`,
  'alert.webhook-failed': (data) =>
    `webhook：${undelivered(data)}；稍后重试：${alertSentence({ ...data, subject: data.about }, 'zh')}`,
  'alert.webhook-gave-up': (data) =>
    `webhook：${undelivered(data)}；已放弃：${alertSentence({ ...data, subject: data.about }, 'zh')}`,

  'config.saved': (_, file) => `${fileName(file)} 已保存，下次启动时生效`,
  'config.changed': ({ by, file, changes }) => `${changedBy[by](file)} ${changes}`,
  'config.file-gone': (_, file) => `${file} 已不存在；运行中的配置保持不变，下次更改时重新写入`,
  'config.mended': (_, file) => `${fileName(file)} 已恢复正常`,
  'config.refused': (said) => `${toldText(eventTold(said), 'zh')}。在文件修正之前沿用运行中的配置`,
  'config.warning': (said) => toldText(eventTold(said), 'zh'),
  'config.version-lost': ({ message }, file) => `${fileName(file)} 的这个版本无法保留：${quoted(message)}`,

  'connection.ready': ({ host, ip }, id) => `到 ${host}（${ip}）的连接 ${id} 已就绪`,
  'connection.closed': ({ host, ip, reason }, id) =>
    `到 ${host}（${ip}）的连接 ${id} 已关闭：${closeReasonsZh[reason]}（${reason}）`,
  'connection.dial-failed': ({ host, ip, class: errorClass, message }) =>
    `无法连接 ${host}（${ip}）：${failure(errorClass, message)}`,
  'connection.unhealthy': ({ host, ip }, id) => `到 ${host}（${ip}）的连接 ${id} 不健康：将再次检查`,

  'console.client-lost': ({ message }) => `一个控制台客户端已断开：${quoted(message)}`,
  'console.internal-error': ({ message }, name) => `${name} 意外失败：${quoted(message)}`,
  'console.internal-error-stack': ({ stack }) => stack,

  'demo.failed': ({ message }) => `演示集群已终止：${quoted(message)}`,
  'demo.fault': ({ fault, endpoints, of }) =>
    fault === null
      ? `${of} 个端点中的 ${endpoints} 个已关闭故障`
      : `${of} 个端点中的 ${endpoints} 个已开启故障 ${fault}`,
  'demo.left': () => '演示结束：从现在起监控操作员自己的主机',

  'dns.changed': ({ host, addresses, added, vanished }) =>
    `${host} 有 ${whole(addresses)} 个地址：新增 ${whole(added)}，消失 ${whole(vanished)}`,
  'dns.recovered': ({ host }) => `${host} 已恢复解析`,
  'dns.refresh-failed': ({ host, addresses, message }) =>
    `${host} 的地址无法刷新；继续使用已知的 ${whole(addresses)} 个：${quoted(message)}`,

  'engine.started': ({ hosts }) =>
    hosts === '' ? '已启动，尚无监控的主机' : `正在监控 ${hosts.split(', ').join('、')}`,

  'headless.accept-failed': ({ message }) => `页面无法连接：${quoted(message)}`,
  'headless.answer-failed': ({ message }) => `无法应答页面：${quoted(message)}`,

  'health.check-broken': ({ message }) => `健康检查出错中断：${quoted(message)}`,
  'health.check-failed': ({ host, ip, class: errorClass, message }, id) =>
    `到 ${host}（${ip}）的连接 ${id} 健康检查失败：${failure(errorClass, message)}`,
  'health.cleaned-up': ({ closed }) => `已清理 ${whole(closed)} 条不健康的连接`,
  'health.ejected': (data) => `${data.host} 的 ${data.ip} 被剔除 ${seconds(data.seconds)}：${chargeText(data)}`,
  'health.host-blocks-us': ({ host, inUse, ips }) =>
    `${host} 拦截了我们：所有 IP 都这样响应；${ips} 个中保留 ${inUse} 个在用`,
  'health.host-unblocks-us': ({ host }) => `${host} 不再在所有 IP 上拦截我们`,
  'health.local-outage': () => '5 秒内多台主机超过一半的 IP 失败：本机断网，不算在任何 IP 上',
  'health.local-outage-over': () => '本机又能收到应答',
  'health.local-trouble': ({ ip, code, message }) =>
    `${localTroubleText(code, message, 'zh')}；期间的失败不算在 IP 上（首次出现于 ${ip}）`,
  'health.panic': ({ host, available, permitted }) =>
    `${host} 的 ${permitted} 个 IP 中仅 ${available} 个可用：忽略剔除`,
  'health.panic-over': ({ host }) => `${host} 可用的 IP 已足够：剔除恢复生效`,
  'health.recovered': ({ host, ip }) => `${host} 的 ${ip} 已恢复`,
  'health.released': ({ host, ip, why, mayEject }) => `${host} 的 ${ip} 不再被剔除：${releases[why](mayEject, host)}`,
  'health.share-full': (data) =>
    `${data.host} 的 ${data.ip} 继续使用（${chargeText(data)}）：最多可剔除 ${data.mayEject} 个 IP`,
  'health.trial-void': (data) =>
    `${data.host} 的 ${data.ip} 仍被剔除（${chargeText(data)}），本次试用不计：是本机断网，不是该 IP 的问题`,

  'history.put-aside': ({ why, aside, message }, file) => {
    const whys = { locked: '历史文件被其他程序占用', damaged: '历史文件已损坏', newer: '历史文件来自更新版本的程序' };
    return `${whys[why]}（${quoted(message)}）：已原样另存为 ${fileName(aside)}，并重新开始 ${fileName(file)}`;
  },
  'history.resumed': ({ lost }) => `恢复记录；丢失 ${whole(lost)} 项`,
  'history.stopped': ({ message }) => `历史记录已停止：${quoted(message)}`,

  'host.forgotten': ({ host }) => `${host} 长期无人使用：已忘记其全部信息`,

  'lease.leaked': ({ host, thresholdMs, acquiredAt }, id) => {
    const place = acquiredAt === null ? '；其获取位置未被采样，此后十分钟内的会被采样' : `，获取于 ${acquiredAt}`;
    return `到 ${host} 的连接 ${id} 租出已超过 ${duration(thresholdMs)}${place}`;
  },

  'load.started': ({ runId, concurrency, durationMs }) =>
    `压测 ${runId}：并发 ${concurrency}，持续 ${duration(durationMs)}`,
  'load.finished': ({ runId, state, requests, requestsPerSecond, successRate }) => {
    const success = successRate === null ? '没有请求' : `成功率 ${oneDigit(successRate * 100)}%`;
    return `压测 ${runId} ${loadStates[state]}：${whole(requests)} 个请求，每秒 ${oneDigit(requestsPerSecond)} 个，${success}`;
  },
  'load.not-read': ({ keptAs, message }) =>
    `较早的压测结果无法读取${keptAs === null ? '' : `；文件另存为 ${keptAs}`}：${quoted(message)}`,
  'load.not-saved': ({ message }) => `压测结果无法保存：${quoted(message)}`,

  'log.not-written': ({ message }) => `日志文件无法写入：${quoted(message)}`,
  'log.written-again': ({ lostLines }) => `日志文件恢复写入；其中缺少 ${whole(lostLines)} 行`,

  'metrics.accept-failed': ({ message }) => `无法读取指标：${quoted(message)}`,
  'metrics.listening': (_, place) => `指标位于 ${place}`,
  'metrics.not-listening': ({ message }, place) => `${place} 无法提供指标：${quoted(message)}`,

  'pool.closed': () => '连接池已关闭',
  'pool.closing': ({ leases, drainTimeoutMs }) =>
    `仍在等待 ${whole(leases)} 份租约，最多 ${duration(drainTimeoutMs)}；再次要求则立即关闭`,
  'pool.woke': ({ seconds: asleep }) => `本机休眠了 ${seconds(asleep)}，或时钟被调整：空闲的连接在使用前先检查`,

  'request.sent': ({ method, url, status, totalMs, message }) =>
    `${method} ${url}：${message === null ? `${oneDigit(totalMs)} ms 后返回 ${status}` : `失败：${quoted(message)}`}`,
  'request.retried': ({ attempt, message }) => `第 ${attempt} 次尝试失败：${quoted(message)}`,

  'preferences.not-read': ({ keptAs, message }) =>
    `控制台的偏好设置无法读取，已恢复为初始值${keptAs === null ? '' : `；文件另存为 ${keptAs}`}：${quoted(message)}`,

  'scores.not-read': ({ keptAs, message }) =>
    `IP 评分无法读取，将重新学习${keptAs === null ? '' : `；文件另存为 ${keptAs}`}：${quoted(message)}`,
  'scores.not-saved': ({ message }) => `IP 评分无法保存：${quoted(message)}`,

  'warm-up.by-target': ({ connections, lost }) =>
    connections === null
      ? '目标要求每个 IP 各一条连接'
      : `目标要求 ${whole(connections)} 条${lost ? '已失去的' : ''}连接`,
  'warm-up.started': ({ total, ips, hosts, concurrency, perSecond }) =>
    `预热 ${whole(total)} 条连接，分布在${hosts === 1 ? '' : ` ${whole(hosts)} 台主机的`} ${whole(ips)} 个 IP，并发 ${concurrency}${perSecond ? `，每秒至多 ${perSecond} 次` : ''}`,
  'warm-up.milestone': progress,
  'warm-up.progress': progress,
  'warm-up.paused': ({ done, total }) => `预热已暂停：${whole(done)} / ${whole(total)}`,
  'warm-up.resumed': ({ done, total }) => `预热已继续：${whole(done)} / ${whole(total)}`,
  'warm-up.low-success': (data) =>
    `本次预热仅 ${percent(data.successRate)} 成功，低于 ${percent(data.threshold)}：${errors(data)}`,
  'warm-up.clipped': clipped,
  'warm-up.forbidden': ({ forbidden, ip, why }) =>
    forbidden === 1
      ? `${ip} 未拨号：${whyText(why, 'zh')}`
      : `${whole(forbidden)} 个 IP 未拨号；例如 ${ip}：${whyText(why, 'zh')}`,
  'warm-up.failed': ({ host, ip, class: errorClass, message }) =>
    `预热 ${host} 在 ${ip} 失败：${failure(errorClass, message)}`,
  'warm-up.host-failed': ({ ready, total, class: errorClass, message }) =>
    `${whole(total)} 条连接中有 ${whole(ready)} 条就绪；${failure(errorClass, message)}`,
  'warm-up.finished': warmUpEnd,
};
