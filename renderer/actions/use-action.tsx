/** Actions inside React. */
import type { LucideIcon } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Button, type ButtonProps } from '../parts/button/button.tsx';
import { Hint } from '../parts/tooltip/tooltip.tsx';
import { useConsole, useIsPast, useLink } from '../store/use-console.ts';
import { type Action, obstacleTo, runAction } from './action.ts';
import { useKeyLabel } from './bindings.ts';

/** Runs the action; resolves whether it went through. */
export function useAction<Input>(action: Action<Input>): (input: Input) => Promise<boolean> {
  const stores = useConsole();
  return useCallback((input: Input) => runAction(action, stores, input), [action, stores]);
}

/** Why the action cannot be done now; null when it can. */
export function useObstacle(action: Pick<Action, 'needsEngine' | 'inPast'>): string | null {
  return obstacleTo(action, useLink(), useIsPast());
}

const editing = { inPast: false } as const;

/** Why nothing may be changed here, in a draft too, as the controls say it; null when it may. */
export function useEditObstacle(): string | null {
  return useObstacle(editing);
}

export interface ActionButtonProps<Input> extends Omit<ButtonProps, 'onClick' | 'icon' | 'obstacle'> {
  readonly action: Action<Input>;
  readonly input: Input;
  /** Words of its own in place of the action's label. */
  readonly label?: string;
  /** In place of the action's. */
  readonly hint?: string;
  /** Why it cannot be done here, where nothing else hinders the action; null: nothing does. */
  readonly obstacle?: string | null;
  readonly showIcon?: boolean;
  /** The icon alone; the label is for those who cannot see it. */
  readonly iconOnly?: boolean;
  /** In place of the action's. */
  readonly icon?: LucideIcon;
  /** Another action that presses this button: its keys are shown. */
  readonly pressedBy?: Action;
  /** Called when it went through. */
  readonly onDone?: () => void;
}

/** A button made from an action: its name, hint and key; off while it runs, and with a reason while it cannot. */
export function ActionButton<Input>(props: ActionButtonProps<Input>) {
  const {
    action,
    input,
    label = action.words.label,
    hint = action.words.hint,
    showIcon = false,
    iconOnly = false,
    icon,
    disabled,
    pressedBy,
    ...others
  } = props;
  const { onDone, ...rest } = others;
  const run = useAction(action);
  const [busy, setBusy] = useState(false);
  const obstacle = useObstacle(action) ?? others.obstacle ?? null;
  const keys = useKeyLabel(pressedBy ?? action);
  const Icon = icon ?? action.icon;
  return (
    <Hint text={obstacle ?? hint} keys={obstacle === null ? keys : null}>
      <Button
        {...rest}
        icon={showIcon || iconOnly ? <Icon aria-hidden="true" /> : undefined}
        aria-label={iconOnly ? label : undefined}
        {...(busy ? { 'aria-busy': true, 'aria-disabled': true } : {})}
        // With a reason, or while it runs, it is not merely disabled: it keeps the focus.
        disabled={obstacle === null && disabled === true}
        obstacle={obstacle}
        onClick={() => {
          if (busy) {
            return;
          }
          setBusy(true);
          void run(input)
            .then((done) => done && onDone?.())
            .finally(() => setBusy(false));
        }}
      >
        {iconOnly ? undefined : label}
      </Button>
    </Hint>
  );
}
