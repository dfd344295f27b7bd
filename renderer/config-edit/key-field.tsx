import type { ConfigKey } from '../../core/contract/config.ts';
import { useEditObstacle } from '../actions/use-action.tsx';
import fields from '../parts/fields/fields.module.css';
import { SelectField } from '../parts/fields/select-field.tsx';
import styles from './config-edit.module.css';
import { type FieldUnit, fileUnit } from './field-fault.ts';
import { words } from './words.ts';

export interface KeyFieldProps {
  readonly config: ConfigKey;
  /** Of what is typed, where it is not typed as the file has it. */
  readonly unit?: FieldUnit | null;
  readonly typed: string;
  readonly fault: string | undefined;
  readonly onType: (typed: string) => void;
  /** Enter, where something is written. */
  readonly onEnter?: () => void;
}

/** The field of one key, by its kind; what is typed is read by the engine. While the past is shown it is read alone. */
export function KeyField({ config, unit = fileUnit(config).unit, typed, fault, onType, onEnter }: KeyFieldProps) {
  const { path, kind, options } = config;
  const obstacle = useEditObstacle();
  const reason = obstacle ?? undefined;
  if (!config.editable) {
    return <span className={styles.quiet}>{words.onlyText}</span>;
  }
  if (kind === 'choice') {
    return (
      <span title={reason}>
        <SelectField
          label={path}
          hideLabel
          disabled={obstacle !== null}
          value={typed}
          options={options.map((option) => ({ value: option, label: option }))}
          onChange={onType}
        />
      </span>
    );
  }
  if (kind === 'switch') {
    return (
      <input
        type="checkbox"
        className={styles.switch}
        aria-label={path}
        aria-description={reason}
        title={reason}
        disabled={obstacle !== null}
        checked={typed === 'true'}
        onChange={(event) => onType(String(event.target.checked))}
      />
    );
  }
  return (
    <span className={styles.withUnit}>
      <input
        className={fields.input}
        aria-label={path}
        aria-invalid={fault !== undefined}
        aria-description={reason}
        title={reason ?? fault}
        readOnly={obstacle !== null}
        inputMode={kind === 'whole-number' ? 'numeric' : undefined}
        spellCheck={false}
        value={typed}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={({ key, nativeEvent }) => {
          if (key === 'Enter' && !nativeEvent.isComposing) {
            onEnter?.();
          }
        }}
      />
      {unit !== null && <span className={styles.unit}>{words.units[unit]}</span>}
    </span>
  );
}
