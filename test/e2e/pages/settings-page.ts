/** The configuration, as a form and as the file's text. */
import type { Locator, Page } from '@playwright/test';
import { ConsolePage } from './console-page.ts';

export class SettingsPage extends ConsolePage {
  get changes(): Locator {
    return this.page.getByRole('region', { name: 'Changes' });
  }

  /** Below what is edited, whatever the tab. */
  get pending(): Locator {
    return this.page.getByRole('region', { name: 'What is not applied' });
  }

  get apply(): Locator {
    return this.pending.getByRole('button', { name: /^Apply/ });
  }

  get text(): Locator {
    return this.page.getByRole('textbox', { name: /^Text of/ });
  }

  static async of(page: Page): Promise<SettingsPage> {
    const settings = new SettingsPage(page);
    await settings.open('Settings');
    return settings;
  }

  tab(name: 'Form' | 'File'): Locator {
    return this.page.getByRole('group', { name: 'Part of the settings' }).getByText(name);
  }

  row(key: string): Locator {
    return this.page.getByRole('row').filter({ has: this.page.getByText(key, { exact: true }) });
  }

  field(path: string): Locator {
    return this.page.getByRole('textbox', { name: path });
  }

  /** The whole text of the file, in place of what stands there. */
  async write(text: string): Promise<void> {
    await this.text.click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(text);
  }

  async choose(path: string, option: string): Promise<void> {
    await this.page.getByRole('combobox', { name: path }).click();
    await this.page.getByRole('option', { name: option }).click();
  }
}
