/** When something happened that an operator looks back to, beside the figures: ejections, changes, warm-ups, alerts. */
import type { Alert } from '../../../core/contract/alerts.ts';
import type { RememberedChange } from '../../../core/contract/history-changes.ts';
import type { HealthSpan } from '../../../core/contract/history-health.ts';
import type { RememberedWarmUp } from '../../../core/contract/history-warm-ups.ts';
import type { ConsoleApi } from '../../../core/contract/index.ts';
import type { TimeFrame } from '../../base/time-frame.ts';

export const lanes = ['ejections', 'lists', 'warm-ups', 'config', 'alerts'] as const;
export type Lane = (typeof lanes)[number];

export interface Happened {
  readonly spans: readonly HealthSpan[];
  readonly changes: readonly RememberedChange[];
  readonly warmUps: readonly RememberedWarmUp[];
  readonly alerts: readonly Alert[];
  /** Of some kind more began in this time than is told; the newest are. */
  readonly cut: boolean;
}

export interface Happening {
  readonly lane: Lane;
  /** Its begin. */
  readonly atMs: number;
}

type Api = Pick<ConsoleApi, 'request'>;

const most = 500;
const mostOfFew = 200;

/** What began in the time, or reaches into it; what people changed of the lists, not the automaton. */
export async function askHappened(api: Api, { fromMs, toMs }: TimeFrame, limit = most): Promise<Happened> {
  const frame = { fromMs, toMs };
  const few = Math.min(limit, mostOfFew);
  const [spans, changes, warmUps, alerts] = await Promise.all([
    api.request('history.spans', { ...frame, states: ['ejected'], limit }),
    api.request('history.changes', { ...frame, byPeople: true, limit: few }),
    api.request('history.warmUps', { ...frame, limit: few }),
    api.request('alerts.past', { ...frame, limit }),
  ]);
  // What follows in a lane whose oldest began before the time reaches into it, and began earlier still.
  const isCut = (cursor: number | null, oldestMs = Number.POSITIVE_INFINITY): boolean =>
    cursor !== null && oldestMs >= fromMs;
  const cut =
    isCut(spans.cursor, spans.spans.at(-1)?.fromMs) ||
    isCut(changes.cursor, changes.changes.at(-1)?.atMs) ||
    isCut(warmUps.cursor, warmUps.warmUps.at(-1)?.run.startedAtMs) ||
    isCut(alerts.cursor, alerts.alerts.at(-1)?.sinceMs);
  return { ...spans, ...changes, ...warmUps, ...alerts, cut };
}

/** Their begins, oldest first. */
export function happeningsOf({ spans, changes, warmUps, alerts }: Omit<Happened, 'cut'>): Happening[] {
  return [
    ...spans.map(({ fromMs }): Happening => ({ lane: 'ejections', atMs: fromMs })),
    ...changes.map(({ kind, atMs }): Happening => ({ lane: kind, atMs })),
    ...warmUps.map(({ run }): Happening => ({ lane: 'warm-ups', atMs: run.startedAtMs })),
    ...alerts.map(({ sinceMs }): Happening => ({ lane: 'alerts', atMs: sinceMs })),
  ].sort((one, other) => one.atMs - other.atMs);
}

const secondMs = 1_000;
/** Looked at first, and then so many times as much. */
const firstReachMs = 60_000;
const reachTimes = 4;

/** The first moment whose picture has it: pictures are taken each second, of the second that is over. */
function momentWith({ atMs }: Happening): number {
  return Math.ceil(atMs / secondMs) * secondMs + secondMs;
}

/** Of what happened last before a moment; null when nothing is remembered before it. */
export async function momentBefore(api: Api, atMs: number): Promise<number | null> {
  for (let reachMs = firstReachMs; ; reachMs *= reachTimes) {
    const frame = { fromMs: Math.max(0, Math.floor(atMs - reachMs)), toMs: Math.ceil(atMs) };
    const moments = happeningsOf(await askHappened(api, frame)).map(momentWith);
    const found = moments.findLast((moment) => moment < Math.floor(atMs / secondMs) * secondMs) ?? null;
    if (found !== null || frame.fromMs === 0) {
      return found;
    }
  }
}

/**
 * Of what happened first after a moment; null when nothing has happened up to the present. Where more happened than is
 * told at once, the newest are told: a shorter time is asked about then, or the first would be passed over.
 */
export async function momentAfter(api: Api, atMs: number, presentMs: number): Promise<number | null> {
  let fromMs = Math.floor(atMs - 2 * secondMs);
  for (let reachMs = firstReachMs; ; ) {
    const toMs = Math.ceil(Math.min(fromMs + reachMs, presentMs));
    const happened = await askHappened(api, { fromMs, toMs });
    if (happened.cut && reachMs > secondMs) {
      reachMs = Math.max(secondMs, Math.floor(reachMs / reachTimes));
      continue;
    }
    const found = happeningsOf(happened)
      .map(momentWith)
      .find((moment) => moment > atMs);
    if (found !== undefined || toMs >= presentMs) {
      return found ?? null;
    }
    fromMs = toMs;
    reachMs *= reachTimes;
  }
}
