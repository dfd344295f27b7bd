/** Times as their operator reads them: today by the clock, else with the date. */
import { hourAndMinute, timeOfDay } from './format.ts';

const pad = (value: number): string => String(value).padStart(2, '0');

/** `2026-01-31 14:31`. */
export function dateAndTime(epochMs: number): string {
  const date = new Date(epochMs);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${hourAndMinute(epochMs)}`;
}

/** `14:31` of the same day, else `01-31 14:31`. */
export function shortTime(epochMs: number, nowMs: number): string {
  return isSameDay(epochMs, nowMs) ? hourAndMinute(epochMs) : dateAndTime(epochMs).slice(5);
}

/** `14:31:07` of the same day, else `01-31 14:31`. */
export function shortMoment(epochMs: number, nowMs: number): string {
  return isSameDay(epochMs, nowMs) ? timeOfDay(epochMs) : shortTime(epochMs, nowMs);
}

function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
