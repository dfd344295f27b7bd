/** The pool at a glance. */
import type { Locator } from '@playwright/test';
import { ConsolePage } from './console-page.ts';

export interface WindowFigure {
  readonly last60s: string;
  readonly sinceStart: string;
}

export class OverviewPage extends ConsolePage {
  get hosts(): Locator {
    return this.panel('Hosts').getByRole('table');
  }

  get busiest(): Locator {
    return this.panel('Busiest').getByRole('table');
  }

  get allFigures(): Locator {
    return this.panel('All figures');
  }

  panel(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  tile(name: string): Locator {
    return this.page
      .getByRole('main')
      .locator('dl > div')
      .filter({ has: this.page.getByRole('term').filter({ hasText: name }) });
  }

  /** Every line of every group of the panel, in one moment: name, then what stands behind it. */
  figures(): Promise<Record<string, readonly string[]>> {
    return this.allFigures.locator('tbody tr').evaluateAll((lines) =>
      Object.fromEntries(
        lines.map((line) => {
          const [name = '', ...values] = [...line.children].map((cell) => cell.textContent ?? '');
          return [name, values];
        }),
      ),
    );
  }

  /** Resolves when figures have come anew; they do once a second. */
  async nextFrame(): Promise<void> {
    await this.allFigures.evaluate(
      (panel) =>
        new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => {
            observer.disconnect();
            resolve();
          });
          observer.observe(panel, { subtree: true, characterData: true, childList: true });
        }),
    );
  }

  async figure(name: string): Promise<WindowFigure> {
    await this.allFigures.getByRole('rowheader', { name, exact: true }).first().waitFor();
    const [last60s = '', sinceStart = ''] = (await this.figures())[name] ?? [];
    return { last60s, sinceStart };
  }
}
