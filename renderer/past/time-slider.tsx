/** The remembered time as a line, with what happened on it, and the moment that is shown. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { placeOf, type TimeFrame, ticksOf } from '../base/time-frame.ts';
import { cx } from '../parts/class-names.ts';
import type { Happening, Lane } from '../store/past/happenings.ts';
import { shortTime } from '../words/dates.ts';
import { hourAndMinute, timeOfDay } from '../words/format.ts';
import styles from './past.module.css';
import { words } from './words.ts';

const secondMs = 1_000;
const minuteMs = 60_000;
/** Marks nearer than this would hide each other: the weightier one stands. */
const gap = 9;

/** Each kind has a shape of its own, so that it can be told without its colour. */
const shapes: Readonly<Record<Lane, string>> = {
  ejections: 'M4 0l4 6H0zM0 7h8v1H0z',
  lists: 'M4 0a4 4 0 1 1 0 8A4 4 0 0 1 4 0z',
  'warm-ups': 'M.5.5h7v7h-7z',
  config: 'M0 0h8v2.5H0zM0 5.5h8V8H0z',
  alerts: 'M4 0l4 4-4 4-4-4z',
};
/** Lightest first. */
const weights: readonly Lane[] = ['warm-ups', 'config', 'lists', 'ejections', 'alerts'];

interface Mark {
  readonly lane: Lane;
  readonly x: number;
}

/** Of what would stand on one spot the weightiest. `happenings`: oldest first. */
export function marksOf(happenings: readonly Happening[], frame: TimeFrame, width: number): Mark[] {
  const marks: { lane: Lane; x: number }[] = [];
  for (const { lane, atMs } of happenings) {
    if (atMs < frame.fromMs || atMs >= frame.toMs) {
      continue;
    }
    const x = placeOf(atMs, frame, width);
    const last = marks.at(-1);
    if (last && x - last.x < gap) {
      last.lane = weights.indexOf(lane) > weights.indexOf(last.lane) ? lane : last.lane;
    } else {
      marks.push({ lane, x });
    }
  }
  return marks;
}

function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) {
      return;
    }
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}

function tickText(atMs: number, { fromMs, toMs }: TimeFrame): string {
  const lengthMs = toMs - fromMs;
  return lengthMs > 24 * 60 * minuteMs
    ? shortTime(atMs, toMs)
    : lengthMs < 10 * minuteMs
      ? timeOfDay(atMs)
      : hourAndMinute(atMs);
}

export interface TimeSliderProps {
  readonly frame: TimeFrame;
  /** null: the present. */
  readonly atMs: number | null;
  /** Nothing is remembered before; null: nothing at all. */
  readonly firstMs: number | null;
  /** Further back there is a picture only now and then. */
  readonly denseFromMs: number;
  readonly happenings: readonly Happening[];
  readonly onMove: (atMs: number) => void;
}

export function TimeSlider({ frame, atMs, firstMs, denseFromMs, happenings, onMove }: TimeSliderProps) {
  const { ref, width } = useWidth();
  const [fromS, toS] = [Math.ceil(frame.fromMs / secondMs), Math.floor(frame.toMs / secondMs)];
  const valueS = atMs === null ? toS : Math.min(toS, Math.max(fromS, Math.floor(atMs / secondMs)));
  const place = (ms: number): string => `${placeOf(ms, frame, 100)}%`;
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, shiftKey } = event;
    const steps: Record<string, number> = {
      ArrowLeft: shiftKey ? -10 * secondMs : -secondMs,
      ArrowDown: shiftKey ? -10 * secondMs : -secondMs,
      ArrowRight: shiftKey ? 10 * secondMs : secondMs,
      ArrowUp: shiftKey ? 10 * secondMs : secondMs,
      PageUp: minuteMs,
      PageDown: -minuteMs,
    };
    const step = steps[key];
    if (step !== undefined) {
      event.preventDefault();
      onMove((atMs ?? frame.toMs) + step);
    }
  };
  return (
    <div className={styles.slider}>
      <div className={styles.line} ref={ref} aria-hidden="true">
        <span className={styles.known} style={{ left: place(firstMs ?? frame.toMs), right: 0 }} />
        <span
          className={styles.dense}
          style={{ left: place(Math.max(denseFromMs, firstMs ?? frame.toMs)), right: 0 }}
        />
        {atMs !== null && <span className={styles.gone} style={{ left: place(atMs), right: 0 }} />}
        {marksOf(happenings, frame, width).map(({ lane, x }) => (
          <svg
            key={x}
            className={cx(styles.mark, styles[lane])}
            style={{ left: x }}
            viewBox="0 0 8 8"
            aria-hidden="true"
          >
            <path d={shapes[lane]} />
          </svg>
        ))}
        {ticksOf(frame, width).map((tickMs) => (
          <span key={tickMs} className={styles.tick} style={{ left: placeOf(tickMs, frame, width) }}>
            {tickText(tickMs, frame)}
          </span>
        ))}
      </div>
      <input
        type="range"
        className={styles.range}
        min={fromS}
        max={toS}
        step={1}
        value={valueS}
        disabled={firstMs === null}
        aria-label={words.slider}
        aria-valuetext={atMs === null ? words.sliderNow : words.moment(atMs, frame.toMs)}
        aria-description={words.keys}
        onChange={(event) => onMove(Number(event.target.value) * secondMs)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
