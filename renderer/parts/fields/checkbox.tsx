import styles from './fields.module.css';

/** Yes or no, with its words behind it and a quiet note at the end. */
export function Checkbox(props: {
  readonly label: string;
  readonly note?: string | undefined;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  const { label, note, checked, onChange } = props;
  return (
    <label className={styles.checkbox}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span className={styles.checkboxLabel}>{label}</span>
      {note !== undefined && <span className={styles.hint}>{note}</span>}
    </label>
  );
}
