/** The frame that every view stands in. */
import type { Locator, Page } from '@playwright/test';

export type ViewTitle =
  | 'Overview'
  | 'Connections'
  | 'Warm-up'
  | 'Health'
  | 'Access lists'
  | 'Requests'
  | 'Alerts'
  | 'Events'
  | 'Settings';

export const viewTitles: readonly ViewTitle[] = [
  'Overview',
  'Connections',
  'Warm-up',
  'Health',
  'Access lists',
  'Requests',
  'Alerts',
  'Events',
  'Settings',
];

export class ConsolePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get title(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  get verdict(): Locator {
    return this.page.getByRole('region', { name: 'Verdict' });
  }

  /** Where the figures come from: the mode, the number of hosts and IPs. */
  get statusBar(): Locator {
    return this.page.getByRole('contentinfo');
  }

  /** Of the last command: what it did, or why not. */
  toast(text: string | RegExp): Locator {
    return this.page.getByRole('dialog').filter({ hasText: text });
  }

  async open(view: ViewTitle): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();
    await this.title.filter({ hasText: view }).waitFor();
  }

  async chooseTheme(theme: 'Dark' | 'Light' | 'System' | 'High contrast'): Promise<void> {
    await this.page.getByRole('group', { name: 'Theme' }).getByTitle(theme, { exact: true }).click();
  }
}
