import { Select as Base } from '@base-ui/react/select';
import Check from 'lucide-react/icons/check';
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down';
import { cx } from '../class-names.ts';
import menu from '../menu/menu.module.css';
import styles from './fields.module.css';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Quiet words beside the label. */
  readonly hint?: string;
}

export interface SelectFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly hideLabel?: boolean;
  readonly className?: string | undefined;
}

export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, value, options, onChange, hideLabel, className } = props;
  const chosen = options.find((option) => option.value === value);
  return (
    <div className={cx(styles.field, className)}>
      <Base.Root value={value} onValueChange={(next) => next !== null && onChange(next)} items={[...options]}>
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
        <Base.Portal>
          <Base.Positioner className={menu.positioner} sideOffset={4} align="start" alignItemWithTrigger={false}>
            <Base.Popup className={menu.popup}>
              <Base.List>
                {options.map((option) => (
                  <Base.Item key={option.value} value={option.value} className={menu.item}>
                    <span className={menu.check}>
                      <Base.ItemIndicator>
                        <Check aria-hidden="true" />
                      </Base.ItemIndicator>
                    </span>
                    <Base.ItemText>{option.label}</Base.ItemText>
                    {option.hint !== undefined && <span className={menu.aside}>{option.hint}</span>}
                  </Base.Item>
                ))}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </div>
  );
}
