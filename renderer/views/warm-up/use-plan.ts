/** What the job in the form would do now: asked again when the form changes, and every two seconds. */
import { useMemo } from 'react';
import type { WarmUpJobInput } from '../../../core/contract/warm-up-job.ts';
import type { WarmUpPlan } from '../../../core/contract/warm-up-plan.ts';
import { type Answer, useAnswer } from '../../store/use-answer.ts';
import { useConsole } from '../../store/use-console.ts';

export type PlanState = Answer<WarmUpPlan>;

const pace = { quietMs: 150, againMs: 2_000 } as const;

/** An answer counts for the job it was asked for and for no other: the host before had other numbers. */
export function usePlan(job: WarmUpJobInput | null): {
  readonly answer: PlanState | null;
  readonly askAgain: () => void;
} {
  const { bridge } = useConsole();
  const text = job === null ? null : JSON.stringify(job);
  const ask = useMemo(
    () => (text === null ? null : () => bridge.request('warmUp.plan', JSON.parse(text) as WarmUpJobInput)),
    [bridge, text],
  );
  return useAnswer(ask, pace);
}
