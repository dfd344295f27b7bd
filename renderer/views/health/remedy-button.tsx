import type { Remedy } from '../../../core/contract/diagnosis.ts';
import { checkAll, cleanUpUnhealthy } from '../../actions/health-actions.ts';
import { RetryButton } from '../../actions/retry-button.tsx';
import { ActionButton } from '../../actions/use-action.tsx';
import { prepareWarmUp, retryWarmUp } from '../../actions/warm-up-actions.ts';
import { typedOf } from '../../base/field-value.ts';
import { Button } from '../../parts/button/button.tsx';
import { useWarmUpRuns } from '../../store/use-console.ts';
import { goTo } from '../../store/view-route.ts';
import { words } from './words.ts';

const text = words.remedy;

type ConfigRemedy = Extract<Remedy, { kind: 'config' }>;

/** `Set max_idle_conns to 50…` of one key; of several how many they are. */
export function configLabel({ changes }: ConfigRemedy): string {
  const [first, ...rest] = Object.entries(changes);
  if (!first || rest.length > 0) {
    return text.setSome(Object.keys(changes).length);
  }
  const [path, value] = first;
  return text.set(path.split('.').at(-1) ?? path, typedOf(value));
}

/** As in the view of warm-ups: it says what a click does. A run that the console does not know any more is asked for by its number. */
function RetryRemedy({ runId }: { readonly runId: number }) {
  const run = useWarmUpRuns().find(({ id }) => id === runId);
  const show = (): void => goTo('warm-up');
  return run ? (
    <RetryButton run={run} onDone={show} />
  ) : (
    <ActionButton action={retryWarmUp} input={runId} label={text.retry} small onDone={show} />
  );
}

/** What can be done with one click; a change of the configuration is looked at first. */
export function RemedyButton({
  remedy,
  onConfig,
}: {
  readonly remedy: Remedy;
  readonly onConfig: (remedy: ConfigRemedy) => void;
}) {
  switch (remedy.kind) {
    case 'config':
      return (
        <Button small onClick={() => onConfig(remedy)}>
          {configLabel(remedy)}
        </Button>
      );
    case 'check-all':
      return <ActionButton action={checkAll} input={undefined} small />;
    case 'clean-up-unhealthy':
      return <ActionButton action={cleanUpUnhealthy} input={undefined} small />;
    case 'retry-failed':
      return <RetryRemedy runId={remedy.runId} />;
    case 'warm-up':
      return <ActionButton action={prepareWarmUp} input={{ host: remedy.host, scenario: remedy.scenario }} small />;
  }
}
