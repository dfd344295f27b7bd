/** What the job in the form would do now: asked again when the form changes and every two seconds. */
import { useEffect, useState } from 'react';
import type { WarmUpJobInput, WarmUpPlan } from '../../../core/contract/warm-up.ts';
import { failureText } from '../../actions/action.ts';
import { useConsole } from '../../store/use-console.ts';

export type PlanState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'plan'; readonly plan: WarmUpPlan }
  | { readonly kind: 'failed'; readonly message: string };

const quietMs = 150;
const againMs = 2_000;

const asking: PlanState = { kind: 'asking' };

interface Answer {
  /** The job that was asked about. */
  readonly text: string;
  readonly state: PlanState;
}

/** An answer counts for the job it was asked for and for no other: the host before had other numbers. */
export function usePlan(job: WarmUpJobInput | null): PlanState {
  const { bridge } = useConsole();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const text = job === null ? null : JSON.stringify(job);
  useEffect(() => {
    if (text === null) {
      return;
    }
    let current = true;
    const ask = (): void => {
      bridge.request('warmUp.plan', JSON.parse(text) as WarmUpJobInput).then(
        (plan) => current && setAnswer({ text, state: { kind: 'plan', plan } }),
        (error: unknown) => current && setAnswer({ text, state: { kind: 'failed', message: failureText(error) } }),
      );
    };
    const first = setTimeout(ask, quietMs);
    const again = setInterval(ask, againMs);
    return () => {
      current = false;
      clearTimeout(first);
      clearInterval(again);
    };
  }, [bridge, text]);
  return answer !== null && answer.text === text ? answer.state : asking;
}
