/** The form, the run that is shown, and the runs before it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { ConsolePage } from './console-page.ts';
import { readFigure } from './read-figure.ts';

export interface WarmUpChoice {
  readonly host: string;
  /** Not given: one per IP. */
  readonly connections?: number;
  readonly concurrency?: number;
  readonly retries?: number;
}

export class WarmUpPage extends ConsolePage {
  get plan(): Locator {
    return this.page.getByRole('status').filter({ hasText: /dialled|fit now|cannot|could not/ });
  }

  get start(): Locator {
    return this.page.getByRole('button', { name: /^Warm up \d/ });
  }

  get cancel(): Locator {
    return this.page.getByRole('button', { name: 'Cancel', exact: true });
  }

  get progress(): Locator {
    return this.page.getByRole('progressbar', { name: 'Progress' });
  }

  /** `12 of 60 ready · 3 s left`. */
  get lead(): Locator {
    return this.page.getByText(/^[\d,]+ of [\d,]+ ready/);
  }

  static async of(page: Page): Promise<WarmUpPage> {
    const warmUp = new WarmUpPage(page);
    await warmUp.open('Warm-up');
    return warmUp;
  }

  /** One of the run's figures, such as `results / s`. */
  fact(name: string): Locator {
    return this.page
      .locator('dl > div')
      .filter({ has: this.page.getByRole('term').filter({ hasText: name }) })
      .getByRole('definition');
  }

  /** A line of the runs' table. */
  run(host: string): Locator {
    return this.page.getByRole('row').filter({ hasText: host });
  }

  failure(errorClass: string): Locator {
    return this.page.getByRole('listitem').filter({ hasText: errorClass });
  }

  async choose({ host, connections, concurrency, retries }: WarmUpChoice): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Host' }).click();
    await this.page.getByRole('option', { name: host }).click();
    if (connections === undefined) {
      await this.page.getByText('One per IP').click();
    } else {
      await this.page.getByText('A number').click();
      await this.#fill('How many', connections);
    }
    if (concurrency !== undefined) {
      await this.#fill('Concurrency', concurrency);
    }
    if (retries !== undefined) {
      await this.#fill('Retries', retries);
    }
    await expect(this.start).toBeEnabled();
  }

  /** How many are warm, of those wanted, as the run says. */
  async ready(): Promise<{ ready: number; total: number }> {
    const [ready = '', total = ''] = (await this.lead.innerText()).split(' of ');
    return { ready: readFigure(ready) ?? 0, total: readFigure(total) ?? 0 };
  }

  async #fill(name: string, value: number): Promise<void> {
    const field = this.page.getByRole('textbox', { name });
    await field.fill(String(value));
    await field.press('Tab');
  }
}
