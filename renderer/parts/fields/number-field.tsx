import { NumberField as Base } from '@base-ui/react/number-field';
import Minus from 'lucide-react/icons/minus';
import Plus from 'lucide-react/icons/plus';
import { useId } from 'react';
import { locale } from '../../words/format.ts';
import { words } from '../words.ts';
import styles from './fields.module.css';

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** The field was emptied: back to what holds without a word of the operator. Without it an empty field changes nothing. */
  readonly onClear?: () => void;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** Rounded to a whole number: half a connection is none. Otherwise fractions are taken. */
  readonly whole?: boolean;
  /** Quiet words at the end: a unit or a range. */
  readonly suffix?: string;
  readonly hideLabel?: boolean;
  readonly disabled?: boolean;
}

export function NumberField({
  label,
  value,
  onChange,
  onClear,
  min,
  max,
  step = 1,
  whole = false,
  suffix,
  hideLabel,
  disabled = false,
}: NumberFieldProps) {
  const id = useId();
  return (
    <Base.Root
      id={id}
      className={styles.field}
      locale={locale()}
      value={value}
      onValueChange={(next) => (next === null ? onClear?.() : onChange(whole ? Math.round(next) : next))}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
    >
      {hideLabel === true ? null : (
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
      )}
      <Base.Group className={styles.number}>
        <Base.Input className={styles.numberInput} aria-label={hideLabel === true ? label : undefined} />
        {suffix !== undefined && <span className={styles.suffix}>{suffix}</span>}
        <Base.Decrement className={styles.step} aria-label={words.number.less(label)}>
          <Minus aria-hidden="true" />
        </Base.Decrement>
        <Base.Increment className={styles.step} aria-label={words.number.more(label)}>
          <Plus aria-hidden="true" />
        </Base.Increment>
      </Base.Group>
    </Base.Root>
  );
}
