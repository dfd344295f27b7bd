/** What else happened in the time that is shown: ejections, changes, warm-ups, alerts, each on a lane of its own. */
import type { Alert } from '../../../core/contract/alerts.ts';
import type { RememberedChange } from '../../../core/contract/history-changes.ts';
import type { HealthSpan } from '../../../core/contract/history-health.ts';
import type { RememberedWarmUp } from '../../../core/contract/history-warm-ups.ts';
import { placeOf, type TimeFrame } from '../../base/time-frame.ts';
import type { Happened, Lane } from '../../store/past/happenings.ts';
import { together } from '../../words/format.ts';
import { alertSentence } from '../../words/vocabulary.ts';
import { words } from './words.ts';

const text = words.lanes;

export interface Annotation {
  readonly key: string;
  readonly lane: Lane;
  readonly atMs: number;
  /** null: a moment, or it has not ended yet. */
  readonly untilMs: number | null;
  readonly lasts: boolean;
  readonly text: string;
  /** What can be opened: an IP, an alert, a warm-up. */
  readonly ref: string | number | null;
}

const most = 4;

function fromSpan({ host, ip, port, reason, fromMs, untilMs }: HealthSpan): Annotation {
  return {
    key: `${host} ${ip} ${port} ${fromMs}`,
    lane: 'ejections',
    atMs: fromMs,
    untilMs,
    lasts: true,
    text: text.ejected(ip, host, reason),
    ref: ip,
  };
}

function fromChange(change: RememberedChange): Annotation {
  const { kind, atMs } = change;
  const what = { key: `${kind} ${atMs}`, lane: kind, atMs, untilMs: null, lasts: false, ref: null };
  if (change.kind === 'lists') {
    const values = change.changes.slice(0, most).flatMap(({ before, after }) => (after ?? before)?.value ?? []);
    return { ...what, text: text.lists(change.total, change.who, values) };
  }
  const paths = change.diff.slice(0, most).map(({ path }) => path);
  return { ...what, text: text.config(change.who, paths, change.diff.length) };
}

function fromWarmUp({ key, run }: RememberedWarmUp): Annotation {
  return {
    key: `run ${key}`,
    lane: 'warm-ups',
    atMs: run.startedAtMs,
    untilMs: run.endedAtMs,
    lasts: true,
    text: text.warmUp(together(run.job.hosts), run.ready, run.total),
    ref: run.id,
  };
}

function fromAlert(alert: Alert): Annotation {
  return {
    key: `alert ${alert.id}`,
    lane: 'alerts',
    atMs: alert.sinceMs,
    untilMs: alert.resolvedAtMs,
    lasts: true,
    text: alertSentence(alert.rule, { ...alert, value: alert.worst ?? alert.value }),
    ref: alert.id,
  };
}

/** Oldest first. */
export function annotationsOf({ spans, changes, warmUps, alerts }: Omit<Happened, 'cut'>): Annotation[] {
  return [
    ...spans.map(fromSpan),
    ...changes.map(fromChange),
    ...warmUps.map(fromWarmUp),
    ...alerts.map(fromAlert),
  ].sort((a, b) => a.atMs - b.atMs);
}

/** Annotations of a lane that would touch each other, as one mark. */
export interface Cluster {
  /** Of its first, in pixels. */
  readonly x: number;
  readonly annotations: readonly Annotation[];
}

/** Half of a mark's shape, and what is about it. */
const markHalf = 7;
const digitWidth = 7;

/** Of the number beside a mark that stands for so many. */
function numberWidth(annotations: number): number {
  return annotations > 1 ? 2 + String(annotations).length * digitWidth : 0;
}

/** Where a mark stands so that it ends, with its number, where the lane ends. */
export function markX({ x, annotations }: Cluster, width: number): number {
  return Math.min(x, width - markHalf - numberWidth(annotations.length));
}

/**
 * No mark touches the number of the one before. What began earlier and reaches into the frame stands at its begin. `width`:
 * of the lane, in pixels.
 */
export function clusterAnnotations(annotations: readonly Annotation[], frame: TimeFrame, width: number): Cluster[] {
  // As if each stood for all of them: how many a mark stands for is not known before it is made.
  const gap = 2 * markHalf + numberWidth(annotations.length);
  const clusters: { x: number; annotations: Annotation[] }[] = [];
  for (const annotation of annotations) {
    const x = placeOf(annotation.atMs, frame, width);
    const last = clusters.at(-1);
    if (last && x - last.x < gap) {
      last.annotations.push(annotation);
    } else {
      clusters.push({ x, annotations: [annotation] });
    }
  }
  // At the end of the lane a mark stands further left than its time, and may reach the one before.
  for (let last = clusters.at(-1), before = clusters.at(-2); last && before; before = clusters.at(-2)) {
    if (markX(last, width) - before.x >= gap) {
      break;
    }
    before.annotations.push(...last.annotations);
    clusters.pop();
    last = before;
  }
  return clusters;
}

/** Where something of the lane lasted, in pixels; stretches that touch are one. */
export function stretchesOf(
  annotations: readonly Annotation[],
  frame: TimeFrame,
  width: number,
): { readonly x: number; readonly width: number }[] {
  const stretches: { x: number; width: number }[] = [];
  for (const { atMs, untilMs, lasts } of annotations) {
    const x = placeOf(atMs, frame, width);
    const end = placeOf(untilMs ?? frame.toMs, frame, width);
    const last = stretches.at(-1);
    if (!lasts || end - x < 1) {
      continue;
    }
    if (last && x <= last.x + last.width) {
      last.width = Math.max(last.width, end - last.x);
    } else {
      stretches.push({ x, width: end - x });
    }
  }
  return stretches;
}
