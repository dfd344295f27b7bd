/** What each event says, in English. These are the words of the log file as well. */
import { accessReasonText } from './access-reasons.ts';
import { alertSentence } from './alert-text.ts';
import { counted, oneDigit, whole } from './counted.ts';
import { duration, errorsOf, fileName, lostNamed, percent, progressBar, rate } from './event-figures.ts';
import type { Charge, EventDataOf } from './event-kinds.ts';
import type { EventWords } from './event-text.ts';
import { localTroubleText } from './local-trouble-text.ts';

const seconds = (value: number): string => duration(value * 1_000);
const because = (reason: string): string => (reason === '' ? '' : `: ${reason}`);
const alert = (data: EventDataOf<'alert.firing'>, subject: string): string => alertSentence({ ...data, subject }, 'en');
const errors = (data: Parameters<typeof errorsOf>[0]): string =>
  errorsOf(data)
    .map(([name, failures]) => `${name} ${whole(failures)}`)
    .join(', ');

/** Why an IP of a host was ejected, or would be: also the note of its entry on the black list. */
export function chargeText(host: string, { reason, failure, code, good, looked, responseMs, note }: Charge): string {
  switch (reason) {
    case 'stored-ban':
      return note ?? '';
    case 'success-outlier':
      return `${host}: only ${good} of ${looked} went well in a minute, fewer than on the host's other IPs`;
    case 'latency-outlier':
      return `${host}: answers in ${Math.round(responseMs ?? 0)} ms, much slower than the host's other IPs`;
    default:
      return `${host}: ${failure}: ${code}`;
  }
}

const releases: Readonly<Record<EventDataOf<'health.released'>['why'], (most: number, host: string) => string>> = {
  'not-watched': () => 'its host is not watched any more',
  rule: () => "a person's rule decides about it",
  unbanned: () => 'its ban was lifted by hand',
  share: (most, host) => `at most ${most} of ${host} may be ejected`,
  'local-outage': () => 'this machine was cut off, not the IP',
};

const changedBy: Readonly<Record<EventDataOf<'config.changed'>['by'], (file: string) => string>> = {
  file: (file) => `${file} was edited:`,
  revert: () => 'the operator went back to an earlier configuration:',
  console: () => 'the operator changed',
  start: () => 'the operator changed',
};

const outcomes: Readonly<Record<EventDataOf<'warm-up.finished'>['outcome'], string>> = {
  ok: 'done',
  'partly-failed': 'partly failed',
  failed: 'failed',
  'nothing-dialled': 'dialled nothing',
  cancelled: 'cancelled',
};

function undelivered({ why, status, message }: Omit<EventDataOf<'alert.webhook-gave-up'>, 'rule'>): string {
  switch (why) {
    case 'status':
      return `it answers ${status}`;
    case 'no-answer':
      return message ?? 'no answer';
    case 'too-many':
      return 'too many wait';
    case 'removed':
      return 'the webhook was taken out of the configuration';
  }
}

/** `[##########··········] 50 % · 816 of 1,631 · 810 ready, 6 failed · 75/s · 11 s left` */
function progress(data: EventDataOf<'warm-up.progress'>): string {
  const { done, total, ready, failed, ratePerSecond, leftMs } = data;
  const left = leftMs === null ? '' : ` · ${duration(leftMs)} left`;
  const counts = `${whole(done)} of ${whole(total)} · ${whole(ready)} ready, ${whole(failed)} failed`;
  return `${progressBar(data)} · ${counts} · ${rate(ratePerSecond)}/s${left}`;
}

function warmUpEnd(data: EventDataOf<'warm-up.finished'>): string {
  const { outcome, ready, total, elapsedMs, ratePerSecond, healthy, unhealthy, meanResponseMs, baselineMs } = data;
  if (outcome === 'nothing-dialled') {
    const why =
      data.leftOut > 0
        ? `${counted(data.leftOut, 'IP')} left out, as blocked or ejected, and nothing else that fits the limits`
        : 'the limits leave no place to its connections';
    return `warm-up ${outcomes[outcome]}: ${why}`;
  }
  const usual = baselineMs === null ? '' : ` (usually ${oneDigit(baselineMs)} ms under such load)`;
  const more = data.lostIps > lostNamed ? `, and ${counted(data.lostIps - lostNamed, 'IP')} more` : '';
  const failures = errors(data);
  return [
    `warm-up ${outcomes[outcome]}: ${whole(ready)} of ${counted(total, 'connection')} ready in ${duration(elapsedMs)}, ${rate(ratePerSecond)}/s`,
    `${whole(healthy)} healthy, ${whole(unhealthy)} not${data.lost === '' ? '' : `: ${data.lost}${more}`}`,
    ...(meanResponseMs === null ? [] : [`mean response ${oneDigit(meanResponseMs)} ms${usual}`]),
    ...(failures === '' ? [] : [`errors: ${failures}`]),
    ...(data.cancelled > 0 ? [`${whole(data.cancelled)} not dialled`] : []),
    ...(data.leftOut > 0 ? [`${counted(data.leftOut, 'IP')} left out, as blocked or ejected`] : []),
  ].join('; ');
}

