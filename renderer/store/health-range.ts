/** Which stretch of the past is shown, and how one came to it; it outlives a walk to another view. */
import { create } from 'zustand';
import type { TimeFrame } from '../base/time-frame.ts';

/** The last so many milliseconds, going on with time; or one stretch that stands still. */
export type ShownRange = { readonly kind: 'last'; readonly ms: number } | ({ readonly kind: 'between' } & TimeFrame);

const minuteMs = 60_000;
export const presetsMs = [15, 60, 360, 1_440, 10_080].map((minutes) => minutes * minuteMs);
/** Checks are a second apart at best: less of time shows nothing more. */
export const shortestMs = 20_000;
/** The longest preset: beyond it a column is hours wide. */
export const longestMs = 7 * 1_440 * minuteMs;
const mostBack = 20;

interface RangeState {
  readonly range: ShownRange;
  /** Where one came from by drawing out a piece, oldest first. */
  readonly back: readonly ShownRange[];
  /** Hosts and networks whose parts are shown, by the key of their row. */
  readonly opened: readonly string[];
}

export const useHealthRange = create<RangeState>()(() => ({
  range: { kind: 'last', ms: 15 * minuteMs },
  back: [],
  opened: [],
}));

export function showLast(ms: number): void {
  useHealthRange.setState({ range: { kind: 'last', ms }, back: [] });
}

/** A piece that was drawn out; a shorter one than makes sense is widened about its middle. */
export function zoomTo({ fromMs, toMs }: TimeFrame): void {
  const missing = Math.max(0, shortestMs - (toMs - fromMs)) / 2;
  const next = { kind: 'between', fromMs: Math.floor(fromMs - missing), toMs: Math.ceil(toMs + missing) } as const;
  useHealthRange.setState(({ range, back }) =>
    range.kind === 'between' && range.fromMs === next.fromMs && range.toMs === next.toMs
      ? {}
      : { range: next, back: [...back, range].slice(-mostBack) },
  );
}

/** Half of the frame; what is at `atMs` stays where it stands in the picture. */
export function halfAbout({ fromMs, toMs }: TimeFrame, atMs: number): TimeFrame {
  return { fromMs: (fromMs + atMs) / 2, toMs: (toMs + atMs) / 2 };
}

/** Twice the frame about its middle, at most the longest; it ends at the present at the latest. */
export function doubled({ fromMs, toMs }: TimeFrame, nowMs: number): TimeFrame {
  const spanMs = Math.min(longestMs, 2 * (toMs - fromMs));
  const end = Math.min(nowMs, (fromMs + toMs + spanMs) / 2);
  return { fromMs: end - spanMs, toMs: end };
}

/** The frame moved by a share of itself, to the present at the latest. */
export function moved({ fromMs, toMs }: TimeFrame, share: number, nowMs: number): TimeFrame {
  const byMs = Math.min(share * (toMs - fromMs), Math.max(0, nowMs - toMs));
  return { fromMs: fromMs + byMs, toMs: toMs + byMs };
}

/** Along the time: a walk of many steps is one step back. */
export function panTo({ fromMs, toMs }: TimeFrame): void {
  useHealthRange.setState(({ range, back }) => ({
    range: { kind: 'between', fromMs: Math.floor(fromMs), toMs: Math.ceil(toMs) },
    back: range.kind === 'between' ? back : [...back, range].slice(-mostBack),
  }));
}

export function zoomBack(): void {
  useHealthRange.setState(({ range, back }) => ({ range: back.at(-1) ?? range, back: back.slice(0, -1) }));
}

export function toggleOpened(key: string): void {
  useHealthRange.setState(({ opened }) => ({
    opened: opened.includes(key) ? opened.filter((one) => one !== key) : [...opened, key],
  }));
}

export function frameOf(range: ShownRange, nowMs: number): TimeFrame {
  return range.kind === 'between' ? range : { fromMs: nowMs - range.ms, toMs: nowMs };
}

/** How often it is asked for anew: often enough to see a new cell, and what stands still seldom. */
export function againAfterMs(range: ShownRange): number {
  return range.kind === 'between' ? 60_000 : Math.min(60_000, Math.max(5_000, range.ms / 180));
}
