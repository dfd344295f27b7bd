/** The cells of a run of the past: as they ended, once it had ended by the moment that is shown. */
import { useMemo } from 'react';
import type { WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { useAnswer } from '../../store/use-answer.ts';
import { useConsole } from '../../store/use-console.ts';
import styles from './run.module.css';
import { RunCells } from './run-cells.tsx';
import { words } from './words.ts';

const text = words.run;
const pace = { quietMs: 0, againMs: null } as const;

export function PastCells({ run }: { readonly run: WarmUpRun }) {
  const { timeMachine } = useConsole();
  const { id, startedAtMs, state } = run;
  const ask = useMemo(
    () => (state === 'finished' ? () => timeMachine.tellCells({ id, startedAtMs }) : null),
    [timeMachine, id, startedAtMs, state],
  );
  const { answer } = useAnswer(ask, pace);
  if (answer?.kind === 'answer' && answer.value) {
    return <RunCells run={run} />;
  }
  if (answer?.kind === 'asking') {
    return <SkeletonLines count={3} />;
  }
  const why = answer?.kind === 'failed' ? answer.message : answer ? text.cellsForgotten : text.cellsNotThen;
  return <p className={styles.notThen}>{why}</p>;
}
