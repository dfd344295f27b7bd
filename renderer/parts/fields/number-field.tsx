import { NumberField as Base } from '@base-ui/react/number-field';
import Minus from 'lucide-react/icons/minus';
import Plus from 'lucide-react/icons/plus';
import { useId, useRef, useState } from 'react';
import { decimal, locale } from '../../words/format.ts';
import { words } from '../words.ts';
import styles from './fields.module.css';

export interface NumberFieldProps {
  readonly label: string;
  /** null: empty, and what holds then is in the placeholder. */
  readonly value: number | null;
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
  readonly placeholder?: string;
  readonly hideLabel?: boolean;
  readonly disabled?: boolean;
}

/** What no number is made of: signs, digits, their separators and a unit's sign. */
const foreign = /[^\d\s.,'’+\-−%]/;

/** What is not taken is said under the field, which then shows again what holds. */
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
  placeholder,
  hideLabel,
  disabled = false,
}: NumberFieldProps) {
  const id = useId();
  const noteId = useId();
  const outside = useRef<number | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const take = (next: number | null): void => {
    outside.current = null;
    if (next === null) {
      onClear?.();
    } else if (next < min || next > max) {
      outside.current = next;
      // Too small may still grow under the operator's hands.
      setRefused(next > max ? decimal(next) : null);
      return;
    } else {
      onChange(whole ? Math.round(next) : next);
    }
    setRefused(null);
  };
  const left = (): void => {
    if (outside.current !== null) {
      setRefused(decimal(outside.current));
    }
    outside.current = null;
  };
  return (
    <Base.Root
      id={id}
      className={styles.field}
      locale={locale()}
      value={value}
      allowOutOfRange
      onValueChange={take}
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
        <Base.Input
          className={styles.numberInput}
          aria-label={hideLabel === true ? label : undefined}
          title={words.number.range(min, max)}
          placeholder={placeholder}
          aria-invalid={refused !== null}
          aria-describedby={refused === null ? undefined : noteId}
          onInput={({ currentTarget }) => {
            if (foreign.test(currentTarget.value)) {
              setRefused(currentTarget.value);
            }
          }}
          onBlur={left}
        />
        {suffix !== undefined && <span className={styles.suffix}>{suffix}</span>}
        <Base.Decrement className={styles.step} aria-label={words.number.less(label)}>
          <Minus aria-hidden="true" />
        </Base.Decrement>
        <Base.Increment className={styles.step} aria-label={words.number.more(label)}>
          <Plus aria-hidden="true" />
        </Base.Increment>
      </Base.Group>
      {refused !== null && (
        <p id={noteId} className={styles.refused} role="alert">
          {words.number.refused(refused, min, max)}
        </p>
      )}
    </Base.Root>
  );
}
