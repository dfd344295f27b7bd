/** How operators want their console: kept in the data folder, the same in every window, whatever address it is opened by. */
import { z } from 'zod';
import { command, stream } from './define.ts';
import { languages } from './language.ts';

/** `contrast`: high contrast, dark or light as the system is. */
export const themes = ['dark', 'light', 'system', 'contrast'] as const;
export type Theme = (typeof themes)[number];

export const densities = ['compact', 'comfortable'] as const;
export type Density = (typeof densities)[number];

export const languageChoices = ['system', ...languages] as const;
/** `system`: what the browser or desktop asks for, where it is there. */
export type LanguageChoice = (typeof languageChoices)[number];

/** Characters of a filter of the connections: a longer one holds while the page is open. */
export const longestKeptFilter = 2_000;

/** Of a column or a grouping: which there are is for the table to know, and changes with its versions. */
const nameSchema = z.string().max(60);
const tableView = {
  connectionSort: z.object({ column: nameSchema, descending: z.boolean() }),
  connectionFilter: z.string().max(longestKeptFilter),
  connectionGrouping: nameSchema,
  columnOrder: z.array(nameSchema).max(100),
  hiddenColumns: z.array(nameSchema).max(100),
  /** Pixels. */
  columnWidths: z.record(nameSchema, z.number().min(0).max(10_000)),
};

/** Each of them as it was chosen; what nobody has chosen is not there. */
export const keptPreferencesSchema = z
  .object({
    theme: z.enum(themes),
    density: z.enum(densities),
    /** Per cent. */
    zoom: z.number().min(20).max(500),
    language: z.enum(languageChoices),
    ...tableView,
    savedViews: z.array(z.object({ name: z.string().max(100), ...tableView })).max(500),
    operatorName: z.string().max(200),
    /** Keys by the action's id; null: none. */
    bindings: z.record(z.string().max(100), z.string().max(100).nullable()),
    /** Newest first. */
    recentCommands: z.array(z.string().max(300)).max(100),
  })
  .partial();
export type KeptPreferences = z.infer<typeof keptPreferencesSchema>;

export const preferenceRequests = {
  /** What is named replaces what was kept of it, in every window. On the disk when it is answered; `refused` when it cannot be. */
  'preferences.change': command(z.object({ change: keptPreferencesSchema }), z.object({})),
} as const;

export const preferenceStreams = {
  /** All of them, at each change. */
  preferences: stream(keptPreferencesSchema),
} as const;
