import { useId } from 'react';
import styles from './fields.module.css';

export interface ChipOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

/** A choice of one, as a row of chips. `null`: none of them. */
export function Chips<Value extends string>(props: {
  readonly label: string;
  /** The label is for those who cannot see what stands around. */
  readonly hideLabel?: boolean;
  /** Words before the chips, on their line, where the same chips stand near. */
  readonly lead?: string;
  readonly options: readonly ChipOption<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
}) {
  const { label, hideLabel = false, lead, options, value, onChange } = props;
  const name = useId();
  return (
    <fieldset className={styles.chipSet}>
      <legend className={hideLabel ? styles.unseen : styles.label}>{label}</legend>
      <div className={styles.chips}>
        {lead !== undefined && (
          <span className={styles.lead} aria-hidden="true">
            {lead}
          </span>
        )}
        {options.map((option) => (
          <label key={option.value} className={styles.chip} title={option.hint}>
            <input
              type="radio"
              className={styles.unseen}
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
