import { Select as Base } from '@base-ui/react/select';
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down';
import { Button } from '../button/button.tsx';
import styles from './fields.module.css';
import { type SelectOption, SelectPopup } from './select-popup.tsx';

/** A choice of some: the list stays open while it is chosen from. At least one stays chosen. */
export function MultiSelectField<Value extends string>(props: {
  readonly label: string;
  readonly values: readonly Value[];
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (values: readonly Value[]) => void;
  /** What is said of the choice when it is more than one. */
  readonly summary: (count: number) => string;
  /** Quiet words beside the choice. */
  readonly hint?: string;
  /** The words that choose all of them. */
  readonly all: (count: number) => string;
}) {
  const { label, values, options, onChange, summary, hint, all } = props;
  const [only] = values;
  return (
    <div className={styles.field}>
      <Base.Root
        multiple
        value={[...values]}
        onValueChange={(next) => next.length > 0 && onChange(next)}
        items={[...options]}
      >
        <div className={styles.labelRow}>
          <Base.Label className={styles.label}>{label}</Base.Label>
          {values.length < options.length && (
            <Button look="link" className={styles.label} onClick={() => onChange(options.map(({ value }) => value))}>
              {all(options.length)}
            </Button>
          )}
        </div>
        <Base.Trigger className={styles.trigger}>
          <span className={styles.triggerValue}>
            {values.length === 1 && only !== undefined ? only : summary(values.length)}
          </span>
          {hint !== undefined && <span className={styles.hint}>{hint}</span>}
          <Base.Icon className={styles.icon}>
            <ChevronsUpDown aria-hidden="true" />
          </Base.Icon>
        </Base.Trigger>
        <SelectPopup options={options} />
      </Base.Root>
    </div>
  );
}
