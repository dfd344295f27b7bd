/** Both lists, and the changes that wait. */
import type { Locator, Page } from '@playwright/test';
import { ConsolePage } from './console-page.ts';

export type ListTitle = 'white list' | 'black list';

const panelTitles: Readonly<Record<ListTitle, string>> = { 'white list': 'White list', 'black list': 'Black list' };

export class AccessPage extends ConsolePage {
  get pending(): Locator {
    return this.page.getByRole('region', { name: 'Changes not applied' });
  }

  /** Why the changes are made. */
  get reason(): Locator {
    return this.pending.getByRole('textbox', { name: /^Why/ });
  }

  /** What was changed before, newest first. */
  get changes(): Locator {
    return this.page.getByRole('grid', { name: 'Last changes' });
  }

  get bulk(): Locator {
    return this.page.getByRole('dialog', { name: /^Paste into/ });
  }

  static async of(page: Page): Promise<AccessPage> {
    const access = new AccessPage(page);
    await access.open('Access lists');
    return access;
  }

  table(list: ListTitle): Locator {
    return this.page.getByRole('grid', { name: panelTitles[list] });
  }

  entry(list: ListTitle, value: string): Locator {
    return this.table(list)
      .getByRole('row')
      .filter({ has: this.page.getByText(value, { exact: true }) });
  }

  async add(list: ListTitle, text: string): Promise<void> {
    const box = this.page.getByRole('textbox', { name: `Add to the ${list}` });
    await box.fill(text);
    await box.press('Enter');
  }

  async openBulk(list: ListTitle, text: string): Promise<void> {
    await this.page.getByRole('button', { name: `Paste many into the ${list}` }).click();
    await this.bulk.getByRole('textbox', { name: 'Entries' }).fill(text);
  }

  async apply(): Promise<void> {
    // Less than a message stays: none may lie over the button.
    await this.pending.getByRole('button', { name: /^Apply/ }).click({ timeout: 3_500 });
    await this.pending.waitFor({ state: 'detached' });
  }
}
