/** Numbers, shares, times and sizes as an operator reads them, in the language of the moment. */
import { percentOf } from '../../core/contract/event-figures.ts';
import { inLanguages } from './language.ts';
import * as en from './units-en.ts';
import * as zh from './units-zh.ts';

const thin = '\u202f';
export const none = '–';

const units = inLanguages(en.units, zh.units);

function figuresOf({ locale }: Pick<typeof en.units, 'locale'>) {
  return {
    whole: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }),
    oneDigit: new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    twoDigits: new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    decimal: new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }),
    compact: new Intl.NumberFormat(locale, { maximumSignificantDigits: 3, notation: 'compact' }),
  };
}

const figures = inLanguages(figuresOf(en.units), figuresOf(zh.units));

/** As Intl names it. */
export function locale(): string {
  return units.locale;
}

export function count(value: number | null): string {
  return value === null ? none : figures.whole.format(value);
}

/** With all the digits that it has: a limit as it is written. */
export function decimal(value: number): string {
  return figures.decimal.format(value);
}

/** `1.2K`, `1.2万`: along an axis, where there is no room for more. */
export function compact(value: number): string {
  return figures.compact.format(value);
}

/** 0 to 1 as per cent, without the sign: `99.2`; whole at both ends. Never rounded up to 100. */
export function percentFigure(share: number | null): string {
  if (share === null) {
    return none;
  }
  const percent = percentOf(share);
  return percent === 100 || percent === 0 ? figures.whole.format(percent) : figures.oneDigit.format(percent);
}

/** `71 %`, `99.2 %` (`71%` in Chinese): a share in a sentence. */
export function percent(share: number | null): string {
  return share === null ? none : units.percent(percentFigure(share).replace(/\.0$/, ''));
}

/** `99.95 %`: a limit as it is set, with all its digits. */
export function exactPercent(share: number): string {
  return units.percent(decimal(share * 100));
}

/** `50 ms`, `1.25 s`: a limit as it is set, with all its digits. */
export function exactSeconds(seconds: number): string {
  return seconds < 1 ? `${decimal(seconds * 1_000)}${thin}ms` : units.seconds(decimal(seconds));
}

/** Milliseconds without the unit, with as many digits as say something. */
export function millisecondsFigure(ms: number | null): string {
  if (ms === null) {
    return none;
  }
  if (ms >= 100) {
    return figures.whole.format(ms);
  }
  if (ms === 0) {
    return '0';
  }
  if (ms < 0.01) {
    return '<0.01';
  }
  return ms >= 1 ? figures.oneDigit.format(ms) : figures.twoDigits.format(ms);
}

export function milliseconds(ms: number | null): string {
  return ms === null ? none : `${millisecondsFigure(ms)}${thin}ms`;
}

/** `620 ms`, `7.3 s`, `120 s`: a time beside its threshold, in one unit with it. */
export function secondsOrLess(ms: number): string {
  return ms < 1_000 ? milliseconds(ms) : units.seconds(figures.decimal.format(Math.round(ms / 100) / 10));
}

export function rate(perSecond: number | null): string {
  if (perSecond === null) {
    return none;
  }
  return perSecond >= 100 || Number.isInteger(perSecond)
    ? figures.whole.format(perSecond)
    : figures.oneDigit.format(perSecond);
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** `1:47`, `2:14:07`: an age that is read beside others. */
export function stopwatch(ms: number | null): string {
  if (ms === null) {
    return none;
  }
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

/** `40 s`, `41 min`, `2 h 14 min`, `3 d 4 h` (`2 小时 14 分`): a time span in a sentence. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes > 0 && minutes < 3 && seconds % 60 > 0) {
    return units.minutesAndSeconds(count(minutes), count(seconds % 60));
  }
  if (hours > 0 && hours < 24 && minutes % 60 > 0) {
    return units.hoursAndMinutes(count(hours), count(minutes % 60));
  }
  if (hours >= 24 && hours % 24 > 0) {
    return units.daysAndHours(count(Math.floor(hours / 24)), count(hours % 24));
  }
  return coarseSpan(ms);
}

/** How long something took: with a tenth of a second while that says something. */
export function took(ms: number): string {
  return ms < 10_000 ? units.seconds(figures.oneDigit.format(ms / 1_000)) : span(ms);
}

/** `40 s`, `41 min`, `19 h`, `3 d`: the largest unit alone, where a column is narrow. */
export function coarseSpan(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) {
    return units.seconds(count(seconds));
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return units.minutes(count(minutes));
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? units.hours(count(hours)) : units.days(count(Math.floor(hours / 24)));
}

/** What is left, as `coarseSpan` but to the nearest: of a day there is `1 d` left from its first second on, not `23 h`. */
export function spanLeft(ms: number): string {
  const unitMs = ms < 60_000 ? 1_000 : ms < 3_600_000 ? 60_000 : ms < 86_400_000 ? 3_600_000 : 86_400_000;
  return coarseSpan(Math.round(ms / unitMs) * unitMs);
}

/** `14:31:07` by this machine's zone. */
export function timeOfDay(epochMs: number): string {
  const date = new Date(epochMs);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/** `14:31`. */
export function hourAndMinute(epochMs: number): string {
  return timeOfDay(epochMs).slice(0, 5);
}

const sizes = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

export function bytes(value: number): string {
  let size = value;
  let unit = 0;
  while (size >= 1_000 && unit < sizes.length - 1) {
    size /= 1_000;
    unit += 1;
  }
  const figure = unit === 0 || size >= 100 ? figures.whole.format(size) : figures.oneDigit.format(size);
  return `${figure}${thin}${sizes[unit] ?? 'B'}`;
}

/** What is said of something: `a: b` (`a：b`). */
export function named(name: string, text: string): string {
  return units.named(name, text);
}

/** Clauses of one sentence: `a; b` (`a；b`). */
export function clauses(parts: readonly string[]): string {
  return units.clauses(parts);
}

/** Several of one kind: `a, b` (`a、b`). */
export function together(parts: readonly string[]): string {
  return units.together(parts);
}

/** `1 connection`, `12 connections`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
