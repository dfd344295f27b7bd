/** The table of all connections. */
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { ConsolePage } from './console-page.ts';
import { readFigure } from './read-figure.ts';

export const columnNames = [
  'State',
  'IP',
  'Host',
  'Proto',
  'TLS profile',
  'Age',
  'Idle',
  'Requests',
  'Errors',
  'TCP ms',
  'TLS ms',
  'Last ms',
] as const;
export type ColumnName = (typeof columnNames)[number];

export class ConnectionsPage extends ConsolePage {
  get grid(): Locator {
    return this.page.getByRole('grid', { name: 'Connections' });
  }

  get filter(): Locator {
    return this.page.getByRole('combobox', { name: 'Filter connections' });
  }

  /** Holds order and lines still. */
  get freeze(): Locator {
    return this.page.getByRole('button', { name: 'Freeze' });
  }

  /** `24 connections`, `8 of 24 connections`. */
  get tally(): Locator {
    return this.page.getByRole('status').filter({ hasText: /connections?$/ });
  }

  /** The lines in sight, without the head. */
  get lines(): Locator {
    return this.grid.locator('tbody').getByRole('row');
  }

  /** Of one IP, among the lines in sight. */
  linesOf(ip: string): Locator {
    return this.lines.filter({ has: this.page.getByRole('gridcell', { name: ip, exact: true }) });
  }

  static async of(page: Page): Promise<ConnectionsPage> {
    const connections = new ConnectionsPage(page);
    await connections.open('Connections');
    return connections;
  }

  head(column: ColumnName): Locator {
    return this.grid.getByRole('columnheader', { name: column, exact: true });
  }

  async sortBy(column: ColumnName): Promise<void> {
    await this.head(column).getByRole('button').click();
  }

  /** One column of the lines in sight, from the top of the table down; read in one moment. */
  column(column: ColumnName): Promise<string[]> {
    const index = columnNames.indexOf(column);
    return this.lines.evaluateAll(
      (lines, at) =>
        lines
          .sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
          .map((line) => line.children[at]?.textContent ?? ''),
      index,
    );
  }

  /** How many fit the filter; waits until the filter has come into effect. */
  async count(filter: string): Promise<number> {
    await this.filter.fill(filter);
    const none = this.page.getByText('No connection fits the filter');
    await expect(none.or(this.tally)).not.toHaveCount(0);
    return readFigure(await this.tally.innerText()) ?? 0;
  }
}
