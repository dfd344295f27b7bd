/** What a run says in the log: milestones, a line per hundred results, and the health report at its end. */
import type { EventData, EventSink } from '../base/event-bus.ts';
import type { EventLevel } from '../contract/events.ts';
import type { WarmUpRun } from '../contract/warm-up.ts';

const milestones = [25, 50, 75, 90, 100] as const;
const resultsPerLine = 100;
const barCells = 20;

/** Keeps what has been told of one run; fed after each result. */
export class WarmUpReporter {
  readonly #events: EventSink;
  #toldMilestone = 0;
  #toldResults = 0;

  constructor(events: EventSink) {
    this.#events = events;
  }

  /** Cheap when there is nothing to tell: `picture` is asked for only then. */
  progressed(done: number, total: number, picture: () => WarmUpRun): void {
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

  #tell(level: EventLevel, kind: string, run: WarmUpRun, data: EventData): void {
    this.#events.emit(level, kind, run.job.host, progressLine(run), { ...countsOf(run), ...data });
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

export function reportStart(events: EventSink, run: WarmUpRun, ips: number): void {
  const spread = ips === 1 ? 'one IP' : `${count(ips)} IPs`;
  const text = `warming ${plural(run.total, 'connection')} over ${spread}, ${run.job.concurrency} at a time`;
  events.emit('info', 'warm-up.started', run.job.host, text, { runId: run.id, total: run.total, ips });
}

export function reportClipped(events: EventSink, run: WarmUpRun, wanted: number): void {
  if (!run.clippedBy) {
    return;
  }
  const { key, limit, inUse } = run.clippedBy;
  const why =
    key === 'no-allowed-ip'
      ? 'the access lists leave no IP that may be dialled'
      : `${key} is ${count(limit)} and ${count(inUse)} are in use`;
  const text = `${count(run.total)} of ${count(wanted)} connections will be warmed: ${why}`;
  events.emit('warn', 'warm-up.clipped', run.job.host, text, { runId: run.id, wanted, fits: run.total, key });
}

/** The health report that ends each run: healthy, unhealthy, error classes, response time. */
export function reportEnd(events: EventSink, run: WarmUpRun, elapsedMs: number): void {
  const parts = [
    `warm-up ${outcomeWords[run.outcome ?? 'ok']}: ${count(run.ready)} of ${plural(run.total, 'connection')} ready in ${duration(elapsedMs)}, ${rate(run.ratePerSecond)}/s`,
    `${count(run.healthyNow)} healthy, ${count(run.ready - run.healthyNow)} not`,
  ];
  if (run.firstByte) {
    parts.push(`mean response ${run.firstByte.meanMs.toFixed(1)} ms`);
  }
  if (run.errors.length > 0) {
    parts.push(`errors: ${run.errors.map((group) => `${group.class} ${count(group.count)}`).join(', ')}`);
  }
  if (run.cancelled > 0) {
    parts.push(`${count(run.cancelled)} not dialled`);
  }
  events.emit(outcomeLevels[run.outcome ?? 'ok'], 'warm-up.finished', run.job.host, parts.join('; '), {
    ...countsOf(run),
    outcome: run.outcome,
    cancelled: run.cancelled,
    elapsedMs,
    meanResponseMs: run.firstByte?.meanMs ?? null,
    ...Object.fromEntries(run.errors.map((group) => [`error.${group.class}`, group.count])),
  });
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

const wholeNumbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

function count(value: number): string {
  return wholeNumbers.format(value);
}

function plural(value: number, word: string): string {
  return `${count(value)} ${word}${value === 1 ? '' : 's'}`;
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