function clipped({ fits, wanted, key, limit, inUse, wouldFit, changes }: EventDataOf<'warm-up.clipped'>): string {
  const warms = `${whole(fits)} of the ${counted(wanted, 'connection')} wanted will be warmed`;
  if (key === 'no-allowed-ip') {
    return `${warms}: the access lists leave no IP that may be dialled`;
  }
  const why = `${warms}, for ${key} is ${whole(limit)} and ${whole(inUse)} of it ${inUse === 1 ? 'is' : 'are'} taken`;
  if (wouldFit <= fits) {
    return why;
  }
  return `${why}; ${wouldFit < wanted ? `${whole(wouldFit)} of them` : wanted === 1 ? 'it' : 'all'} would fit with ${changes}`;
}

export const eventWordsEn: EventWords = {
  'access.changed': ({ act, list, origin, from, who, reason }, value) => {
    const why = because(accessReasonText(who, reason, 'en'));
    switch (act) {
      case 'removed':
        return `${value} leaves the ${list} list (${origin})${why}`;
      case 'edited':
        return `${value} on the ${list} list (${origin}) has a new note or expiry${why}`;
      default:
        return `${value} joins the ${list} list (${origin})${from === null ? '' : ` from the ${from} list`}${why}`;
    }
  },
  'access.changed-many': ({ added, removed, named }) =>
    `${counted(added, 'entry', 'entries')} added or changed, ${whole(removed)} removed: ${named}, …`,
  'access.changed-routine': ({ changes }) => `${counted(changes, 'routine change')} of the lists`,
  'access.recovered': ({ ips }) => `${counted(ips, 'IP')} back on the white list`,
  'access.save-failed': ({ message }) => `the lists could not be saved: ${message}`,
  'access.file-gone': (_, file) =>
    `${fileName(file)} is gone; the lists stay as they are and are written anew with the next change`,
  'access.file-bad': ({ at, message, issues }, file) =>
    `${fileName(file)}, ${at}: ${message}${issues > 1 ? ` (and ${issues - 1} more)` : ''}. The good entries are used; the file is left as it is until it is mended`,
  'access.file-good': (_, file) => `${fileName(file)} is in order again`,
  'access.audit-bad': ({ lines }, file) =>
    `${fileName(file)} has ${counted(lines, 'line that cannot be read and is left out', 'lines that cannot be read and are left out')}`,
  'access.audit-failed': ({ step, message }) =>
    step === 'open'
      ? `the journal of the lists cannot be opened, so the audit is not kept: ${message}`
      : `the audit of the lists could not be written: ${message}`,

  'acquire.timeout': ({ host, waitedMs, early, total, leased, idle, waiting, dialing, restMs, lastDial }) => {
    const what = early
      ? `no connection to ${host} can be free before the deadline at the present rate`
      : `no connection to ${host} within ${Math.round(waitedMs)} ms`;
    const rest = restMs > 0 ? `; its server has asked to be left alone for ${duration(restMs)} more (Retry-After)` : '';
    const dial = lastDial === null ? '' : `; last dial: ${lastDial}`;
    return `${what}: ${total} in all, ${leased} leased, ${idle} idle, ${waiting} waiting, ${dialing} dialing${rest}${dial}`;
  },

  'alert.firing': alert,
  'alert.reopened': alert,
  'alert.resolved': (data, subject) => `over after ${seconds(data.seconds)}: ${alert(data, subject)}`,
  'alert.acknowledged': (data, subject) => `${alert(data, subject)}: ${data.by} knows of it: ${data.reason}`,
  'alert.muted': (data, subject) =>
    `${alert(data, subject)}: nobody is told of it for ${duration(data.minutes * 60_000)}`,
  'alert.unmuted': (data, subject) => `${alert(data, subject)}: it is told again`,
  'alert.webhook-failed': (data) =>
    `the webhook: ${undelivered(data)}; it is tried again: ${alertSentence({ ...data, subject: data.about }, 'en')}`,
  'alert.webhook-gave-up': (data) =>
    `the webhook: ${undelivered(data)}; given up: ${alertSentence({ ...data, subject: data.about }, 'en')}`,

  'config.saved': (_, file) => `${fileName(file)} was saved for the next start`,
  'config.changed': ({ by, file, changes }) => `${changedBy[by](file)} ${changes}`,
  'config.file-gone': (_, file) =>
    `${file} is gone; the running configuration stays and is written anew with the next change`,
  'config.mended': (_, file) => `${fileName(file)} is in order again`,
  'config.refused': ({ message }) => `${message}. The running configuration stays until the file is mended`,
  'config.warning': ({ message }) => message,
  'config.version-lost': ({ message }, file) => `this version of ${fileName(file)} could not be kept: ${message}`,

  'connection.ready': ({ host, ip }, id) => `connection ${id} to ${host} (${ip}) is ready`,
  'connection.closed': ({ host, ip, reason }, id) => `connection ${id} to ${host} (${ip}) closed: ${reason}`,
  'connection.dial-failed': ({ host, ip, message }) => `${host} (${ip}) could not be connected: ${message}`,
  'connection.unhealthy': ({ host, ip }, id) =>
    `connection ${id} to ${host} (${ip}) is unhealthy: it is looked at again`,

  'console.client-lost': ({ message }) => `a console client is gone: ${message}`,
  'console.internal-error': ({ message }, name) => `${name} failed unexpectedly: ${message}`,
  'console.internal-error-stack': ({ stack }) => stack,

  'demo.failed': ({ message }) => `the demo fleet has ended: ${message}`,
  'demo.fault': ({ fault, endpoints, of }) =>
    fault === null
      ? `faults are off at ${endpoints} of ${of} endpoints`
      : `${fault} is on at ${endpoints} of ${of} endpoints`,
  'demo.left': () => "the demo ends: from now on the operator's own hosts are watched",

  'dns.changed': ({ host, addresses, added, vanished }) =>
    `${host} has ${counted(addresses, 'address', 'addresses')}: ${whole(added)} new, ${whole(vanished)} gone`,
  'dns.recovered': ({ host }) => `${host} is resolved again`,
  'dns.refresh-failed': ({ host, addresses, message }) =>
    `the addresses of ${host} could not be refreshed; ${addresses === 1 ? 'the known one stays' : `the ${whole(addresses)} known ones stay`}: ${message}`,

  'engine.started': ({ hosts }) => `watching ${hosts || 'no host yet'}`,

  'headless.accept-failed': ({ message }) => `a page could not connect: ${message}`,
  'headless.answer-failed': ({ message }) => `a page could not be answered: ${message}`,

  'health.check-broken': ({ message }) => `the check broke: ${message}`,
  'health.check-failed': ({ host, ip, message }, id) =>
    `the check of connection ${id} to ${host} (${ip}) failed: ${message}`,
  'health.cleaned-up': ({ closed }) => `${counted(closed, 'unhealthy connection')} closed`,
  'health.ejected': (data) =>
    `${data.ip} of ${data.host} is ejected for ${seconds(data.seconds)}: ${chargeText(data.host, data)}`,
  'health.host-blocks-us': ({ host, inUse, ips }) =>
    `${host} blocks us: all its IPs answer so; ${inUse} of ${ips} stay in use`,
  'health.host-unblocks-us': ({ host }) => `${host} no longer blocks us on every IP`,
  'health.local-outage': () =>
    'more than half of all IPs of several hosts failed within 5 s: this machine is cut off, no IP is blamed',
  'health.local-outage-over': () => 'this machine gets answers again',
  'health.local-trouble': ({ ip, code, message }) =>
    `${localTroubleText(code, message, 'en')}; no IP is blamed (first met on ${ip})`,
  'health.panic': ({ host, available, permitted }) =>
    `only ${available} of ${counted(permitted, 'IP')} of ${host} available: ejections are ignored`,
  'health.panic-over': ({ host }) => `enough IPs of ${host} are available again: ejections hold`,
  'health.recovered': ({ host, ip }) => `${ip} of ${host} is well again`,
  'health.released': ({ host, ip, why, mayEject }) =>
    `${ip} of ${host} is no longer ejected: ${releases[why](mayEject, host)}`,
  'health.share-full': (data) =>
    `${data.ip} of ${data.host} stays in use (${chargeText(data.host, data)}): at most ${data.mayEject} of its IPs may be ejected`,
  'health.trial-void': (data) =>
    `${data.ip} of ${data.host} stays ejected (${chargeText(data.host, data)}), and its trial does not count: this machine was cut off, not the IP`,

  'history.put-aside': ({ why, aside, message }, file) => {
    const whys = {
      locked: 'another program holds the file of the history',
      damaged: 'the file of the history is damaged',
      newer: 'the file of the history is a newer program’s',
    };
    return `${whys[why]} (${message}): it was put aside whole as ${fileName(aside)}, and ${fileName(file)} is begun anew`;
  },
  'history.resumed': ({ lost }) => `recording goes on; ${counted(lost, 'thing')} ${lost === 1 ? 'was' : 'were'} lost`,
  'history.stopped': ({ message }) => `nothing is recorded any more: ${message}`,

  'host.forgotten': ({ host }) => `nobody has used ${host} for long: what was known of it is forgotten`,

  'lease.leaked': ({ host, thresholdMs, acquiredAt }, id) => {
    const place =
      acquiredAt === null
        ? '; the place of its acquire was not sampled, those of the next ten minutes are'
        : `, acquired at ${acquiredAt}`;
    return `connection ${id} to ${host} has been leased for more than ${duration(thresholdMs)}${place}`;
  },

  'load.started': ({ runId, concurrency, durationMs }) =>
    `load run ${runId}: ${concurrency} at once, for ${duration(durationMs)}`,
  'load.finished': ({ runId, state, requests, requestsPerSecond, successRate }) => {
    const success = successRate === null ? 'no request' : `${oneDigit(successRate * 100)} % success`;
    return `load run ${runId} ${state}: ${counted(requests, 'request')}, ${oneDigit(requestsPerSecond)} a second, ${success}`;
  },
  'load.not-read': ({ keptAs, message }) =>
    `earlier load runs could not be read${keptAs === null ? '' : `; the file is kept as ${keptAs}`}: ${message}`,
  'load.not-saved': ({ message }) => `the load run could not be saved: ${message}`,

  'log.not-written': ({ message }) => `the log file cannot be written: ${message}`,
  'log.written-again': ({ lostLines }) =>
    `the log file is written again; ${counted(lostLines, 'line')} ${lostLines === 1 ? 'is' : 'are'} missing in it`,

  'metrics.accept-failed': ({ message }) => `metrics could not be read: ${message}`,
  'metrics.listening': (_, place) => `metrics are at ${place}`,
  'metrics.not-listening': ({ message }, place) => `metrics cannot be had at ${place}: ${message}`,

  'pool.closed': () => 'the pool is closed',
  'pool.closing': ({ leases, drainTimeoutMs }) =>
    `still waiting for ${counted(leases, 'lease')}, ${duration(drainTimeoutMs)} at most; ask again to close at once`,
  'pool.woke': ({ seconds: asleep }) =>
    `this machine slept for ${seconds(asleep)}, or its clock was set: what lay idle is checked before it serves`,

  'request.sent': ({ method, url, status, totalMs, message }) =>
    `${method} ${url}: ${message ?? `${status} in ${oneDigit(totalMs)} ms`}`,
  'request.retried': ({ attempt, message }) => `attempt ${attempt} failed: ${message}`,

  'preferences.not-read': ({ keptAs, message }) =>
    `the preferences of the console could not be read and are as at first${keptAs === null ? '' : `; they are kept as ${keptAs}`}: ${message}`,

  'scores.not-read': ({ keptAs, message }) =>
    `the scores of IPs could not be read and are learned anew${keptAs === null ? '' : `; it is kept as ${keptAs}`}: ${message}`,
  'scores.not-saved': ({ message }) => `the scores of IPs could not be saved: ${message}`,

  'warm-up.by-target': ({ connections, lost }) =>
    connections === null
      ? 'its target asks for a connection to each of its IPs'
      : `its target asks for ${lost ? counted(connections, 'connection that was lost', 'connections that were lost') : counted(connections, 'connection')}`,
  'warm-up.started': ({ total, ips, hosts, concurrency, perSecond }) => {
    const of = hosts === 1 ? '' : ` of ${whole(hosts)} hosts`;
    return `warming ${counted(total, 'connection')} over ${counted(ips, 'IP')}${of}, ${concurrency} at a time${perSecond ? `, at most ${perSecond} a second` : ''}`;
  },
  'warm-up.milestone': progress,
  'warm-up.progress': progress,
  'warm-up.paused': ({ done, total }) => `the warm-up is paused at ${whole(done)} of ${whole(total)}`,
  'warm-up.resumed': ({ done, total }) => `the warm-up is resumed at ${whole(done)} of ${whole(total)}`,
  'warm-up.low-success': (data) =>
    `only ${percent(data.successRate)} of this warm-up succeeds, under ${percent(data.threshold)}: ${errors(data)}`,
  'warm-up.clipped': clipped,
  'warm-up.forbidden': ({ forbidden, ip, why }) =>
    forbidden === 1
      ? `${ip} is not dialled; ${why}`
      : `${counted(forbidden, 'IP')} are not dialled; for example ${ip}: ${why}`,
  'warm-up.failed': ({ host, ip, message }) => `warm-up of ${host} failed at ${ip}: ${message}`,
  'warm-up.host-failed': ({ ready, total, class: errorClass, message }) =>
    `${whole(ready)} of ${counted(total, 'connection')} ready; ${errorClass}: ${message}`,
  'warm-up.finished': warmUpEnd,
};
