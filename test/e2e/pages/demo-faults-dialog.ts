/** The dialog that switches faults of the demo. */
import type { Locator, Page } from '@playwright/test';

export class DemoFaultsDialog {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Demo faults' });
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('d');
    await this.dialog.waitFor();
  }

  /** At every endpoint of the host. */
  async switchOn(fault: string, host: string): Promise<void> {
    await this.#choose('Fault', fault);
    await this.#choose('Host', host);
    await this.dialog.getByText('All', { exact: true }).click();
    await this.dialog.getByRole('button', { name: 'Switch on' }).click();
    await this.line(fault, host).waitFor();
  }

  async allWell(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'All well again' }).click();
    await this.dialog.getByText('No fault is on').waitFor();
  }

  line(fault: string, host: string): Locator {
    return this.dialog.getByRole('listitem').filter({ hasText: fault }).filter({ hasText: host });
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Done' }).click();
    await this.dialog.waitFor({ state: 'detached' });
  }

  async #choose(field: string, option: string): Promise<void> {
    await this.dialog.getByRole('combobox', { name: field, exact: true }).click();
    await this.page.getByRole('option', { name: option }).click();
  }
}
