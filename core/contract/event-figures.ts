/** Figures as the sentences of events write them, the same in every language but for the words around them. */
import { oneDigit, whole } from './counted.ts';
import { type ErrorClass, errorClasses } from './vocabulary.ts';

/** A share in per cent, everywhere the same: to a tenth, and never rounded up to all. */
export function percentOf(share: number): number {
  const rounded = Math.round(share * 1_000) / 10;
  return rounded === 100 && share < 1 ? 99.9 : rounded;
}

/** `71 %`, `66.7 %`. */
export function percent(share: number): string {
  return `${percentOf(share)} %`;
}

/** A second. */
export function rate(perSecond: number): string {
  return perSecond < 10 ? oneDigit(perSecond) : whole(perSecond);
}

/** The last part of a path, of whatever system. */
export function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) || path;
}

/** Of the addresses that a warm-up has lost, so many are named in its event; its run has more of them. */
export const lostNamed = 5;

interface Progress {
  readonly done: number;
  readonly total: number;
}

const barCells = 20;

/** `[##########··········] 50 %`; `sign` is how a language writes per cent. */
export function progressBar({ done, total }: Progress, sign = ' %'): string {
  const share = total === 0 ? 1 : done / total;
  const filled = Math.floor(share * barCells);
  return `[${'#'.repeat(filled)}${'·'.repeat(barCells - filled)}] ${Math.floor(share * 100)}${sign}`;
}

export type ErrorCountsData = { readonly [Class in ErrorClass as `error.${Class}`]?: number };

/** The classes that came, those with the most failures first. */
export function errorsOf(data: ErrorCountsData): readonly (readonly [ErrorClass, number])[] {
  return errorClasses
    .map((name) => [name, data[`error.${name}`] ?? 0] as const)
    .filter(([, failures]) => failures > 0)
    .sort(([, one], [, other]) => other - one);
}

/** How a span is written. */
export interface SpanUnits {
  readonly millisecond: string;
  readonly second: string;
  /** Alone, and with seconds or hours beside it. */
  readonly minute: string;
  readonly minuteBeside: string;
  readonly hour: string;
  readonly day: string;
  /** Between a figure and its unit. */
  readonly space: string;
}

const unitsEn: SpanUnits = {
  millisecond: 'ms',
  second: 's',
  minute: 'min',
  minuteBeside: 'min',
  hour: 'h',
  day: 'd',
  space: ' ',
};
export const unitsZh: SpanUnits = {
  millisecond: 'ms',
  second: '秒',
  minute: '分钟',
  minuteBeside: '分',
  hour: '小时',
  day: '天',
  space: ' ',
};

/** `350 ms`, `1.2 s`, `2 min`, `3 min 4 s`, `2 h 5 min`, `1 d 3 h`, by the units of a language: two of them at most. */
export function spanOf(ms: number, units: SpanUnits): string {
  const of = (value: number, unit: string): string => `${value}${units.space}${unit}`;
  if (ms < 1_000) {
    return of(Math.max(0, Math.round(ms)), units.millisecond);
  }
  if (ms < 60_000) {
    return of(Math.floor(ms / 100) / 10, units.second);
  }
  const [seconds, minutes, hours] = [Math.floor(ms / 1_000), Math.floor(ms / 60_000), Math.floor(ms / 3_600_000)];
  const [first, second] =
    minutes < 60
      ? [[minutes, units.minuteBeside] as const, [seconds % 60, units.second] as const]
      : hours < 24
        ? [[hours, units.hour] as const, [minutes % 60, units.minuteBeside] as const]
        : [[Math.floor(hours / 24), units.day] as const, [hours % 24, units.hour] as const];
  if (second[0] === 0) {
    return minutes < 60 ? of(minutes, units.minute) : of(...first);
  }
  return `${of(...first)} ${of(...second)}`;
}

/** In English. */
export function duration(ms: number): string {
  return spanOf(ms, unitsEn);
}

/** As a screen writes it: a figure and its unit are not parted at the end of a line. */
export const screenUnitsEn: SpanUnits = { ...unitsEn, space: '\u202f' };
export const screenUnitsZh: SpanUnits = { ...unitsZh, space: '\u202f' };
