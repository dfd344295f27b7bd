/** The command palette, by keys alone. */
import type { Locator, Page } from '@playwright/test';

export class Palette {
  readonly page: Page;
  readonly dialog: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole('dialog', { name: /^(Command palette|命令面板)$/ });
  }

  get field(): Locator {
    return this.dialog.getByRole('combobox');
  }

  /** The line that Enter takes. */
  get best(): Locator {
    return this.dialog.locator('[role="option"][data-highlighted]');
  }

  option(name: string | RegExp): Locator {
    return this.dialog.getByRole('option', { name });
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k');
    // It gets the focus a frame after it is there; what is typed before is the page's.
    await this.field.and(this.page.locator(':focus')).waitFor();
  }

  /** Types, waits until the best line is this one, and takes it. */
  async take(query: string, best: string | RegExp): Promise<void> {
    await this.open();
    await this.page.keyboard.type(query);
    await this.best.filter({ hasText: best }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.dialog.waitFor({ state: 'hidden' });
  }
}
