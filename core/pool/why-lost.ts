/** What has left an address with fewer healthy connections than it had, in few words; cheap enough to be asked for many. */
import { closeReasonWords, whyWords } from '../contract/why-text.ts';
import { refusal, restWords } from './explain-words.ts';
import type { PoolContext } from './pool-context.ts';
import type { Upstream } from './upstream.ts';

export interface Loss {
  readonly why: string;
  /** Epoch; null where nothing is remembered that says it. */
  readonly sinceMs: number | null;
}

export function whyLost(context: PoolContext, upstream: Upstream): Loss {
  const nowMs = context.nowMs();
  const offsetMs = context.epochOffsetMs();
  const latest = upstream.history.latestOf(lossKinds);
  const sinceMs = latest && latest.lastMs + offsetMs;
  if (upstream.vanished) {
    return { why: whyWords('vanished', {}), sinceMs };
  }
  const verdict = context.verdict(upstream);
  if (!verdict.allowed) {
    return { why: refusal(verdict), sinceMs };
  }
  if (upstream.restUntilMs > nowMs) {
    return { why: restWords(upstream.restUntilMs - nowMs), sinceMs };
  }
  const down = [...upstream.connections].find(({ established, healthy }) => established && !healthy);
  if (down) {
    const flagged = down.history?.latestOf(flagKinds) ?? null;
    const last = down.failures?.last ?? upstream.record.last;
    return {
      why: last
        ? whyWords('looked-at-after', { id: down.id, message: last.message })
        : whyWords('looked-at', { id: down.id }),
      sinceMs: flagged && flagged.lastMs + offsetMs,
    };
  }
  if (latest?.kind === 'dial-failed') {
    return { why: whyWords('undialable', { message: upstream.record.last?.message ?? latest.detail }), sinceMs };
  }
  return { why: latest ? closedBecause(latest.detail) : whyWords('unknown', {}), sinceMs };
}

const lossKinds = new Set(['closed', 'dial-failed'] as const);
const flagKinds = new Set(['flag-down'] as const);

function closedBecause(reason: string): string {
  const words = Object.entries(closeReasonWords).find(([known]) => known === reason)?.[1];
  return whyWords('closed', { closed: words ?? reason });
}
