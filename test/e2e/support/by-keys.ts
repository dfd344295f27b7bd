/** Where Tab leads, as somebody goes who has no pointer. */
import type { Locator, Page } from '@playwright/test';

/** More stops than any view has. */
const mostPresses = 150;

/** Presses Tab until the target has the focus. @throws Error when it cannot be come to. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  // Found by its role and name once, and again only when it was drawn anew: that reads the whole page.
  let element = await target.elementHandle();
  for (let presses = 0; presses < mostPresses; presses += 1) {
    const state = await element?.evaluate(stateOf);
    if (state === 'focused') {
      return;
    }
    if (state === 'away') {
      await page.keyboard.press('Tab');
    } else {
      element = await target.elementHandle();
    }
  }
  throw new Error(`Tab does not lead to ${target}`);
}

/** In the page. */
function stateOf(element: Node): 'focused' | 'away' | 'gone' {
  if (!element.isConnected) {
    return 'gone';
  }
  return element === document.activeElement ? 'focused' : 'away';
}

/** Goes there and presses Enter once it can be pressed. */
export async function enterOn(page: Page, target: Locator): Promise<void> {
  await target.and(page.locator(':enabled:not([aria-disabled="true"])')).waitFor();
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Goes to a field and writes this in place of what stands there. */
export async function writeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}
