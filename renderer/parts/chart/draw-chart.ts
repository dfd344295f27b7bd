/** Draws curves over time on a canvas: 300 points of three series take well under a millisecond. */
import { token } from '../../styles/theme.ts';
import { compact, hourAndMinute, timeOfDay } from '../../words/format.ts';
import type { CanvasSize } from '../canvas/canvas.tsx';
import { endsGap, labelHeight, roomForLabel, spreadLabels } from './labels.ts';
import type { CurveLook, Point } from './series.ts';

export interface ChartFrame {
  readonly points: readonly Point[];
  readonly curves: readonly CurveLook[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly bucketMs: number;
  readonly ceiling: number;
  readonly format: (value: number) => string;
  /** The moment pointed at. */
  readonly crossAtMs: number | null;
  /** CSS pixels at the right for the names of the curves: {@link roomForEnds}. */
  readonly endsWidth: number;
}

const margin = { top: 8, bottom: 18, left: 30 };
const nameGap = 3;
/** CSS pixels from where on three lines are too few to read a curve by. */
const tallChart = 300;

export function timeAt(x: number, size: CanvasSize, frame: Pick<ChartFrame, 'fromMs' | 'toMs' | 'endsWidth'>): number {
  const width = size.width - margin.left - frame.endsWidth;
  const share = Math.min(1, Math.max(0, (x - margin.left) / width));
  return frame.fromMs + share * (frame.toMs - frame.fromMs);
}

export function drawChart(context: CanvasRenderingContext2D, size: CanvasSize, frame: ChartFrame): void {
  const right = size.width - frame.endsWidth;
  const bottom = size.height - margin.bottom;
  const x = (atMs: number): number =>
    margin.left + ((atMs - frame.fromMs) / (frame.toMs - frame.fromMs)) * (right - margin.left);
  const y = (value: number): number => bottom - (value / frame.ceiling) * (bottom - margin.top);

  drawGrid(context, frame, { right, bottom, x, y });
  context.save();
  context.beginPath();
  context.rect(margin.left, 0, right - margin.left, size.height);
  context.clip();
  for (const [index, curve] of frame.curves.entries()) {
    drawCurve(context, frame, index, curve, { bottom, x, y });
  }
  if (frame.crossAtMs !== null) {
    context.fillStyle = token('--text-2');
    context.fillRect(Math.round(x(frame.crossAtMs)), margin.top, 1, bottom - margin.top);
  }
  context.restore();
  drawEnds(context, frame, right, y);
}

interface Scale {
  readonly right: number;
  readonly bottom: number;
  readonly x: (atMs: number) => number;
  readonly y: (value: number) => number;
}

function drawGrid(context: CanvasRenderingContext2D, frame: ChartFrame, { right, bottom, x, y }: Scale): void {
  context.font = `${token('--size-micro')} ${token('--font-text')}`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const share of bottom > tallChart ? [0, 0.25, 0.5, 0.75, 1] : [0, 0.5, 1]) {
    const value = frame.ceiling * share;
    const at = Math.round(y(value));
    context.fillStyle = token(share === 0 ? '--line' : '--line-soft');
    context.fillRect(margin.left, at, right - margin.left, 1);
    context.fillStyle = token('--text-3');
    // Axis figures are round, so they need no unit and hardly a digit.
    context.fillText(compact(value), margin.left - 6, at);
  }
  context.textBaseline = 'top';
  context.textAlign = 'center';
  const spanMs = frame.toMs - frame.fromMs;
  const stepMs =
    [2_000, 5_000, 10_000, 30_000, 60_000, 180_000, 300_000, 900_000].find((step) => (right / spanMs) * step >= 64) ??
    900_000;
  context.fillStyle = token('--text-3');
  for (let atMs = Math.ceil(frame.fromMs / stepMs) * stepMs; atMs < frame.toMs; atMs += stepMs) {
    const at = x(atMs);
    if (at > margin.left + 12 && at < right - 12) {
      context.fillText(stepMs < 60_000 ? timeOfDay(atMs) : hourAndMinute(atMs), at, bottom + 5);
    }
  }
}

