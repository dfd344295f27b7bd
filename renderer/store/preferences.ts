/** What the operator chose about the screen. The engine keeps it; this browser has a copy for the first paint. */
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { Density, LanguageChoice, Theme } from '../../core/contract/preferences.ts';
import type { ColumnLayout } from './column-layout.ts';
import type { Grouping } from './connection-lines.ts';
import type { ConnectionSort } from './connection-order.ts';
import { plainTableView, type SavedView } from './saved-views.ts';

export interface Preferences extends ColumnLayout {
  readonly theme: Theme;
  readonly density: Density;
  /** Per cent; only the desktop can zoom a page, a browser does it by itself. */
  readonly zoom: number;
  readonly language: LanguageChoice;
  readonly connectionSort: ConnectionSort;
  readonly connectionFilter: string;
  readonly connectionGrouping: Grouping;
  readonly savedViews: readonly SavedView[];
  /** Who says what is said to an alert; empty: nobody in particular. */
  readonly operatorName: string;
  /** This browser shows alerts outside of the page while it is not looked at. */
  readonly browserNotifications: boolean;
  /** Keys by the action's id, where they are not those it comes with; null: none. */
  readonly bindings: Readonly<Record<string, string | null>>;
  /** What was chosen in the palette lately, newest first. */
  readonly recentCommands: readonly string[];
}

export const initialPreferences: Preferences = {
  theme: 'dark',
  density: 'compact',
  zoom: 100,
  language: 'system',
  ...plainTableView,
  savedViews: [],
  operatorName: '',
  browserNotifications: false,
  bindings: {},
  recentCommands: [],
};

export const usePreferences = create<Preferences>()(
  persist(() => initialPreferences, {
    name: 'hotpool.preferences',
    version: 1,
    storage: createJSONStorage(() => localStorage),
  }),
);

export function changePreferences(change: Partial<Preferences>): void {
  usePreferences.setState(change);
}
