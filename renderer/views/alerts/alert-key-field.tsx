import type { ConfigFault, ConfigKey } from '../../../core/contract/config.ts';
import { KeyField } from '../../config-edit/key-field.tsx';
import { typeAlertKey, useAlertDraft } from './alert-draft.ts';
import { alertFault, asShown, fieldUnit } from './alert-units.ts';

/** One key of `[alerts]`, as the draft has it, in the unit that an operator thinks in. */
export function AlertKeyField({
  config,
  faults,
  onEnter,
}: {
  readonly config: ConfigKey;
  readonly faults: readonly ConfigFault[];
  readonly onEnter: () => void;
}) {
  const fault = faults.find(({ path }) => path === config.path);
  const text = useAlertDraft(({ typed }) => typed[config.path]);
  return (
    <KeyField
      config={config}
      unit={fieldUnit(config).unit}
      typed={text ?? asShown(config, config.value)}
      fault={fault && alertFault([config], { [config.path]: text ?? '' }, fault)}
      onEnter={onEnter}
      onType={(next) => typeAlertKey(config.path, next)}
    />
  );
}
