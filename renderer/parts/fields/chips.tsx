import { useId } from 'react';
import tabs from '../tabs/tabs.module.css';
import { unseen } from '../unseen/unseen.ts';
import styles from './fields.module.css';

export interface ChipOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

/** `chips`: a field of a form. `segments`: how a picture is shown, in its head. `tabs`: which part of a view. */
export type ChipLook = 'chips' | 'segments' | 'tabs';

const looks: Readonly<Record<ChipLook, readonly [row: string | undefined, one: string | undefined]>> = {
  chips: [styles.chips, styles.chip],
  segments: [styles.segments, styles.segment],
  tabs: [tabs.tabs, tabs.tab],
};

/** A choice of one, as a row. `value` null: none of them. */
export function Chips<Value extends string>(props: {
  readonly label: string;
  /** The label is for those who cannot see what stands around. */
  readonly hideLabel?: boolean;
  /** Words before the chips, on their line, where the same chips stand near. */
  readonly lead?: string;
  readonly look?: ChipLook;
  readonly options: readonly ChipOption<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
}) {
  const { label, hideLabel = false, lead, look = 'chips', options, value, onChange } = props;
  const [row, one] = looks[look];
  const name = useId();
  return (
    <fieldset className={styles.chipSet}>
      <legend className={hideLabel ? unseen : styles.label}>{label}</legend>
      <div className={row}>
        {lead !== undefined && (
          <span className={styles.lead} aria-hidden="true">
            {lead}
          </span>
        )}
        {options.map((option) => (
          <label key={option.value} className={one} title={option.hint}>
            <input
              type="radio"
              className={unseen}
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
