/** The list that a choice of one or of some is made from. */
import { Select as Base } from '@base-ui/react/select';
import Check from 'lucide-react/icons/check';
import menu from '../menu/menu.module.css';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Quiet words beside the label. */
  readonly hint?: string;
}

export function SelectPopup({ options }: { readonly options: readonly SelectOption<string>[] }) {
  return (
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
  );
}
