/** The form, the run that is shown, and the runs before it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { ConsolePage } from './console-page.ts';
import { readFigure } from './read-figure.ts';

export interface WarmUpChoice {
  /** This one, and no other. */
  readonly host: string;
  /** Not given: one per IP. */
  readonly connections?: number;
  readonly concurrency?: number;
  readonly retries?: number;
}

export class WarmUpPage extends ConsolePage {
  get plan(): Locator {
    return this.page.getByRole('status').filter({ hasText: /dialled|fit now|to dial|could not/ });
  }

  get start(): Locator {
    return this.page.getByRole('button', { name: /^Warm up \d/ });
  }

  get cancel(): Locator {
    return this.page.getByRole('button', { name: 'Cancel', exact: true });
  }

  /** Where IPs are pasted or imported. */
  get list(): Locator {
    return this.page.getByRole('dialog', { name: 'Warm up listed IPs' });
  }

  get cells(): Locator {
    return this.page.getByRole('img', { name: /^One cell for each/ });
  }

  get report(): Locator {
    return this.page.getByRole('paragraph').filter({ hasText: 'Health report' });
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

  /** The newest line of the runs' table that says this, such as a host; those before a restart stand below it. */
  run(text: string): Locator {
    return this.#runs(text).first();
  }

  /** Likewise, once it is the run that is shown: whoever starts one is shown it. */
  shownRun(text: string): Locator {
    return this.#runs(text).filter({ has: this.page.locator('[aria-current="true"]') });
  }

  /** A button of the run that is shown. */
  action(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** A line of the shown run's hosts. */
  hostResult(host: string): Locator {
    return this.page
      .getByRole('region', { name: 'Hosts and failures' })
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader', { name: host }) });
  }

  failure(errorClass: string): Locator {
    return this.page.getByRole('listitem').filter({ hasText: errorClass });
  }

  async choose({ host, connections, concurrency, retries }: WarmUpChoice): Promise<void> {
    await this.chooseHosts([host]);
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

  /** These and no others. */
  async chooseHosts(hosts: readonly string[]): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Hosts' }).click();
    const options = this.page.getByRole('option');
    await options.first().waitFor();
    // Those that are wanted first: the last one chosen stays chosen.
    for (const wanted of [true, false]) {
      for (const option of await options.all()) {
        const text = await option.innerText();
        const named = hosts.some((host) => text.startsWith(host));
        if (named === wanted && (await option.getAttribute('aria-selected')) !== String(wanted)) {
          await option.click();
        }
      }
    }
    await this.page.keyboard.press('Escape');
    await options.first().waitFor({ state: 'detached' });
  }

  async setRetries(retries: number): Promise<void> {
    await this.#fill('Retries', retries);
  }

  /** How many are warm, of those wanted, as the run says. */
  async ready(): Promise<{ ready: number; total: number }> {
    const [ready = '', total = ''] = (await this.lead.innerText()).split(' of ');
    return { ready: readFigure(ready) ?? 0, total: readFigure(total) ?? 0 };
  }

  #runs(text: string): Locator {
    return this.page.getByRole('region', { name: 'Runs', exact: true }).getByRole('row').filter({ hasText: text });
  }

  async #fill(name: string, value: number): Promise<void> {
    const field = this.page.getByRole('textbox', { name });
    await field.fill(String(value));
    await field.press('Tab');
  }
}
