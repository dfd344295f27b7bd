/** What the job in the form would do now: asked again when the form changes, and every two seconds. */
import { useCallback, useEffect, useState } from 'react';
import type { WarmUpJobInput, WarmUpPlan } from '../../../core/contract/warm-up.ts';
import { failureText } from '../../actions/failure-text.ts';
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
export function usePlan(job: WarmUpJobInput | null): { readonly state: PlanState; readonly askAgain: () => void } {
  const { bridge } = useConsole();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const text = job === null ? null : JSON.stringify(job);
  const ask = useCallback((): void => {
    if (text !== null) {
      bridge.request('warmUp.plan', JSON.parse(text) as WarmUpJobInput).then(
        (plan) => setAnswer({ text, state: { kind: 'plan', plan } }),
        (error: unknown) => setAnswer({ text, state: { kind: 'failed', message: failureText(error) } }),
      );
    }
  }, [bridge, text]);
  useEffect(() => {
    const first = setTimeout(ask, quietMs);
    const again = setInterval(ask, againMs);
    return () => {
      clearTimeout(first);
      clearInterval(again);
    };
  }, [ask]);
  return { state: answer !== null && answer.text === text ? answer.state : asking, askAgain: ask };
}
