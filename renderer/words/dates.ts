/** Times as their operator reads them: today by the clock, else with the date. */
import { hourAndMinute, timeOfDay } from './format.ts';
import { inLanguages } from './language.ts';
import * as en from './units-en.ts';
import * as zh from './units-zh.ts';

function daysOf({ dateLocale: locale }: Pick<typeof en.units, 'dateLocale'>) {
  return {
    day: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }),
    dayOfYear: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }),
  };
}

const units = inLanguages(en.units, zh.units);
const days = inLanguages(daysOf(en.units), daysOf(zh.units));

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

/** `14:09:00 to 14:09:30`; with the date where it does not begin today. */
export function stretch(fromMs: number, toMs: number): string {
  const at = isSameDay(fromMs, Date.now()) ? timeOfDay : dateAndTime;
  return units.stretch(at(fromMs), at(toMs));
}

/** `21 Nov 14:09:31`; with the year where it is another one. */
export function longMoment(epochMs: number, nowMs: number): string {
  const date = new Date(epochMs);
  const isThisYear = date.getFullYear() === new Date(nowMs).getFullYear();
  return `${(isThisYear ? days.day : days.dayOfYear).format(date)} ${timeOfDay(epochMs)}`;
}
