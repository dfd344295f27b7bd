/** The changes of a view that wait: applied by a key, from wherever in the view the operator is. */
import ListChecks from 'lucide-react/icons/list-checks';
import { ContractError } from '../../core/contract/errors.ts';
import type { Action } from './action.ts';
import { words } from './words.ts';

/** The line in which they wait. */
function waitingBar(): HTMLElement | null {
  return document.querySelector<HTMLElement>('#view [data-waiting]');
}

function isLooking(): boolean {
  return waitingBar()?.ariaBusy === 'true';
}

/** Right after the last key it is not known yet what the change does, of a long one for some seconds: without that nothing is applied. */
async function untilLooked(): Promise<void> {
  while (isLooking()) {
    await new Promise(requestAnimationFrame);
  }
}

/** Why they cannot be applied, as the button says it, else as the line beside it does; null when they can. */
function reasonAgainstApplying(): string | null {
  const bar = waitingBar();
  const button = bar?.querySelector<HTMLButtonElement>('[data-apply]');
  if (!bar || !button) {
    return words.nothingWaits;
  }
  if (button.disabled) {
    return bar.querySelector('[role="status"]')?.textContent ?? words.nothingWaits;
  }
  return button.ariaDisabled === 'true' ? (button.getAttribute('aria-description') ?? words.nothingWaits) : null;
}

/** Presses the line's own button, so that it does the same, and asks the same before. */
export const applyWaiting: Action = {
  id: 'view.apply',
  words: words.applyWaiting,
  keys: '$mod+Enter',
  icon: ListChecks,
  pointless: () => (isLooking() ? null : reasonAgainstApplying()),
  run: async () => {
    const before = waitingBar();
    await untilLooked();
    // Who has gone to another view meanwhile did not mean what waits there.
    const reason = waitingBar() === before ? reasonAgainstApplying() : words.nothingWaits;
    if (reason !== null) {
      throw new ContractError('refused', reason);
    }
    waitingBar()?.querySelector<HTMLButtonElement>('[data-apply]')?.click();
  },
};
