/** What a run says in the log: milestones, a line per hundred results, and the health report at its end. */
import type { EventSink } from '../base/event-bus.ts';
import { type ErrorCountsData, lostNamed } from '../contract/event-figures.ts';
import type { EventLevel } from '../contract/events.ts';
import type { WarmUpHostPlan, WarmUpPlan } from '../contract/warm-up-plan.ts';
import type { WarmUpRun } from '../contract/warm-up-run.ts';
import { lostWords } from '../contract/why-text.ts';

const milestones = [25, 50, 75, 90, 100] as const;
const resultsPerLine = 100;
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
      this.#tell('warm-up.milestone', picture(), milestone);
    }
    const lines = Math.floor(done / resultsPerLine);
    if (lines > this.#toldResults) {
      this.#toldResults = lines;
      this.#tell('warm-up.progress', picture(), Math.floor(percent));
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
      const shares = { successRate: run.successRate, threshold: this.#alertUnder() };
      const told = { ...countsOf(run), ...shares, ...errorsOf(run) };
      this.#events.emit('warn', 'warm-up.low-success', subjectOf(run.job.hosts), told);
    }
  }

  #tell(kind: 'warm-up.milestone' | 'warm-up.progress', run: WarmUpRun, percent: number): void {
    const { state, etaMs, done, total } = run;
    const leftMs = state === 'running' && done < total ? etaMs : null;
    this.#events.emit('info', kind, subjectOf(run.job.hosts), { ...countsOf(run), percent, leftMs });
  }
}

/** Nothing is told where nothing is begun: the end says it. */
export function reportStart(events: EventSink, run: WarmUpRun, { hosts, fits, ips }: WarmUpPlan): void {
  if (fits === 0) {
    return;
  }
  events.emit('info', 'warm-up.started', subjectOf(hosts.map(({ host }) => host)), {
    runId: run.id,
    total: fits,
    ips: Math.min(ips, fits),
    hosts: hosts.length,
    concurrency: run.concurrency,
    perSecond: run.job.dialsPerSecond,
  });
}

/**
 * A line for each host that a limit holds back, and what would let everything fit. Where the lists leave no IP, so that
 * nothing is wanted, {@link reportForbidden} says it.
 */
export function reportClipped(events: EventSink, runId: number, { hosts, changes }: WarmUpPlan): void {
  const remedy = changes.map(({ path, after }) => `${path} = ${after}`).join(', ');
  for (const { host, clippedBy, fits, wanted, fitsAfterChanges } of hosts) {
    if (clippedBy && wanted > 0) {
      const told = { runId, host, wanted, fits, ...clippedBy, wouldFit: fitsAfterChanges, changes: remedy };
      events.emit('warn', 'warm-up.clipped', host, told);
    }
  }
}

/** IPs that are left out because the access lists forbid them. */
export function reportForbidden(events: EventSink, runId: number, { host, forbidden }: WarmUpHostPlan): void {
  const [first] = forbidden.examples;
  if (first) {
    const { ip, why } = first;
    events.emit('warn', 'warm-up.forbidden', host, { runId, host, forbidden: forbidden.count, ip, why });
  }
}

/** The health report that ends each run: healthy, unhealthy, error classes, response time against the usual one. */
export function reportEnd(events: EventSink, run: WarmUpRun): void {
  const outcome = run.outcome ?? 'ok';
  const { report } = run;
  events.emit(outcomeLevels[outcome], 'warm-up.finished', subjectOf(run.job.hosts), {
    ...countsOf(run),
    outcome,
    cancelled: run.cancelled,
    leftOut: run.hosts.reduce((sum, { forbidden }) => sum + forbidden.count, 0),
    elapsedMs: run.activeMs,
    healthy: report?.healthy ?? 0,
    unhealthy: report?.unhealthy ?? 0,
    lostIps: report?.lost.count ?? 0,
    lost: lostWords(report?.lost.examples.slice(0, lostNamed) ?? []),
    meanResponseMs: report?.responseMs ?? null,
    baselineMs: report?.baselineMs ?? null,
    ...errorsOf(run),
  });
  if (outcome === 'partly-failed' && run.hosts.length > 1) {
    for (const { host, error, ready, total } of run.hosts) {
      if (error) {
        const { class: errorClass, message } = error;
        const told = { runId: run.id, host, ready, total, class: errorClass, message };
        events.emit('warn', 'warm-up.host-failed', host, told);
      }
    }
  }
}

function errorsOf({ errors }: WarmUpRun): ErrorCountsData {
  return Object.fromEntries(errors.map((group) => [`error.${group.class}`, group.count]));
}

const outcomeLevels = {
  ok: 'info',
  'partly-failed': 'warn',
  failed: 'error',
  'nothing-dialled': 'warn',
  cancelled: 'info',
} as const satisfies Record<NonNullable<WarmUpRun['outcome']>, EventLevel>;

function countsOf({ id, done, total, ready, failed, healthyNow, ratePerSecond }: WarmUpRun) {
  return { runId: id, done, total, ready, failed, healthyNow, ratePerSecond };
}

const namedHosts = 3;

/** `a.test, b.test, c.test and 4 more`. */
function subjectOf(hosts: readonly string[]): string {
  const named = hosts.slice(0, namedHosts).join(', ');
  return hosts.length > namedHosts ? `${named} and ${hosts.length - namedHosts} more` : named;
}
