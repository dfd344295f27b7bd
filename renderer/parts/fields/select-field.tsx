import { Select as Base } from '@base-ui/react/select';
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down';
import { cx } from '../class-names.ts';
import styles from './fields.module.css';
import { type SelectOption, SelectPopup } from './select-popup.tsx';

export interface SelectFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly hideLabel?: boolean;
  readonly disabled?: boolean;
  readonly className?: string | undefined;
}

export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, value, options, onChange, hideLabel, disabled = false, className } = props;
  const chosen = options.find((option) => option.value === value);
  return (
    <div className={cx(styles.field, className)}>
      <Base.Root
        value={value}
        onValueChange={(next) => next !== null && onChange(next)}
        items={[...options]}
        disabled={disabled}
      >
        {hideLabel === true ? null : <Base.Label className={styles.label}>{label}</Base.Label>}
        <Base.Trigger className={styles.trigger} aria-label={hideLabel === true ? label : undefined}>
          <span className={styles.triggerValue}>
            <Base.Value />
          </span>
          {chosen?.hint !== undefined && <span className={styles.hint}>{chosen.hint}</span>}
          <Base.Icon className={styles.icon}>
            <ChevronsUpDown aria-hidden="true" />
          </Base.Icon>
        </Base.Trigger>
        <SelectPopup options={options} />
      </Base.Root>
    </div>
  );
}
