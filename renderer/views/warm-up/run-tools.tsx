/** What can be done with the run that is shown. */
import { useSyncExternalStore } from 'react';
import type { WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { showConnections } from '../../actions/connection-actions.ts';
import { RetryButton } from '../../actions/retry-button.tsx';
import { ActionButton } from '../../actions/use-action.tsx';
import { cancelWarmUp, pauseWarmUp, resumeWarmUp, warmUpRest } from '../../actions/warm-up-actions.ts';
import { Button } from '../../parts/button/button.tsx';
import { changeScreen } from '../../store/screen.ts';
import { useConsole, useWarmUpRuns } from '../../store/use-console.ts';
import { hasFailures, isNothing } from './run-lead.ts';
import { words } from './words.ts';

const text = words.run;

/** Of a run of an engine that was killed nobody knows which connections were left. */
function RestButton({ run }: { readonly run: WarmUpRun }) {
  const { warmUp } = useConsole();
  const left = useSyncExternalStore(
    warmUp.changes.subscribe,
    () => warmUp.cells(run.id).filter((cell) => cell?.state === 'failed' || cell?.state === 'cancelled').length,
  );
  return left <= run.failed ? null : (
    <ActionButton action={warmUpRest} input={run.id} small showIcon label={text.rest(left)} />
  );
}

/** A retry leads back to the run that it is for; where it dialled nothing, that one can be tried again from here. */
function RetriedTools({ run, before }: { readonly run: WarmUpRun; readonly before: WarmUpRun }) {
  return (
    <>
      <Button small look="quiet" onClick={() => changeScreen({ shownRun: before.id })}>
        {text.before}
      </Button>
      {isNothing(run) && hasFailures(before) && <RetryButton run={before} showIcon />}
    </>
  );
}

export function RunTools({ run }: { readonly run: WarmUpRun }) {
  const before = useWarmUpRuns().find(({ id }) => id === run.retryOf);
  return (
    <>
      {before && <RetriedTools run={run} before={before} />}
      <ActionButton
        action={showConnections}
        input={`host:${run.job.hosts.join(',')}`}
        small
        look="quiet"
        label={text.show}
      />
      {run.state === 'running' && <ActionButton action={pauseWarmUp} input={run.id} small showIcon />}
      {run.state === 'paused' && <ActionButton action={resumeWarmUp} input={run.id} small showIcon look="primary" />}
      {run.state !== 'finished' && <ActionButton action={cancelWarmUp} input={run.id} small showIcon />}
      {run.state === 'finished' && hasFailures(run) && <RetryButton run={run} showIcon />}
      {run.state === 'finished' && run.cancelled > 0 && <RestButton run={run} />}
    </>
  );
}
