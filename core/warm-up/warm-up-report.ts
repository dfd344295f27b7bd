/** What a run says in the log: milestones, a line per hundred results, and the health report at its end. */
import { counted } from '../base/counted.ts';
import type { EventData, EventSink } from '../base/event-bus.ts';
import type { EventLevel } from '../contract/events.ts';
import type { WarmUpHostPlan, WarmUpPlan, WarmUpRun } from '../contract/warm-up.ts';

const milestones = [25, 50, 75, 90, 100] as const;
const resultsPerLine = 100;
const barCells = 20;
/** Fewer results tell only at the end. */
const tellingResults = 20;

/** Keeps what has been told of one run; fed after each result. */
export class WarmUpReporter {
  readonly #events: EventSink;
  /** Share of ready among the done, under which it is told; of this moment. */
  readonly #alertUnder: () => number;
  #toldMilestone = 0;
  #toldResults = 0;
  #alerted = false;

  constructor(events: EventSink, alertUnder: () => number) {
    this.#events = events;
    this.#alertUnder = alertUnder;
  }

  /** Cheap when there is nothing to tell: `picture` is asked for only then. */
  progressed({ done, ready, total }: Pick<WarmUpRun, 'done' | 'ready' | 'total'>, picture: () => WarmUpRun): void {
    if (done >= tellingResults && ready < this.#alertUnder() * done) {
      this.#alert(picture);
    }
    const percent = (done / total) * 100;
    const milestone = milestones.findLast((each) => percent >= each) ?? 0;
    if (milestone > this.#toldMilestone) {
      this.#toldMilestone = milestone;
      this.#tell('info', 'warm-up.milestone', picture(), { percent: milestone });
    }
    const lines = Math.floor(done / resultsPerLine);
    if (lines > this.#toldResults) {
      this.#toldResults = lines;
      this.#tell('info', 'warm-up.progress', picture(), { percent: Math.floor(percent) });
    }
  }

  /** The end has come: also few results tell now. */
  ended({ done, ready }: Pick<WarmUpRun, 'done' | 'ready'>, picture: () => WarmUpRun): void {
    if (done > 0 && ready < this.#alertUnder() * done) {
      this.#alert(picture);
    }
  }

  /** Once in a run (document 000: an alert under 80 % of success). */
  #alert(picture: () => WarmUpRun): void {
    if (!this.#alerted) {
      this.#alerted = true;
      const run = picture();
      const threshold = this.#alertUnder();
      const percent = (share: number): string => `${Math.floor(share * 100 + 1e-9)} %`;
      const shares = `only ${percent(run.successRate)} of this warm-up succeeds, under ${percent(threshold)}`;
      const text = `${shares}: ${errorsText(run)}`;
      const data = { ...countsOf(run), successRate: run.successRate, threshold };
      this.#events.emit('warn', 'warm-up.low-success', subjectOf(run.job.hosts), text, data);
    }
  }

  #tell(level: EventLevel, kind: string, run: WarmUpRun, data: EventData): void {
    this.#events.emit(level, kind, subjectOf(run.job.hosts), progressLine(run), { ...countsOf(run), ...data });
  }
}

/** `[##########··········] 50 % · 816 of 1,631 · 810 ready, 6 failed · 75/s · 11 s left` */
export function progressLine(run: WarmUpRun): string {
  const share = run.total === 0 ? 1 : run.done / run.total;
  const filled = Math.floor(share * barCells);
  const bar = '#'.repeat(filled) + '·'.repeat(barCells - filled);
  const parts = [
    `[${bar}] ${Math.floor(share * 100)} %`,
    `${count(run.done)} of ${count(run.total)}`,
    `${count(run.ready)} ready, ${count(run.failed)} failed`,
    `${rate(run.ratePerSecond)}/s`,
  ];
  if (run.state === 'running' && run.etaMs !== null && run.done < run.total) {
    parts.push(`${duration(run.etaMs)} left`);
  }
  return parts.join(' · ');
}

export function reportStart(events: EventSink, run: WarmUpRun, { hosts, fits, ips }: WarmUpPlan): void {
  const spread = counted(Math.min(ips, fits), 'IP');
  const of = hosts.length === 1 ? '' : ` of ${count(hosts.length)} hosts`;
  const text = `warming ${counted(fits, 'connection')} over ${spread}${of}, ${run.concurrency} at a time`;
  const data = { runId: run.id, total: fits, ips: Math.min(ips, fits) };
  events.emit('info', 'warm-up.started', subjectOf(hosts.map(({ host }) => host)), text, data);
}

