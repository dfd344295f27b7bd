/** What can be done with the run that is shown. */
import { useSyncExternalStore } from 'react';
import type { WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { showConnections } from '../../actions/connection-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { cancelWarmUp, pauseWarmUp, resumeWarmUp, retryWarmUp, warmUpRest } from '../../actions/warm-up-actions.ts';
import { Button } from '../../parts/button/button.tsx';
import { changeScreen } from '../../store/screen.ts';
import { useConsole, useEngineSecond, useWarmUpRuns } from '../../store/use-console.ts';
import { retryOutlook } from './retry-outlook.ts';
import { hasFailures, isNothing } from './run-lead.ts';
import { words } from './words.ts';

const text = words.run;

/** It says before the click what will happen: that what is ejected is probed first, or that nothing may be dialled. */
function RetryButton({ run }: { readonly run: WarmUpRun }) {
  const { warmUp, health } = useConsole();
  const now = useEngineSecond();
  useSyncExternalStore(warmUp.changes.subscribe, warmUp.changes.version);
  useSyncExternalStore(health.changes.subscribe, health.changes.version);
  const { ejected, nextProbeAtMs, allBlocked } = retryOutlook(run, warmUp.cells(run.id), health.all());
  const hint = ejected > 0 && text.retryHint(ejected, nextProbeAtMs && Math.max(0, nextProbeAtMs - now));
  return (
    <ActionButton
      action={retryWarmUp}
      input={run.id}
      small
      showIcon
      label={text.retry(run.failed, ejected)}
      obstacle={allBlocked ? text.retryBlocked : null}
      {...(hint && { hint })}
    />
  );
}

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
      {isNothing(run) && hasFailures(before) && <RetryButton run={before} />}
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
      {run.state === 'finished' && hasFailures(run) && <RetryButton run={run} />}
      {run.state === 'finished' && run.cancelled > 0 && <RestButton run={run} />}
    </>
  );
}
