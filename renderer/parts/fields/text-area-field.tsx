import { type KeyboardEvent, useId } from 'react';
import { cx } from '../class-names.ts';
import styles from './fields.module.css';

export interface TextAreaFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows: number;
  /** Quiet words below: what may be written. */
  readonly hint?: string | undefined;
  /** What is wrong with it, in place of the hint; null: nothing. */
  readonly issue?: string | null;
  readonly placeholder?: string;
}

/** Several lines of text that a machine reads. Ctrl or Cmd with Enter sends the form it stands in. */
export function TextAreaField(props: TextAreaFieldProps) {
  const { label, value, onChange, rows, hint, issue = null, placeholder } = props;
  const id = useId();
  const below = issue ?? hint;
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.currentTarget.form?.querySelector<HTMLButtonElement>('[type="submit"]')?.click();
    }
  };
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className={cx(styles.input, styles.area)}
        value={value}
        rows={rows}
        placeholder={placeholder}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        aria-invalid={issue !== null}
        aria-describedby={below === undefined ? undefined : `${id}-below`}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {below !== undefined && (
        <span id={`${id}-below`} className={cx(styles.below, issue !== null && styles.issue)}>
          {below}
        </span>
      )}
    </div>
  );
}
