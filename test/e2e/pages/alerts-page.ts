/** What is wrong, what is watched, and what was wrong before. */
import { expect, type Locator, type Page } from '@playwright/test';
import { ConsolePage } from './console-page.ts';

export class AlertsPage extends ConsolePage {
  /** Those that are not over, by their sentence. */
  get active(): Locator {
    return this.page.getByRole('region', { name: 'Active' }).getByRole('listitem');
  }

  get history(): Locator {
    return this.page.getByRole('region', { name: 'History' });
  }

  get changes(): Locator {
    return this.page.getByRole('region', { name: 'Changes' });
  }

  /** Below the view, while a threshold is changed. */
  get pending(): Locator {
    return this.page.getByRole('region', { name: 'What is not applied' });
  }

  /** An alert that has begun to fire, as it is read out. */
  announced(text: RegExp): Locator {
    return this.page.getByRole('alert').filter({ hasText: text });
  }

  get badge(): Locator {
    return this.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Alerts' });
  }

  static async of(page: Page): Promise<AlertsPage> {
    const alerts = new AlertsPage(page);
    await alerts.open('Alerts');
    return alerts;
  }

  /** `alerts.hold` */
  field(path: string): Locator {
    return this.page.getByRole('textbox', { name: path });
  }

  /** A rule in the table of what is watched. */
  watched(rule: string): Locator {
    return this.page.getByRole('region', { name: 'What is watched' }).getByRole('row', { name: rule });
  }

  alert(sentence: RegExp): Locator {
    return this.active.filter({ hasText: sentence });
  }

  async acknowledge(alert: Locator, by: string, reason: string): Promise<void> {
    await alert.getByRole('button', { name: /^Acknowledge/ }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Acknowledge', exact: true });
    await dialog.getByLabel('Your name').fill(by);
    await dialog.getByLabel('Your name').press('Enter');
    await expect(dialog.getByRole('alert')).toHaveText('Say why it may stay, so that others know.');
    await expect(dialog.getByLabel('Reason')).toBeFocused();
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByLabel('Reason').press('Enter');
    await dialog.waitFor({ state: 'hidden' });
  }
}