/** A line for each host that a limit holds back, and what would let everything fit. */
export function reportClipped(
  events: EventSink,
  runId: number,
  { hosts, changes, fitsAfterChanges }: WarmUpPlan,
): void {
  const remedy = changes.map(({ path, before, after }) => `${path} ${before} → ${after}`).join(', ');
  for (const { host, clippedBy, fits, wanted } of hosts) {
    if (clippedBy) {
      const { key, limit, inUse } = clippedBy;
      const why =
        key === 'no-allowed-ip'
          ? 'the access lists leave no IP that may be dialled'
          : `${key} is ${count(limit)} and ${count(inUse)} are in use; ${count(fitsAfterChanges)} would fit with ${remedy}`;
      const text = `${count(fits)} of ${counted(wanted, 'connection')} will be warmed: ${why}`;
      events.emit('warn', 'warm-up.clipped', host, text, { runId, wanted, fits, key });
    }
  }
}

/** IPs that are left out because the access lists forbid them. */
export function reportForbidden(events: EventSink, runId: number, { host, forbidden }: WarmUpHostPlan): void {
  const [first] = forbidden.examples;
  if (first) {
    const which = forbidden.count === 1 ? `${first.ip} is` : `${counted(forbidden.count, 'IP')} are`;
    const why = forbidden.count === 1 ? first.why : `for example ${first.ip}: ${first.why}`;
    const data = { runId, forbidden: forbidden.count };
    events.emit('warn', 'warm-up.forbidden', host, `${which} not dialled; ${why}`, data);
  }
}

/** The health report that ends each run: healthy, unhealthy, error classes, response time against the usual one. */
export function reportEnd(events: EventSink, run: WarmUpRun): void {
  const outcome = run.outcome ?? 'ok';
  const { report } = run;
  const parts = [
    `warm-up ${outcomeWords[outcome]}: ${count(run.ready)} of ${counted(run.total, 'connection')} ready in ${duration(run.activeMs)}, ${rate(run.ratePerSecond)}/s`,
    `${count(report?.healthy ?? 0)} healthy, ${count(report?.unhealthy ?? 0)} not`,
  ];
  if (report?.responseMs != null) {
    const usual = report.baselineMs === null ? '' : ` (usually ${report.baselineMs.toFixed(1)} ms)`;
    parts.push(`mean response ${report.responseMs.toFixed(1)} ms${usual}`);
  }
  if (run.errors.length > 0) {
    parts.push(`errors: ${errorsText(run)}`);
  }
  if (run.cancelled > 0) {
    parts.push(`${count(run.cancelled)} not dialled`);
  }
  const subject = subjectOf(run.job.hosts);
  events.emit(outcomeLevels[outcome], 'warm-up.finished', subject, parts.join('; '), {
    ...countsOf(run),
    outcome: run.outcome,
    cancelled: run.cancelled,
    elapsedMs: run.activeMs,
    meanResponseMs: report?.responseMs ?? null,
    baselineMs: report?.baselineMs ?? null,
    ...Object.fromEntries(run.errors.map((group) => [`error.${group.class}`, group.count])),
  });
  if (outcome === 'partly-failed' && run.hosts.length > 1) {
    for (const { host, error, ready, total } of run.hosts) {
      if (error) {
        const text = `${count(ready)} of ${counted(total, 'connection')} ready; ${error.class}: ${error.message}`;
        events.emit('warn', 'warm-up.host-failed', host, text, { runId: run.id, ready, total, class: error.class });
      }
    }
  }
}

function errorsText({ errors }: WarmUpRun): string {
  return errors.map((group) => `${group.class} ${count(group.count)}`).join(', ');
}

const outcomeWords = {
  ok: 'done',
  'partly-failed': 'partly failed',
  failed: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<NonNullable<WarmUpRun['outcome']>, string>;

const outcomeLevels = {
  ok: 'info',
  'partly-failed': 'warn',
  failed: 'error',
  cancelled: 'info',
} as const satisfies Record<NonNullable<WarmUpRun['outcome']>, EventLevel>;

function countsOf(run: WarmUpRun): EventData {
  return {
    runId: run.id,
    done: run.done,
    total: run.total,
    ready: run.ready,
    failed: run.failed,
    healthyNow: run.healthyNow,
    ratePerSecond: run.ratePerSecond,
  };
}

const namedHosts = 3;

/** `a.test, b.test, c.test and 4 more`. */
function subjectOf(hosts: readonly string[]): string {
  const named = hosts.slice(0, namedHosts).join(', ');
  return hosts.length > namedHosts ? `${named} and ${hosts.length - namedHosts} more` : named;
}

const wholeNumbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

function count(value: number): string {
  return wholeNumbers.format(value);
}

function rate(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : count(perSecond);
}

function duration(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 60) {
    return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
  }
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
