import type { Remedy } from '../../../core/contract/diagnosis.ts';
import { checkAll, cleanUpUnhealthy } from '../../actions/health-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { prepareWarmUp, retryWarmUp } from '../../actions/warm-up-actions.ts';
import { typedOf } from '../../base/field-value.ts';
import { Button } from '../../parts/button/button.tsx';
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
      return (
        <ActionButton
          action={retryWarmUp}
          input={remedy.runId}
          label={text.retry}
          small
          onDone={() => goTo('warm-up')}
        />
      );
    case 'warm-up':
      return <ActionButton action={prepareWarmUp} input={{ host: remedy.host, scenario: remedy.scenario }} small />;
  }
}
