import type { ConfigFault, ConfigKey } from '../../../core/contract/config.ts';
import { typedOf } from '../../config-edit/field-value.ts';
import { KeyField } from '../../config-edit/key-field.tsx';
import { typeAlertKey, useAlertDraft } from './alert-draft.ts';

/** One key of `[alerts]`, as the draft has it. */
export function AlertKeyField({
  config,
  faults,
}: {
  readonly config: ConfigKey;
  readonly faults: readonly ConfigFault[];
}) {
  const text = useAlertDraft(({ typed }) => typed[config.path]);
  return (
    <KeyField
      config={config}
      typed={text ?? typedOf(config.value)}
      fault={faults.find(({ path }) => path === config.path)?.message}
      onType={(next) => typeAlertKey(config.path, next)}
    />
  );
}
