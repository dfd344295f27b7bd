/** How a run that was not cancelled has ended. */
import type { WarmUpRun } from '../contract/warm-up-run.ts';
import type { WarmUpTally } from './warm-up-tally.ts';

export function outcomeOf({
  hosts,
  ready,
  failed,
}: Pick<WarmUpTally, 'hosts' | 'ready' | 'failed'>): NonNullable<WarmUpRun['outcome']> {
  const plans = hosts.map(({ plan }) => plan);
  const isFaultless = failed === 0 && plans.every((plan) => !plan?.error);
  if (ready > 0) {
    return isFaultless ? 'ok' : 'partly-failed';
  }
  if (!isFaultless) {
    return 'failed';
  }
  return plans.some((plan) => plan?.clippedBy) ? 'nothing-dialled' : 'ok';
}
