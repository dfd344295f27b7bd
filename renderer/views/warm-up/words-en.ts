/** Words of the warm-up view. */
import type { IpList } from '../../../core/contract/warm-up.ts';
import type { warmUpScenarioNames } from '../../../core/contract/warm-up-job.ts';
import type { WarmUpCause, WarmUpTimes } from '../../../core/contract/warm-up-run.ts';
import { count, milliseconds, percent, plural, rate, span, took } from '../../words/format.ts';

type Scenario = (typeof warmUpScenarioNames)[number];

const limitNames = {
  max_connections: 'max_connections',
  max_conns_per_host: 'max_conns_per_host',
  max_idle_conns: 'max_idle_conns',
  'no-allowed-ip': 'the access lists',
} as const;

export const words = {
  /** `+23 %`, `−4 %`, `as usual`: 0.23, -0.04, less than half a per cent. */
  deviation: (deviation: number) => {
    const share = percent(Math.abs(Math.round(deviation * 100)) / 100);
    return Math.abs(deviation) < 0.005 ? 'as usual' : `${deviation > 0 ? '+' : '−'}${share}`;
  },
  form: {
    title: 'New warm-up',
    inPast: 'A warm-up is begun in the present.',
    hosts: 'Hosts',
    someHosts: (hosts: number) => plural(hosts, 'host'),
    allHosts: (hosts: number) => (hosts === 2 ? 'both' : `all ${count(hosts)}`),
    hostHint: (ips: number) => plural(ips, 'IP'),
    endpoints: 'Connections',
    allIps: 'One per IP',
    byNumber: 'A number',
    byList: 'Listed IPs',
    number: (hosts: number): string => (hosts > 1 ? 'How many, to each host' : 'How many'),
    onlyCold: 'Leave warm IPs out',
    warm: (ips: number) => (ips === 0 ? 'none is warm' : `${count(ips)} warm`),
    paste: 'Paste or import…',
    edit: 'Edit the list…',
    listed: (ips: number) => plural(ips, 'IP'),
    listEmpty: 'No list yet',
    scenario: 'Scenario',
    scenarios: {
      'high-availability': { label: 'High availability', hint: '150 connections, 75 at once, 10 s, 3 retries' },
      'medium-load': { label: 'Medium load', hint: '75 connections, 37 at once, 15 s, 2 retries' },
      'low-latency': { label: 'Low latency', hint: '35 connections, 17 at once, 5 s, 1 retry' },
      'unstable-network': { label: 'Unstable network', hint: '20 connections, 7 at once, 20 s, 4 retries' },
    } satisfies Record<Scenario, { label: string; hint: string }>,
    concurrency: 'Concurrency',
    concurrencySuffix: 'dials at once',
    concurrencyDefault: '10 to each host',
    pace: 'Pace',
    paceSuffix: 'dials/s at most',
    paceFree: 'no limit',
    timeout: 'Timeout, s',
    retries: 'Retries',
    start: (connections: number, endpoints: 'IP' | 'connection') =>
      connections === 0 ? 'Warm up' : `Warm up ${plural(connections, endpoints)}`,
    /** Why it cannot be started, by how the plan is. */
    notYet: {
      asking: 'What it would dial is being looked up…',
      answer: 'It would dial nothing: the plan above says why',
      failed: 'It would dial nothing: the plan could not be made',
    },
  },
  list: {
    title: 'Warm up listed IPs',
    text: 'JSON {"ipv4": […], "ipv6": […]}, CSV with a column of IPs, or text: one or more a line, # begins a note.',
    field: 'IPs',
    placeholder: '192.0.2.1  # a note\n{"ipv4": ["192.0.2.1"],\n "ipv6": ["2001:db8::1"]}',
    onLine: (line: number) => `line ${line}:`,
    open: 'Open a file…',
    unreadable: (name: string, why: string) => `${name} could not be read: ${why}`,
    tooLarge: (name: string) => `${name} is larger than 4 MB: one warm-up takes 20,000 IPs`,
    reading: 'Reading…',
    formats: { json: 'JSON', csv: 'CSV', text: 'Text' } satisfies Record<IpList['format'], string>,
    good: ({ ips, ipv4, ipv6, duplicates }: IpList) =>
      [
        plural(ips.length, 'IP'),
        ipv4 > 0 && ipv6 > 0 && `${count(ipv4)} IPv4, ${count(ipv6)} IPv6`,
        duplicates > 0 && `${plural(duplicates, 'duplicate')} left out`,
      ]
        .filter(Boolean)
        .join(' · '),
    forbidden: (ips: number) => `${count(ips)} forbidden by the access lists`,
    bad: (issues: number) => plural(issues, 'fault'),
    cancel: 'Cancel',
    use: (ips: number) => (ips === 0 ? 'Use' : `Use ${plural(ips, 'IP')}`),
  },
  plan: {
    forbidden: (blocked: number, ejected: number) =>
      [
        blocked > 0 && `${plural(blocked, 'IP')} ${blocked === 1 ? 'is' : 'are'} blocked by the access lists`,
        ejected > 0 && `${plural(ejected, 'IP')} ${ejected === 1 ? 'is' : 'are'} ejected until a probe is good`,
      ]
        .filter(Boolean)
        .join(', ')
        .concat(': left out.'),
    /** `warm`: `coming` of them are being warmed. */
    warmAlready: (cold: number, warm: number, coming: number, again: number) => {
      const state = coming === 0 ? 'warm' : 'warm or being warmed';
      if (cold === 0 && warm === 1) {
        return `The IP is ${state}; it does not get another connection:`;
      }
      const others = `${again === 0 ? 'none' : count(again)} of ${cold === 0 ? 'them' : `the other ${count(warm)}`}`;
      const first =
        cold === 0 ? `All ${count(warm)} IPs are ${state}` : `Each cold IP gets its connection, ${count(cold)} in all`;
      return `${first}; ${others} ${again > 1 ? 'get' : 'gets'} another:`;
    },
    warmOnes: (warm: number) =>
      `${plural(warm, 'IP')} ${warm === 1 ? 'is' : 'are'} warm already; the cold ones come first.`,
    notOfHost: (ips: number, host: string) =>
      `${count(ips)} of the listed IPs ${ips === 1 ? 'is' : 'are'} not among the addresses of ${host}, and ${ips === 1 ? 'is' : 'are'} dialled for it all the same.`,
    product: (ips: number, hosts: number) => `${plural(ips, 'IP')} for each of ${count(hosts)} hosts:`,
    fits: (wanted: number) =>
      `${plural(wanted, 'connection')} will be dialled; ${wanted === 1 ? 'it fits' : 'all fit'} the limits.`,
    nothing: 'Nothing to dial: every IP has a warm connection.',
    clipped: (fits: number, wanted: number) =>
      fits === 0
        ? `${wanted === 1 ? 'The one' : `None of the ${plural(wanted, 'connection')}`} wanted ${wanted === 1 ? 'does not fit' : 'fits'} now:`
        : `Only ${count(fits)} of the ${plural(wanted, 'connection')} wanted ${fits === 1 ? 'fits' : 'fit'} now:`,
    limit: (key: keyof typeof limitNames, limit: number, inUse: number) =>
      key === 'no-allowed-ip'
        ? 'the access lists leave no IP of this host to dial.'
        : `${limitNames[key]} is ${count(limit)} and ${count(inUse)} of it ${inUse === 1 ? 'is' : 'are'} taken.`,
    changes: 'Change of limits that lets them fit',
    change: (path: string, before: string, after: string) => `${path} from ${before} to ${after}`,
    apply: 'Change limits',
    partly: (fits: number, wanted: number) => `Then ${count(fits)} of ${count(wanted)} fit.`,
    ofHosts: 'By host',
    ofHost: (fits: number, wanted: number) => `${count(fits)} of ${count(wanted)}`,
    failed: 'The plan could not be made:',
  },
  run: {
    title: 'Run',
    none: 'No warm-up yet',
    noneText: 'Choose a host and start: each connection appears here as a cell while it is dialled.',
    started: (when: string) => `started ${when}`,
    running: (ms: number) => `running for ${span(ms)}`,
    retryOf: 'retry of what failed',
    causes: {
      asked: null,
      target: 'its target asks for it',
      'new-address': 'new addresses of DNS',
    } satisfies Record<WarmUpCause, string | null>,
    took: (ms: number) => `took ${took(ms)}`,
    concurrency: (value: number) => `at most ${count(value)} at once`,
    perSecond: (dials: number) => `at most ${count(dials)} a second`,
    pace: (value: number) => `the engine lets ${count(value)} dial now`,
    paceHint:
      'Dials at once of the whole engine: of all runs, requests and probes. More while dials go well, fewer while they fail or the engine is late.',
    clipped: (total: number, wanted: number) => `clipped to ${count(total)} of ${count(wanted)}`,
    progress: 'Progress',
    shareReady: 'ready',
    shareDone: 'done',
    readyOf: (ready: number, total: number) => `${count(ready)} of ${count(total)} ready`,
    failed: (failed: number) => `${count(failed)} failed`,
    retrying: (connections: number) => `${count(connections)} to be tried again`,
    cancelled: (cancelled: number) => `${count(cancelled)} cancelled`,
    leftOut: (ips: number) => `${plural(ips, 'IP')} left out`,
    left: (ms: number) => `${span(ms)} left`,
    leftAtMost: (ms: number) => `at most ${span(ms)} left`,
    etaUnknown: 'time left not known yet',
    pausing: 'paused; dials in flight end',
    paused: 'paused',
    hosts: (hosts: number) => plural(hosts, 'host'),
    rate: 'results / s',
    success: 'success',
    successAlert: (threshold: number) => `under ${percent(threshold)}`,
    tcp: 'TCP p50',
    tls: 'TLS p50',
    firstByte: 'first byte p50',
    healthyNow: 'healthy now',
    against: (when: string, what: string, ready: number, total: number, ms: number) =>
      `Compared with the run of ${when}: ${what}, ${count(ready)} of ${count(total)} ready in ${took(ms)}`,
    againstNone: 'No longer',
    p95: (ms: number) => `· p95 ${milliseconds(ms)}`,
    rests: ({ p99Ms, meanMs }: WarmUpTimes) => `mean ${milliseconds(meanMs)}, p99 ${milliseconds(p99Ms)}`,
    rest: (connections: number) => `Warm up the other ${count(connections)}`,
    before: 'The run before',
    nothing: 'Nothing was dialled',
    nothingCold: 'Each IP had a warm connection.',
    show: 'Show in Connections',
    cell: {
      title: (ip: string) => `Connection to ${ip}`,
      attempts: (attempts: number) => plural(attempts, 'attempt'),
      parts: (tcp: number, tls: number, firstByte: number) =>
        `TCP ${milliseconds(tcp)}, TLS ${milliseconds(tls)}, first byte ${milliseconds(firstByte)}`,
      notAgain: (why: string) => `Not tried again: ${why}`,
      show: 'Show it',
      close: 'Close this line',
      hint: 'Click a cell, or go there by arrows and Enter, for its whole story.',
    },
    report: {
      title: 'Health report',
      healthy: (healthy: number, unhealthy: number) =>
        unhealthy === 0 ? `${count(healthy)} healthy` : `${count(healthy)} healthy, ${count(unhealthy)} no longer`,
      response: (ms: number) => `mean response ${milliseconds(ms)}`,
      usual: (ms: number, deviation: number) => `usual ${milliseconds(ms)} (${words.deviation(deviation)})`,
      noBaseline: 'no usual figure yet',
      which: 'Which, at its end',
      elapsed: (ms: number) => `in ${took(ms)}`,
      errors: (classes: number) => (classes === 0 ? 'no error' : plural(classes, 'class of error', 'classes of error')),
    },
    cells: (ready: number, failed: number, total: number) =>
      `One cell for each of ${plural(total, 'connection')}: ${count(ready)} ready, ${count(failed)} failed.`,
    cellsNotThen: 'Which of its connections was how at that moment is not remembered: go to a moment after its end.',
    cellsForgotten: 'What came of its single connections is no longer known.',
    legend: { waiting: 'waiting', dialing: 'dialing', ready: 'ready', failed: 'failed', cancelled: 'cancelled' },
    rateFigure: rate,
  },
  outcome: {
    title: 'Hosts and failures',
    none: 'No host yet',
    noneText: 'Each host’s times against what is usual for it, and why connections failed.',
    host: 'Host',
    ready: 'Ready',
    response: 'Response',
    responseHint: 'Mean response time of this run: from the request that validates a connection to its answer',
    usual: 'Usual',
    usualHint: (compared: number) =>
      `Mean of new connections to this host in quiet minutes, dialled under the same load; ${plural(compared, 'connection')} of this run held against it`,
    leftOut: (blocked: number, ejected: number) =>
      [
        blocked > 0 && `${plural(blocked, 'IP')} left out, as the access lists forbid ${blocked === 1 ? 'it' : 'them'}`,
        ejected > 0 && `${plural(ejected, 'IP')} left out, as ${ejected === 1 ? 'it is' : 'they are'} ejected`,
      ]
        .filter(Boolean)
        .join('; '),
    noUsual: 'none yet',
    noUsualHint:
      'Known from 20 new connections to this host on that were dialled under such load, in minutes without many failures; a minute counts once it is over',
    fewCompared: (compared: number, ready: number) =>
      `Only ${count(compared)} of ${count(ready)} connections could be held against what is usual: too few to tell`,
    deviation: 'Against usual',
    ejected: 'ejected until a probe is good',
    ownEntry: 'forbidden by an entry of its own',
    resolving: 'Hosts are being resolved…',
    whyFailed: (failed: number, unresolved: number) =>
      unresolved === 0
        ? `Why ${count(failed)} failed`
        : `Why ${failed === 0 ? '' : `${count(failed)} failed, and `}${plural(unresolved, 'host')} could not be dialled`,
    lost: (ips: number) => `${plural(ips, 'IP')} no longer as warm as this run has left ${ips === 1 ? 'it' : 'them'}`,
    lostTimes: (connections: number) => plural(connections, 'connection'),
    lostSince: (when: string) => `since ${when}`,
    example: 'for example:',
    more: (ips: number) => `and ${count(ips)} more`,
    before: (when: string, failed: number) => `(${when}: ${count(failed)})`,
    beforeHint: (when: string) => `In the run of ${when}, with which this one is compared`,
  },
  earlier: {
    compare: 'Compare',
    compareWith: (host: string, when: string) => `Compare with the run of ${host} at ${when}`,
    clippedFrom: (wanted: number) => `of ${count(wanted)} wanted`,
    title: 'Runs',
    when: 'Started',
    host: 'Host',
    ready: 'Ready',
    took: 'Took',
    perSecond: (rate: string) => `${rate} /s`,
    rate: 'Rate',
    outcome: 'Outcome',
    running: 'running',
    paused: 'paused',
    retry: 'retry',
    none: 'No run yet',
    noneText: 'Each run stays here with its outcome.',
    open: (host: string, when: string) => `Show the run of ${host} at ${when}`,
  },
};
