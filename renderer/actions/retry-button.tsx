/** Try again what failed in a run: it says before the click what will happen, wherever it stands. */
import { useSyncExternalStore } from 'react';
import type { WarmUpRun } from '../../core/contract/warm-up-run.ts';
import { useConsole, useEngineSecond } from '../store/use-console.ts';
import { retryOutlook } from './retry-outlook.ts';
import { ActionButton } from './use-action.tsx';
import { retryWarmUp } from './warm-up-actions.ts';
import { words } from './words.ts';

const text = words.retry;

/** What is ejected is probed first; what is blocked is not dialled. */
export function RetryButton(props: {
  readonly run: WarmUpRun;
  readonly showIcon?: boolean;
  readonly onDone?: () => void;
}) {
  const { run, ...rest } = props;
  const { warmUp, health } = useConsole();
  const now = useEngineSecond();
  useSyncExternalStore(warmUp.changes.subscribe, warmUp.changes.version);
  useSyncExternalStore(health.changes.subscribe, health.changes.version);
  const { ejected, nextProbeAtMs, allBlocked } = retryOutlook(run, warmUp.cells(run.id), health.all());
  const hint = ejected > 0 && text.hint(ejected, nextProbeAtMs && Math.max(0, nextProbeAtMs - now));
  return (
    <ActionButton
      {...rest}
      action={retryWarmUp}
      input={run.id}
      small
      label={text.label(run.failed, ejected)}
      obstacle={allBlocked ? text.blocked : null}
      {...(hint && { hint })}
    />
  );
}