function drawCurve(
  context: CanvasRenderingContext2D,
  frame: ChartFrame,
  index: number,
  curve: CurveLook,
  { bottom, x, y }: Pick<Scale, 'bottom' | 'x' | 'y'>,
): void {
  const color = token(curve.color);
  const half = frame.bucketMs / 2;
  if (curve.look === 'bars') {
    const width = Math.max(1, x(frame.fromMs + frame.bucketMs) - x(frame.fromMs) - 0.5);
    context.fillStyle = color;
    for (const point of frame.points) {
      const value = point.values[index] ?? 0;
      if (value > 0) {
        const top = Math.min(bottom - 2, y(value));
        context.fillRect(x(point.atMs), top, width, bottom - top);
      }
    }
    return;
  }
  context.lineWidth = 1.4;
  context.lineJoin = 'round';
  context.strokeStyle = color;
  for (const run of unbrokenRuns(frame, index)) {
    context.beginPath();
    for (const { atMs, value } of run) {
      context.lineTo(x(atMs + half), y(value));
    }
    context.stroke();
    const first = run[0];
    const last = run.at(-1);
    if (curve.look === 'area' && first && last) {
      context.lineTo(x(last.atMs + half), bottom);
      context.lineTo(x(first.atMs + half), bottom);
      context.closePath();
      context.globalAlpha = 0.12;
      context.fillStyle = color;
      context.fill();
      context.globalAlpha = 1;
    }
  }
}

/** Pieces without a hole: a second without an answer has no latency, and no line is drawn through it. */
function unbrokenRuns(frame: ChartFrame, index: number): { atMs: number; value: number }[][] {
  const runs: { atMs: number; value: number }[][] = [];
  let run: { atMs: number; value: number }[] = [];
  let beforeMs: number | null = null;
  for (const { atMs, values } of frame.points) {
    const value = values[index] ?? null;
    const gap = beforeMs !== null && atMs - beforeMs > frame.bucketMs * 2;
    if ((value === null || gap) && run.length > 0) {
      runs.push(run);
      run = [];
    }
    if (value !== null) {
      run.push({ atMs, value });
    }
    beforeMs = atMs;
  }
  if (run.length > 0) {
    runs.push(run);
  }
  return runs;
}

interface End {
  readonly curve: CurveLook;
  readonly value: number;
}

/** The curves that have a name at their end, with their latest values. */
function endsOf({ points, curves }: Pick<ChartFrame, 'points' | 'curves'>): End[] {
  const last = points.at(-1);
  return curves
    .map((curve, index) => ({ curve, value: last?.values[index] ?? null }))
    .filter((end): end is End => end.value !== null && end.curve.look !== 'bars');
}

function figureFont(): string {
  return `600 ${token('--size-micro')} ${token('--font-text')}`;
}

function nameFont(): string {
  return `${token('--size-micro')} ${token('--font-text')}`;
}

/** CSS pixels that the widest of the names at the ends needs. */
export function roomForEnds(
  context: Pick<CanvasRenderingContext2D, 'font' | 'measureText'>,
  frame: Pick<ChartFrame, 'points' | 'curves' | 'format'>,
): number {
  const ends = endsOf(frame);
  const widths = ends.map(({ curve, value }) => {
    context.font = figureFont();
    const figure = context.measureText(frame.format(value)).width;
    context.font = nameFont();
    return figure + (ends.length > 1 ? nameGap + context.measureText(curve.label).width : 0);
  });
  return roomForLabel(Math.max(0, ...widths));
}

/** Each curve's name and latest value at its own end, moved apart where they would touch. */
function drawEnds(
  context: CanvasRenderingContext2D,
  frame: ChartFrame,
  right: number,
  y: (value: number) => number,
): void {
  const ends = endsOf(frame)
    .map((end) => ({ ...end, at: y(end.value) }))
    .sort((a, b) => b.at - a.at);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const places = spreadLabels(
    ends.map(({ at }) => at),
    labelHeight / 2,
  );
  for (const [index, { curve, value }] of ends.entries()) {
    const place = places[index] ?? 0;
    context.fillStyle = token(curve.color);
    context.font = figureFont();
    context.fillText(frame.format(value), right + endsGap, place);
    if (ends.length > 1) {
      const offset = context.measureText(frame.format(value)).width;
      context.font = nameFont();
      context.fillText(curve.label, right + endsGap + nameGap + offset, place);
    }
  }
}
