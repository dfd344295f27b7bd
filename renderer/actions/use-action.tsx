/** Actions inside React. */
import { useCallback, useState } from 'react';
import { Button, type ButtonProps } from '../parts/button/button.tsx';
import { Hint } from '../parts/tooltip/tooltip.tsx';
import { useConsole, useLink } from '../store/use-console.ts';
import { type Action, obstacleTo, runAction } from './action.ts';
import { useKeyLabel } from './bindings.ts';

/** Runs the action; resolves whether it went through. */
export function useAction<Input>(action: Action<Input>): (input: Input) => Promise<boolean> {
  const stores = useConsole();
  return useCallback((input: Input) => runAction(action, stores, input), [action, stores]);
}

/** Why the action cannot be done now; null when it can. */
export function useObstacle<Input>(action: Action<Input>): string | null {
  return obstacleTo(action, useLink());
}

export interface ActionButtonProps<Input> extends Omit<ButtonProps, 'onClick' | 'icon'> {
  readonly action: Action<Input>;
  readonly input: Input;
  /** Words of its own in place of the action's label. */
  readonly label?: string;
  readonly showIcon?: boolean;
  /** Called when it went through. */
  readonly onDone?: () => void;
}

/** A button made from an action: its name, hint and key; disabled while it runs, and with a reason while it cannot. */
export function ActionButton<Input>(props: ActionButtonProps<Input>) {
  const { action, input, label, showIcon = false, disabled, onDone, ...rest } = props;
  const run = useAction(action);
  const [busy, setBusy] = useState(false);
  const obstacle = useObstacle(action);
  const keys = useKeyLabel(action);
  const Icon = action.icon;
  return (
    <Hint text={obstacle ?? action.words.hint} keys={obstacle === null ? keys : null}>
      <Button
        {...rest}
        icon={showIcon ? <Icon aria-hidden="true" /> : undefined}
        aria-busy={busy || undefined}
        // With a reason it is not merely disabled: it keeps the focus, so that the reason can be found.
        disabled={obstacle === null && (disabled === true || busy)}
        obstacle={obstacle}
        onClick={() => {
          setBusy(true);
          void run(input)
            .then((done) => done && onDone?.())
            .finally(() => setBusy(false));
        }}
      >
        {label ?? action.words.label}
      </Button>
    </Hint>
  );
}
