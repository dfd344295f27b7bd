/** What is said first of a run: one share, and what is behind it. */
import type { WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { together } from '../../words/format.ts';
import { failureInWords, outcomeWords } from '../../words/vocabulary.ts';
import { forbiddenOf } from './forbidden.ts';
import { words } from './words.ts';

const text = words.run;

/** In per cent of what the headline counts: results while the run goes on, what is ready at its end. */
export const milestones = [25, 50, 75, 90, 100] as const;

/** `tiles.demo.test`, `edge.demo.test, tiles.demo.test`, `3 hosts`. */
export function runTitle({ job: { hosts } }: Pick<WarmUpRun, 'job'>): string {
  return hosts.length > 2 ? text.hosts(hosts.length) : together(hosts);
}

/** Whether there is something to try again: a failed connection, or a host that could not be resolved. */
export function hasFailures({ failed, hosts }: Pick<WarmUpRun, 'failed' | 'hosts'>): boolean {
  return failed > 0 || hosts.some(({ error }) => error !== null);
}

/** It has ended, and no connection was for it to make. */
export function isNothing({ state, total }: Pick<WarmUpRun, 'state' | 'total'>): boolean {
  return state === 'finished' && total === 0;
}

/** Of one that {@link isNothing}: what has left nothing to dial. */
export function whyNothing({ hosts, clippedBy, outcome }: WarmUpRun): string {
  const { ips, ejected } = forbiddenOf(hosts);
  const errors = new Set(hosts.flatMap(({ error }) => (error ? failureInWords(error) : [])));
  const reasons = [
    ...(ips > 0 ? [words.plan.forbidden(ips - ejected, ejected)] : []),
    ...errors,
    ...(clippedBy && !(clippedBy.key === 'no-allowed-ip' && ips > 0)
      ? [words.plan.limit(clippedBy.key, clippedBy.limit, clippedBy.inUse)]
      : []),
  ];
  if (reasons.length > 0) {
    return reasons.join(' ');
  }
  return outcome === 'cancelled' ? outcomeWords.cancelled : text.nothingCold;
}

export interface Headline {
  /** 0 to 1. */
  readonly share: number;
  readonly of: 'done' | 'ready';
}

/** How far it is while it runs; how good it was once it has ended: a run that failed altogether is not at 100 %. */
export function headlineOf({ state, total, done, ready }: WarmUpRun): Headline {
  const [of, made] = state === 'finished' ? (['ready', ready] as const) : (['done', done] as const);
  return { share: total === 0 ? 0 : made / total, of };
}

/** What it will take, or while that cannot be told what it can take at most. */
function timeLeft({ etaMs, etaAtMostMs }: WarmUpRun): string {
  if (etaMs !== null) {
    // While something is under way it is not over.
    return text.left(Math.max(1_000, etaMs));
  }
  return etaAtMostMs === null ? text.etaUnknown : text.leftAtMost(etaAtMostMs);
}

/** `12 of 60 ready · 3 s left`. */
export function leadText(run: WarmUpRun): string {
  const parts = [text.readyOf(run.ready, run.total)];
  if (run.failed > 0) {
    parts.push(text.failed(run.failed));
  }
  if (run.retrying > 0) {
    parts.push(text.retrying(run.retrying));
  }
  if (run.cancelled > 0) {
    parts.push(text.cancelled(run.cancelled));
  }
  const leftOut = forbiddenOf(run.hosts).ips;
  if (leftOut > 0) {
    parts.push(text.leftOut(leftOut));
  }
  if (run.state === 'paused') {
    parts.push(run.dialing > 0 ? text.pausing : text.paused);
  } else if (run.state === 'running') {
    parts.push(timeLeft(run));
  } else if (run.outcome !== null && parts.length === 1) {
    // The numbers of those that are not ready say the outcome already.
    parts.push(outcomeWords[run.outcome]);
  }
  return parts.join(' · ');
}
