import { ContractError } from '../../../core/contract/errors.ts';
import type { WarmUpJob } from '../../../core/contract/warm-up-job.ts';
import type { WarmUpHostPlan, WarmUpPlan } from '../../../core/contract/warm-up-plan.ts';
import type { FakeLimits } from './fake-limits.ts';
import type { FakePool } from './fake-pool.ts';
import { type FakeWarmUps, parsedFake } from './fake-warm-up.ts';
import type { AnswersOf } from './memory-answers.ts';

export function warmUpAnswers(warmUps: FakeWarmUps, plan: (job: WarmUpJob) => WarmUpPlan): AnswersOf<'warmUp'> {
  return {
    'warmUp.plan': plan,
    'warmUp.start': (job) => {
      const planned = plan(job);
      if (planned.fits === 0) {
        throw new ContractError('conflict', 'Nothing fits the limits: raise them first.');
      }
      return { runId: warmUps.start(job, planned) };
    },
    'warmUp.parseIps': ({ text }) => parsedFake(text),
    'warmUp.pause': ({ runId }) => ({ paused: warmUps.pause(runId) }),
    'warmUp.resume': ({ runId }) => ({ resumed: warmUps.resume(runId) }),
    'warmUp.retryFailed': ({ runId, rest }) => ({ runId: warmUps.retryFailed(runId, rest) }),
    'warmUp.cancel': ({ runId }) => ({ cancelled: warmUps.cancel(runId) }),
  };
}

/** @throws ContractError `not-found` */
export function planFake(job: WarmUpJob, pool: FakePool, limits: FakeLimits): WarmUpPlan {
  const openTo = (host: string): number => [...pool.rows.values()].filter((row) => row.host === host).length;
  const total = pool.rows.size;
  const hosts = job.hosts.map((host) => {
    const ips = job.ips?.length ?? pool.options.fleet.find((entry) => entry.host === host)?.ips.length;
    if (ips === undefined) {
      throw new ContractError('not-found', `${host} is not watched.`);
    }
    return limits.plan(job, host, ips, openTo(host), total);
  });
  const sum = (of: (plan: WarmUpHostPlan) => number): number => hosts.reduce((all, plan) => all + of(plan), 0);
  const wanted = sum((plan) => plan.wanted);
  return {
    hosts,
    ips: sum(({ ips }) => ips),
    warmIps: sum(({ warmIps }) => warmIps),
    comingIps: sum(({ comingIps }) => comingIps),
    wanted,
    fits: sum(({ fits }) => fits),
    clippedBy: hosts.find(({ clippedBy }) => clippedBy)?.clippedBy ?? null,
    changes: limits.changesFor(wanted, Math.max(...job.hosts.map(openTo)), total),
    fitsAfterChanges: wanted,
  };
}
