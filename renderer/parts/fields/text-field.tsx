import { useId } from 'react';
import { cx } from '../class-names.ts';
import { unseen } from '../unseen/unseen.ts';
import styles from './fields.module.css';

export interface TextFieldProps {
  readonly label: string;
  /** The label is for those who cannot see what stands around. */
  readonly hideLabel?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Quiet words below: what may be written. */
  readonly hint?: string | undefined;
  /** What is wrong with it, in place of the hint; null: nothing. */
  readonly issue?: string | null;
  readonly placeholder?: string;
  /** What is likely to be wanted; anything else may be written as well. */
  readonly suggestions?: readonly string[];
  readonly className?: string | undefined;
}

/** One line of text that a machine reads: a host, a path, addresses. */
export function TextField(props: TextFieldProps) {
  const {
    label,
    hideLabel = false,
    value,
    onChange,
    hint,
    issue = null,
    placeholder,
    suggestions = [],
    className,
  } = props;
  const id = useId();
  const below = issue ?? hint;
  return (
    <div className={cx(styles.field, className)}>
      <label className={hideLabel ? unseen : styles.label} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={styles.input}
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        list={suggestions.length > 0 ? `${id}-list` : undefined}
        aria-invalid={issue !== null}
        aria-describedby={below === undefined ? undefined : `${id}-below`}
        onChange={(event) => onChange(event.target.value)}
      />
      {suggestions.length > 0 && (
        <datalist id={`${id}-list`}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
      {below !== undefined && (
        <span id={`${id}-below`} className={cx(styles.below, issue !== null && styles.issue)}>
          {below}
        </span>
      )}
    </div>
  );
}
