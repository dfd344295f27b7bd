/** 预热视图的文字。 */
import type { IpList } from '../../../core/contract/warm-up.ts';
import type { WarmUpTimes } from '../../../core/contract/warm-up-run.ts';
import { count, milliseconds, percent, rate, span, took } from '../../words/format.ts';
import type * as en from './words-en.ts';

export const words: typeof en.words = {
  deviation: (deviation: number) => {
    const share = percent(Math.abs(Math.round(deviation * 100)) / 100);
    return Math.abs(deviation) < 0.005 ? '与平时相同' : `${deviation > 0 ? '+' : '−'}${share}`;
  },
  form: {
    title: '新建预热',
    inPast: '预热只能在现在开始。',
    hosts: '主机',
    someHosts: (hosts: number) => `${count(hosts)} 台主机`,
    allHosts: (hosts: number) => `全部 ${count(hosts)} 台`,
    hostHint: (ips: number) => `${count(ips)} 个 IP`,
    endpoints: '连接',
    allIps: '每个 IP 一条',
    byNumber: '指定数量',
    byList: '指定 IP',
    number: (hosts: number) => (hosts > 1 ? '数量，每台主机' : '数量'),
    onlyCold: '跳过已热的 IP',
    warm: (ips: number) => (ips === 0 ? '没有已热的' : `${count(ips)} 个已热`),
    paste: '粘贴或导入…',
    edit: '编辑清单…',
    listed: (ips: number) => `${count(ips)} 个 IP`,
    listEmpty: '还没有清单',
    scenario: '场景',
    scenarios: {
      'high-availability': { label: '高可用', hint: '150 条连接，并发 75，10 秒，重试 3 次' },
      'medium-load': { label: '中等负载', hint: '75 条连接，并发 37，15 秒，重试 2 次' },
      'low-latency': { label: '低延迟', hint: '35 条连接，并发 17，5 秒，重试 1 次' },
      'unstable-network': { label: '不稳定网络', hint: '20 条连接，并发 7，20 秒，重试 4 次' },
    },
    concurrency: '并发',
    concurrencySuffix: '个拨号同时进行',
    concurrencyDefault: '每台主机 10 个',
    pace: '节奏',
    paceSuffix: '次拨号/秒以内',
    paceFree: '不限',
    timeout: '超时，秒',
    retries: '重试次数',
    start: (connections: number, endpoints: 'IP' | 'connection') =>
      connections === 0 ? '开始预热' : `预热 ${count(connections)} ${endpoints === 'IP' ? '个 IP' : '条连接'}`,
    notYet: {
      asking: '正在计算会拨哪些连接…',
      answer: '不会拨任何连接：原因见上面的计划',
      failed: '不会拨任何连接：未能制定计划',
    },
  },
  list: {
    title: '预热指定的 IP',
    text: 'JSON {"ipv4": […], "ipv6": […]}、带 IP 列的 CSV，或文本：一行一个或多个，# 之后为备注。',
    field: 'IP 清单',
    placeholder: '192.0.2.1  # 备注\n{"ipv4": ["192.0.2.1"],\n "ipv6": ["2001:db8::1"]}',
    onLine: (line: number) => `第 ${line} 行：`,
    open: '打开文件…',
    unreadable: (name: string, why: string) => `无法读取 ${name}：${why}`,
    tooLarge: (name: string) => `${name} 超过 4 MB：一次预热最多 20,000 个 IP`,
    reading: '正在读取…',
    formats: { json: 'JSON', csv: 'CSV', text: '文本' },
    good: ({ ips, ipv4, ipv6, duplicates }: IpList) =>
      [
        `${count(ips.length)} 个 IP`,
        ipv4 > 0 && ipv6 > 0 && `IPv4 ${count(ipv4)} 个，IPv6 ${count(ipv6)} 个`,
        duplicates > 0 && `略去重复 ${count(duplicates)} 个`,
      ]
        .filter(Boolean)
        .join(' · '),
    forbidden: (ips: number) => `${count(ips)} 个被访问名单禁止`,
    bad: (issues: number) => `${count(issues)} 处错误`,
    cancel: '取消',
    use: (ips: number) => (ips === 0 ? '使用' : `使用 ${count(ips)} 个 IP`),
  },
  plan: {
    forbidden: (blocked: number, ejected: number) =>
      [
        blocked > 0 && `${count(blocked)} 个 IP 被访问名单禁止`,
        ejected > 0 && `${count(ejected)} 个 IP 已被剔除，探测正常后恢复`,
      ]
        .filter(Boolean)
        .join('，')
        .concat('：已略去。'),
    warmAlready: (cold: number, warm: number, coming: number, again: number) => {
      const first =
        cold === 0
          ? `${count(warm)} 个 IP 都已有热连接${coming === 0 ? '' : '或正在预热'}；其中`
          : `${count(cold)} 个冷 IP 都会有连接；其余 ${count(warm)} 个中`;
      return `${first}${again === 0 ? '都不' : `有 ${count(again)} 个`}再添一条：`;
    },
    warmOnes: (warm: number) => `${count(warm)} 个 IP 已有热连接，先预热冷的。`,
    notOfHost: (ips: number, host: string) => `清单中有 ${count(ips)} 个不是 ${host} 的地址，仍会为它拨号。`,
    product: (ips: number, hosts: number) => `${count(ips)} 个 IP × ${count(hosts)} 台主机：`,
    fits: (wanted: number) => `将拨号 ${count(wanted)} 条连接，全部在限制之内。`,
    nothing: '没有可拨号的：每个 IP 都已有热连接。',
    clipped: (fits: number, wanted: number) =>
      fits === 0
        ? `期望的 ${count(wanted)} 条现在一条也放不下：`
        : `期望的 ${count(wanted)} 条中现在只放得下 ${count(fits)} 条：`,
    limit: (key, limit: number, inUse: number) =>
      key === 'no-allowed-ip'
        ? '访问名单没有给这台主机留下可拨号的 IP。'
        : `${key} 为 ${count(limit)}，已占用 ${count(inUse)}。`,
    changes: '修改以下限制即可放下',
    change: (path: string, before: string, after: string) => `${path} 从 ${before} 改为 ${after}`,
    apply: '修改限制',
    partly: (fits: number, wanted: number) => `修改后可放下 ${count(wanted)} 条中的 ${count(fits)} 条。`,
    ofHosts: '按主机',
    ofHost: (fits: number, wanted: number) => `${count(fits)} / ${count(wanted)}`,
    failed: '无法制定计划：',
  },
  run: {
    title: '任务',
    none: '还没有预热过',
    noneText: '选择主机并开始：每条连接在拨号时就会以一格显示在这里。',
    started: (when: string) => `${when} 开始`,
    running: (ms: number) => `已运行 ${span(ms)}`,
    retryOf: '重试失败的',
    causes: { asked: null, target: '按目标配置自动进行', 'new-address': 'DNS 有新地址' },
    took: (ms: number) => `用时 ${took(ms)}`,
    concurrency: (value: number) => `并发至多 ${count(value)}`,
    perSecond: (dials: number) => `每秒至多 ${count(dials)} 次`,
    pace: (value: number) => `引擎现在允许 ${count(value)} 个同时拨号`,
    paceHint: '整个引擎同时进行的拨号，包括所有任务、请求和探测。拨号顺利时增加，失败增多或引擎繁忙时减少。',
    clipped: (total: number, wanted: number) => `${count(wanted)} 条裁减为 ${count(total)} 条`,
    progress: '进度',
    shareReady: '就绪',
    shareDone: '完成',
    readyOf: (ready: number, total: number) => `${count(ready)} / ${count(total)} 就绪`,
    failed: (failed: number) => `失败 ${count(failed)}`,
    retrying: (connections: number) => `待重试 ${count(connections)}`,
    cancelled: (cancelled: number) => `取消 ${count(cancelled)}`,
    leftOut: (ips: number) => `略去 ${count(ips)} 个 IP`,
    left: (ms: number) => `还需 ${span(ms)}`,
    leftAtMost: (ms: number) => `至多还需 ${span(ms)}`,
    etaUnknown: '剩余时间未知',
    pausing: '已暂停；进行中的拨号会做完',
    paused: '已暂停',
    hosts: (hosts: number) => `${count(hosts)} 台主机`,
    rate: '结果 / 秒',
    success: '成功率',
    successAlert: (threshold: number) => `低于 ${percent(threshold)}`,
    tcp: 'TCP p50',
    tls: 'TLS p50',
    firstByte: '首字节 p50',
    healthyNow: '现在健康',
    against: (when: string, what: string, ready: number, total: number, ms: number) =>
      `与 ${when} 的任务对比：${what}，${took(ms)}内 ${count(ready)} / ${count(total)} 就绪`,
    againstNone: '不再对比',
    p95: (ms: number) => `· p95 ${milliseconds(ms)}`,
    rests: ({ p99Ms, meanMs }: WarmUpTimes) => `平均 ${milliseconds(meanMs)}，p99 ${milliseconds(p99Ms)}`,
    rest: (connections: number) => `预热其余 ${count(connections)} 条`,
    before: '之前的任务',
    nothing: '没有拨号',
    nothingCold: '每个 IP 当时都已有热连接。',
    show: '在连接表中查看',
    cell: {
      title: (ip: string) => `到 ${ip} 的连接`,
      attempts: (attempts: number) => `尝试 ${count(attempts)} 次`,
      parts: (tcp: number, tls: number, firstByte: number) =>
        `TCP ${milliseconds(tcp)}，TLS ${milliseconds(tls)}，首字节 ${milliseconds(firstByte)}`,
      notAgain: (why: string) => `未再重试：${why}`,
      show: '查看连接',
      close: '关闭此行',
      hint: '点击一格，或用方向键和回车，可看它的全部经过。',
    },
    report: {
      title: '健康报告',
      healthy: (healthy: number, unhealthy: number) =>
        unhealthy === 0 ? `${count(healthy)} 条健康` : `${count(healthy)} 条健康，${count(unhealthy)} 条不再健康`,
      response: (ms: number) => `平均响应 ${milliseconds(ms)}`,
      usual: (ms: number, deviation: number) => `平时 ${milliseconds(ms)}（${words.deviation(deviation)}）`,
      noBaseline: '还没有平时的数据',
      which: '结束时是哪些',
      elapsed: (ms: number) => `用时 ${took(ms)}`,
      errors: (classes: number) => (classes === 0 ? '没有错误' : `${count(classes)} 类错误`),
    },
    cells: (ready: number, failed: number, total: number) =>
      `${count(total)} 条连接，每格一条：${count(ready)} 条就绪，${count(failed)} 条失败。`,
    cellsNotThen: '那一刻每条连接各是什么状态没有记录：请看它结束之后的时刻。',
    cellsForgotten: '其每条连接的结果已不再保留。',
    legend: { waiting: '等待', dialing: '拨号中', ready: '就绪', failed: '失败', cancelled: '已取消' },
    rateFigure: rate,
  },
  outcome: {
    title: '主机与失败原因',
    none: '还没有主机',
    noneText: '各主机的用时与平时的对比，以及连接失败的原因。',
    host: '主机',
    ready: '就绪',
    response: '响应',
    responseHint: '本次任务的平均响应时间：从校验连接的请求到其响应',
    usual: '平时',
    usualHint: (compared: number) =>
      `平静时段内、相同负载下到该主机的新连接的平均值；本次任务有 ${count(compared)} 条连接与之对比`,
    leftOut: (blocked: number, ejected: number) =>
      [
        blocked > 0 && `略去 ${count(blocked)} 个 IP，因为访问名单禁止`,
        ejected > 0 && `略去 ${count(ejected)} 个 IP，因为已被剔除`,
      ]
        .filter(Boolean)
        .join('；'),
    noUsual: '尚无',
    noUsualHint: '该主机在同样负载下新建满 20 条连接后才有；只计失败不多、且已结束的分钟',
    fewCompared: (compared: number, ready: number) =>
      `${count(ready)} 条连接中只有 ${count(compared)} 条可与平时对比，不足以判断`,
    deviation: '对比平时',
    ejected: '已被剔除，探测正常后恢复',
    ownEntry: '被名单中它自己的条目禁止',
    resolving: '正在解析主机…',
    whyFailed: (failed: number, unresolved: number) =>
      unresolved === 0
        ? `${count(failed)} 条失败的原因`
        : `${failed === 0 ? '' : `${count(failed)} 条失败、`}${count(unresolved)} 台主机无法拨号的原因`,
    lost: (ips: number) => `${count(ips)} 个 IP 的热连接已少于本次任务结束时`,
    lostTimes: (connections: number) => `${count(connections)} 条连接`,
    lostSince: (when: string) => `自 ${when}`,
    example: '例如：',
    more: (ips: number) => `以及另外 ${count(ips)} 个`,
    before: (when: string, failed: number) => `（${when}：${count(failed)}）`,
    beforeHint: (when: string) => `与之对比的 ${when} 的任务`,
  },
  earlier: {
    compare: '对比',
    compareWith: (host: string, when: string) => `与 ${host} 在 ${when} 的任务对比`,
    clippedFrom: (wanted: number) => `（期望 ${count(wanted)}）`,
    title: '任务记录',
    when: '开始',
    host: '主机',
    ready: '就绪',
    took: '用时',
    perSecond: (rate: string) => `${rate} /秒`,
    rate: '速率',
    outcome: '结果',
    running: '进行中',
    paused: '已暂停',
    retry: '重试',
    none: '还没有任务',
    noneText: '每次任务及其结果都保留在这里。',
    open: (host: string, when: string) => `查看 ${host} 在 ${when} 的任务`,
  },
};
