/** Figures as the sentences of events write them, the same in every language but for the words around them. */
import { oneDigit, whole } from './counted.ts';
import { type ErrorClass, errorClasses } from './vocabulary.ts';

/** Never rounded up to what it has not reached. */
export function wholePercent(share: number): number {
  return Math.floor(share * 100 + 1e-9);
}

/** `71 %`. */
export function percent(share: number): string {
  return `${wholePercent(share)} %`;
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

/** How a span is written; each with its space or without. */
interface SpanUnits {
  readonly millisecond: string;
  readonly second: string;
  readonly minute: string;
  readonly hour: string;
  /** The minutes of an hour or the seconds of a minute follow. */
  readonly between: string;
}

const unitsEn: SpanUnits = { millisecond: ' ms', second: ' s', minute: ' min', hour: ' h', between: ' ' };
export const unitsZh: SpanUnits = { millisecond: ' 毫秒', second: ' 秒', minute: ' 分', hour: ' 小时', between: ' ' };

/** `350 ms`, `1.2 s`, `3 min 4 s`, `2 h 5 min`, by the units of a language. */
export function spanOf(ms: number, { millisecond, second, minute, hour, between }: SpanUnits): string {
  if (ms < 1_000) {
    return `${Math.max(0, Math.round(ms))}${millisecond}`;
  }
  if (ms < 60_000) {
    return `${Number((Math.floor(ms / 100) / 10).toFixed(1))}${second}`;
  }
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) {
    return `${minutes}${minute}${between}${Math.floor((ms % 60_000) / 1_000)}${second}`;
  }
  return `${Math.floor(minutes / 60)}${hour}${between}${minutes % 60}${minute}`;
}

/** In English. */
export function duration(ms: number): string {
  return spanOf(ms, unitsEn);
}
