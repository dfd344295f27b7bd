/** Which addresses are well, which were not, and what would help. */
import type { Locator, Page } from '@playwright/test';
import { ConsolePage } from './console-page.ts';

export class HealthPage extends ConsolePage {
  get diagnosis(): Locator {
    return this.page.getByRole('region', { name: 'Diagnosis' });
  }

  get remedy(): Locator {
    return this.page.getByRole('dialog', { name: 'Apply this remedy' });
  }

  /** The field of all strips: arrows move a cell's cursor, Enter opens the checks behind it. */
  get cells(): Locator {
    return this.page.getByRole('button', { name: /^Cells:/ });
  }

  /** Of one cell, in a drawer. */
  get checks(): Locator {
    return this.page.getByRole('dialog').getByRole('heading', { name: 'Checks' });
  }

  static async of(page: Page): Promise<HealthPage> {
    const health = new HealthPage(page);
    await health.open('Health');
    return health;
  }

  finding(title: string): Locator {
    return this.diagnosis.getByRole('listitem').filter({ hasText: title });
  }
}
