import { NumberField as Base } from '@base-ui/react/number-field';
import Minus from 'lucide-react/icons/minus';
import Plus from 'lucide-react/icons/plus';
import { useId, useRef, useState } from 'react';
import { locale } from '../../words/format.ts';
import { words } from '../words.ts';
import styles from './fields.module.css';
import { isHopeless, type NumberBounds, readNumber } from './number-text.ts';

export interface NumberFieldProps {
  readonly label: string;
  /** null: empty, and what holds then is `inForce`, or in the placeholder. */
  readonly value: number | null;
  /** Shown, and counted on from, while the value is null. */
  readonly inForce?: number;
  readonly onChange: (value: number) => void;
  /** The field was emptied: back to what holds without a word of the operator. Without it an empty field changes nothing. */
  readonly onClear?: () => void;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** A fraction is refused: half a connection is none. */
  readonly whole?: boolean;
  /** Quiet words at the end: a unit or a range. */
  readonly suffix?: string;
  readonly placeholder?: string;
  readonly hideLabel?: boolean;
  readonly disabled?: boolean;
}

/** What was typed and not taken, and the value that holds in its place: with another value it is past. */
interface Refusal {
  readonly typed: string;
  readonly held: number | null;
}

/**
 * Takes what is typed whole, as soon as it fits, or not at all: then the value before the typing began holds again, and
 * when the field is left it is shown again, with what was refused below it.
 */
function useTyping(props: Pick<NumberFieldProps, 'value' | 'onChange' | 'onClear'>, bounds: NumberBounds) {
  const { value, onChange, onClear } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const before = useRef(value);
  const hold = (held: number | null): void => {
    if (held === null) {
      onClear?.();
    } else if (held !== value) {
      onChange(held);
    }
  };
  return {
    typed,
    refused: refusal !== null && refusal.held === value ? refusal.typed : null,
    type: (text: string): void => {
      if (typed === null) {
        before.current = value;
      }
      const isCleared = text.trim() === '' && onClear !== undefined;
      hold(isCleared ? null : (readNumber(text, bounds) ?? before.current));
      setTyped(text);
      setRefusal(isHopeless(text, bounds) ? { typed: text, held: before.current } : null);
    },
    step: (next: number): void => {
      setTyped(null);
      setRefusal(null);
      onChange(next);
    },
    leave: (): void => {
      if (typed !== null && typed.trim() !== '' && readNumber(typed, bounds) === null) {
        setRefusal({ typed, held: before.current });
      }
      setTyped(null);
    },
  };
}

export function NumberField(props: NumberFieldProps) {
  const { label, value, inForce, min, max, step = 1, whole = false } = props;
  const { suffix, placeholder, hideLabel = false, disabled = false } = props;
  const id = useId();
  const noteId = useId();
  const { typed, refused, type, step: stepTo, leave } = useTyping(props, { min, max, whole });
  return (
    <Base.Root
      id={id}
      className={styles.field}
      locale={locale()}
      value={value ?? inForce ?? null}
      onValueChange={(next) => next !== null && stepTo(next)}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
    >
      {hideLabel ? null : (
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
      )}
      <Base.Group className={styles.number}>
        <Base.Input
          className={styles.numberInput}
          aria-label={hideLabel ? label : undefined}
          title={words.number.range(min, max)}
          placeholder={placeholder}
          aria-invalid={refused !== null}
          aria-describedby={refused === null ? undefined : noteId}
          {...(typed === null ? {} : { value: typed })}
          onChange={(event) => {
            event.preventBaseUIHandler();
            type(event.target.value);
          }}
          onKeyDown={(event) => {
            // It drops what is no digit while the rest of what was typed stays: `1e3` would be 13.
            if (event.key.length === 1) {
              event.preventBaseUIHandler();
            }
          }}
          onPaste={(event) => event.preventBaseUIHandler()}
          onBlur={leave}
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
          {words.number.refused(refused, min, max, whole)}
        </p>
      )}
    </Base.Root>
  );
}
