/** The engine's verdict, and what the health of the hosts adds to it. */
import type { HostHealth, LocalOutage } from '../../core/contract/health.ts';
import type { Verdict } from '../../core/contract/statistics.ts';
import { outageInWords, reasonSentence } from '../words/vocabulary.ts';
import { words } from './words.ts';

export interface ShownReason {
  readonly text: string;
  /** null: the engine does not tell since when. */
  readonly sinceMs: number | null;
  /** null: it is no alert. */
  readonly alertId: number | null;
}

export interface ShownVerdict {
  readonly level: Verdict['level'];
  /** All that was wrong is good again, and has only to hold. */
  readonly recovers: boolean;
  /** What explains the others stands first. */
  readonly reasons: readonly ShownReason[];
}

export function shownVerdict(verdict: Verdict, hosts: readonly HostHealth[], outage: LocalOutage | null): ShownVerdict {
  const ofHealth: ShownReason[] = [
    ...(outage ? [{ text: words.localOutage(outageInWords(outage)), sinceMs: outage.sinceMs, alertId: null }] : []),
    ...hosts
      .filter(({ panic }) => panic)
      .map(({ host, available, ips }) => ({ text: words.panic(host, available, ips), sinceMs: null, alertId: null })),
  ];
  const ofEngine = verdict.reasons.map((reason) => ({
    text: reasonSentence(reason),
    // Since when it was wrong says nothing of how long it has been good again.
    sinceMs: reason.clearing ? null : reason.sinceMs,
    alertId: reason.alertId,
  }));
  const { level } = verdict;
  const isClearing = verdict.reasons.length > 0 && verdict.reasons.every(({ clearing }) => clearing);
  const worse = { healthy: 'degraded', empty: outage ? 'unhealthy' : 'empty' } as const;
  return {
    level: ofHealth.length > 0 && (level === 'healthy' || level === 'empty') ? worse[level] : level,
    recovers: level === 'degraded' && ofHealth.length === 0 && isClearing,
    reasons: [...ofHealth, ...ofEngine],
  };
}
