/** The time machine, above whatever view is shown. */
import type { Locator, Page } from '@playwright/test';

export class TimeBar {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get bar(): Locator {
    return this.#page.getByRole('region', { name: 'Time machine' });
  }

  /** Which time is shown, in words. */
  get says(): Locator {
    return this.bar.getByRole('status');
  }

  get moment(): Locator {
    return this.bar.getByRole('textbox', { name: 'Date and time' });
  }

  get slider(): Locator {
    return this.bar.getByRole('slider', { name: 'Moment' });
  }

  button(name: string): Locator {
    return this.bar.getByRole('button', { name, exact: true });
  }
}
