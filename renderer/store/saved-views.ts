/** Views of the connections table that the operator has given a name. */
import type { Preferences } from './preferences.ts';

/** All that makes the table what it is. */
export type TableView = Pick<
  Preferences,
  'connectionFilter' | 'connectionSort' | 'connectionGrouping' | 'columnOrder' | 'hiddenColumns' | 'columnWidths'
>;

export interface SavedView extends TableView {
  readonly name: string;
}

export const longestViewName = 60;

export function tableViewOf(preferences: TableView): TableView {
  const { connectionFilter, connectionSort, connectionGrouping, columnOrder, hiddenColumns, columnWidths } =
    preferences;
  return { connectionFilter, connectionSort, connectionGrouping, columnOrder, hiddenColumns, columnWidths };
}

/** The table as it is when nothing was chosen. */
export const plainTableView: TableView = {
  connectionFilter: '',
  connectionSort: { column: 'ip', descending: false },
  connectionGrouping: 'none',
  columnOrder: [],
  hiddenColumns: [],
  columnWidths: {},
};

/** Whether the table is just so now. */
export function isShown(view: TableView, preferences: TableView): boolean {
  return JSON.stringify(tableViewOf(view)) === JSON.stringify(tableViewOf(preferences));
}

/** With this one in place of another of its name, or at the end. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  return views.some(({ name }) => name === view.name)
    ? views.map((known) => (known.name === view.name ? view : known))
    : [...views, view];
}
