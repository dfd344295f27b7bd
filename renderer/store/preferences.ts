/** What the operator chose about the screen; kept in this browser. */
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { type Language, languages } from '../../core/contract/language.ts';
import type { ColumnLayout } from './column-layout.ts';
import type { Grouping } from './connection-lines.ts';
import type { ConnectionSort } from './connection-order.ts';
import { plainTableView, type SavedView } from './saved-views.ts';

/** `contrast`: high contrast, dark or light as the system is. */
export const themes = ['dark', 'light', 'system', 'contrast'] as const;
export type Theme = (typeof themes)[number];

export const densities = ['compact', 'comfortable'] as const;
export type Density = (typeof densities)[number];

export const languageChoices = ['system', ...languages] as const;
/** `system`: what the browser or desktop asks for, where it is there. */
export type LanguageChoice = Language | 'system';

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

const initial: Preferences = {
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
  persist(() => initial, {
    name: 'hotpool.preferences',
    version: 1,
    storage: createJSONStorage(() => localStorage),
  }),
);

export function changePreferences(change: Partial<Preferences>): void {
  usePreferences.setState(change);
}

/** What is chosen in another tab holds in this one too: each writes all of it, and would wipe out the other's choice. */
export function sharePreferences(page: Pick<Window, 'addEventListener'>): void {
  page.addEventListener('storage', ({ key }) => {
    if (key === null || key === usePreferences.persist.getOptions().name) {
      void usePreferences.persist.rehydrate();
    }
  });
}
