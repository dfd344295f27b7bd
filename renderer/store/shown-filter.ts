/** The filter that the connections are shown by: what a link has asked for, else the operator's own, which is kept. */
import { longestKeptFilter } from '../../core/contract/preferences.ts';
import { changePreferences, type Preferences, usePreferences } from './preferences.ts';
import { type TableView, tableViewOf } from './saved-views.ts';
import { changeScreen, useScreen } from './screen.ts';

export function useShownFilter(): string {
  const own = usePreferences((state) => state.connectionFilter);
  return useScreen((state) => state.linkedFilter) ?? own;
}

/** The operator's own from now on, whatever a link has asked for; one that is too long to be kept holds as a link's does. */
export function changeFilter(connectionFilter: string): void {
  if (connectionFilter.length > longestKeptFilter) {
    changeScreen({ linkedFilter: connectionFilter });
    return;
  }
  changePreferences({ connectionFilter });
  backToOwnFilter();
}

export function backToOwnFilter(): void {
  changeScreen({ linkedFilter: null });
}

/** The table as it is looked at, to be saved or compared. */
export function shownTableView(preferences: Preferences, linkedFilter: string | null): TableView {
  const view = tableViewOf(preferences);
  return linkedFilter === null ? view : { ...view, connectionFilter: linkedFilter };
}

export function showTableView(view: TableView): void {
  changePreferences(tableViewOf(view));
  backToOwnFilter();
}
