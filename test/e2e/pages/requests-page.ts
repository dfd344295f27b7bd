/** One request or a load: the forms, what came of them, and those before. */
import type { Locator, Page } from '@playwright/test';
import { ConsolePage } from './console-page.ts';

export class RequestsPage extends ConsolePage {
  static async of(page: Page): Promise<RequestsPage> {
    const requests = new RequestsPage(page);
    await requests.open('Requests');
    return requests;
  }

  get path(): Locator {
    return this.page.getByRole('textbox', { name: 'Path' });
  }

  get ip(): Locator {
    return this.page.getByLabel('IP', { exact: true });
  }

  get send(): Locator {
    return this.page.getByRole('button', { name: 'Send', exact: true });
  }

  /** `200 in 4.1 ms · counts as good · …`. */
  get outcome(): Locator {
    return this.page.getByRole('region', { name: 'Answer' }).getByRole('status');
  }

  get answer(): Locator {
    return this.page.getByRole('region', { name: 'Answer' });
  }

  get body(): Locator {
    return this.page.getByRole('textbox', { name: /^Body/ });
  }

  /** Without the heads. */
  get sent(): Locator {
    return this.page.getByRole('region', { name: 'Sent', exact: true }).locator('tbody').getByRole('row');
  }

  get runs(): Locator {
    return this.page.getByRole('region', { name: 'Runs', exact: true }).locator('tbody').getByRole('row');
  }

  run(id: number): Locator {
    return this.page.getByRole('region', { name: `Run ${id}` });
  }

  /** One of the facts about the connection of an answer. */
  fact(name: string): Locator {
    return this.answer
      .locator('dl > div')
      .filter({ has: this.page.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) }) })
      .getByRole('definition');
  }

  /** The milliseconds of a part. */
  part(name: string): Locator {
    return this.answer
      .getByRole('region', { name: 'What each part took' })
      .locator('dl > div')
      .filter({ hasText: name })
      .getByRole('definition');
  }

  async openLoad(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'What to send' }).getByRole('link', { name: 'Load' }).click();
  }

  async setDuration(seconds: number): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Duration, s' }).fill(String(seconds));
    await this.page.getByRole('textbox', { name: 'Duration, s' }).blur();
  }

  get startLoad(): Locator {
    return this.page.getByRole('button', { name: /^Run for/ });
  }
}
