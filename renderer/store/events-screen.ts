/** What the operator looks for in the events: kept while another view is shown or the language changes. */
import { create } from 'zustand';
import type { EventLevel } from '../../core/contract/events.ts';
import { wholeIp } from '../base/ip-key.ts';

export interface EventFilter {
  /** Somewhere in text, kind or subject. */
  readonly text: string;
  /** Empty: every level. */
  readonly levels: readonly EventLevel[];
  /** `access`, or `access.changed`; null: all. */
  readonly kind: string | null;
  readonly host: string | null;
  /** As it is typed. */
  readonly ip: string;
}

/** The address that is looked for, as events write it; null: every one. What is no whole address fits no event. */
export function wantedIp({ ip }: Pick<EventFilter, 'ip'>): string | null {
  const text = ip.trim();
  return text === '' ? null : (wholeIp(text) ?? text);
}

export function isNoIp({ ip }: Pick<EventFilter, 'ip'>): boolean {
  return ip.trim() !== '' && wholeIp(ip.trim()) === null;
}

export const everything: EventFilter = { text: '', levels: [], kind: null, host: null, ip: '' };

export function isEverything({ text, levels, kind, host, ip }: EventFilter): boolean {
  return text === '' && levels.length === 0 && kind === null && host === null && ip === '';
}

export const ranges = {
  quarter: 900_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  all: 90 * 86_400_000,
} as const;
export type RangeName = keyof typeof ranges;

export interface EventsScreen {
  readonly filter: EventFilter;
  readonly range: RangeName;
  /** Runs of events that say the same are one line each. */
  readonly merged: boolean;
  /** The patterns and the log's place, where the screen is too narrow to have them always. */
  readonly side: boolean;
}

export const useEventsScreen = create<EventsScreen>()(() => ({
  filter: everything,
  range: 'hour',
  merged: true,
  side: false,
}));

export function changeEventsScreen(change: Partial<EventsScreen>): void {
  useEventsScreen.setState(change);
}

/** The shortest range that reaches back so far. */
export function rangeOver(ageMs: number): RangeName {
  const fits = (Object.keys(ranges) as RangeName[]).find((name) => ranges[name] > ageMs);
  return fits ?? 'all';
}
