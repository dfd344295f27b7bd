/** Words of the warm-up view. */
import type { warmUpScenarioNames } from '../../../core/contract/warm-up.ts';
import { count, milliseconds, percent, plural, rate, span, timeOfDay, took } from '../../words/format.ts';

type Scenario = (typeof warmUpScenarioNames)[number];

const limitNames = {
  max_connections: 'max_connections',
  max_conns_per_host: 'max_conns_per_host',
  max_idle_conns: 'max_idle_conns',
  'no-allowed-ip': 'the access lists',
} as const;

export const words = {
  form: {
    title: 'New warm-up',
    host: 'Host',
    hostHint: (ips: number) => plural(ips, 'IP'),
    noHosts: 'No host is watched. Name one as [[targets]] in the configuration file and start again.',
    endpoints: 'Connections',
    allIps: 'One per IP',
    byNumber: 'A number',
    number: 'How many',
    scenario: 'Scenario',
    scenarios: {
      'high-availability': { label: 'High availability', hint: '150 connections, 75 at once, 10 s, 3 retries' },
      'medium-load': { label: 'Medium load', hint: '75 connections, 37 at once, 15 s, 2 retries' },
      'low-latency': { label: 'Low latency', hint: '35 connections, 17 at once, 5 s, 1 retry' },
      'unstable-network': { label: 'Unstable network', hint: '20 connections, 7 at once, 20 s, 4 retries' },
    } satisfies Record<Scenario, { label: string; hint: string }>,
    concurrency: 'Concurrency',
    concurrencySuffix: 'dials at once',
    timeout: 'Timeout per attempt',
    timeoutSuffix: 's',
    retries: 'Retries',
    retriesSuffix: 'after the first',
    start: (connections: number, allIps: boolean) =>
      connections === 0 ? 'Warm up' : `Warm up ${plural(connections, allIps ? 'IP' : 'connection')}`,
  },
  plan: {
    leftOut: (ips: number) =>
      `${plural(ips, 'IP')} ${ips === 1 ? 'is' : 'are'} blocked by the access lists and left out.`,
    fits: (wanted: number) => `${plural(wanted, 'connection')} will be dialled; all fit the limits.`,
    clipped: (fits: number, wanted: number) => `Only ${count(fits)} of ${count(wanted)} fit now:`,
    limit: (key: keyof typeof limitNames, limit: number, inUse: number) =>
      key === 'no-allowed-ip'
        ? 'the access lists leave no IP of this host to dial.'
        : `${limitNames[key]} is ${count(limit)} and ${count(inUse)} are open.`,
    raise: 'Raise the limits…',
    failed: 'The plan could not be made:',
  },
  raise: {
    title: 'Raise the limits',
    text: (wanted: number) =>
      `So that all ${plural(wanted, 'connection')} fit. The running engine takes the change at once; nothing is dialled yet.`,
    key: 'Key',
    now: 'Now',
    after: 'After',
    recommended: 'Recommended',
    range: (low: number, high: number, outside: boolean) =>
      `${count(low)}–${count(high)}${outside ? ', so this is outside' : ''}`,
    apply: 'Change limits',
    cancel: 'Leave as they are',
    nothing: 'No limit stands in the way any more.',
    reading: 'Reading the configuration…',
  },
  run: {
    title: 'Run',
    none: 'No warm-up yet',
    noneText: 'Choose a host and start: each connection appears here as a cell while it is dialled.',
    region: (host: string) => `Warm-up of ${host}`,
    started: (atMs: number) => `started ${timeOfDay(atMs)}`,
    running: (ms: number) => `running for ${span(ms)}`,
    took: (ms: number) => `took ${took(ms)}`,
    concurrency: (value: number) => `${count(value)} at once`,
    clipped: (total: number) => `clipped to ${count(total)}`,
    progress: 'Progress',
    shareReady: 'ready',
    shareDone: 'done',
    readyOf: (ready: number, total: number) => `${count(ready)} of ${count(total)} ready`,
    failed: (failed: number) => `${count(failed)} failed`,
    cancelled: (cancelled: number) => `${count(cancelled)} cancelled`,
    left: (ms: number) => `${span(ms)} left`,
    etaUnknown: 'time left not known yet',
    rate: 'results / s',
    success: 'success',
    successAlert: (threshold: number) => `under ${percent(threshold)}`,
    tcp: 'TCP p50',
    tls: 'TLS p50',
    firstByte: 'first byte p50',
    healthyNow: 'healthy now',
    p95: (ms: number) => `· p95 ${milliseconds(ms)}`,
    show: 'Show in Connections',
    cells: (ready: number, failed: number, total: number) =>
      `One cell for each of ${plural(total, 'connection')}: ${count(ready)} ready, ${count(failed)} failed.`,
    legend: { waiting: 'waiting', dialing: 'dialing', ready: 'ready', failed: 'failed', cancelled: 'cancelled' },
    rateFigure: rate,
  },
  errors: {
    title: (failed: number) => (failed === 0 ? 'Failures' : `Why ${count(failed)} failed`),
    none: 'None so far',
    example: 'for example:',
  },
  earlier: {
    title: 'Runs',
    when: 'Started',
    host: 'Host',
    ready: 'Ready',
    took: 'Took',
    rate: 'Rate',
    outcome: 'Outcome',
    running: 'running',
    none: 'Runs appear here and stay while the engine runs.',
    open: (host: string, atMs: number) => `Show the run of ${host} at ${timeOfDay(atMs)}`,
  },
};
