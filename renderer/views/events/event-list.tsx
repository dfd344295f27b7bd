/** The virtual log: only the lines in sight exist, the keyboard walks through all of them. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { cx } from '../../parts/class-names.ts';
import { dateAndTime } from '../../words/dates.ts';
import { timeOfDay } from '../../words/format.ts';
import { keyOf } from './event-filter.ts';
import styles from './events.module.css';
import { LevelMark } from './level-mark.tsx';
import { type ShownEvent, sentenceOf } from './shown-event.ts';
import { words } from './words.ts';

const rowHeight = 26;
const headHeight = 28;
/** Older ones are read before the end is in sight. */
const readAheadRows = 40;
const columns = ['time', 'level', 'kind', 'subject', 'text'] as const;

export interface EventListProps {
  readonly events: readonly ShownEvent[];
  readonly nowMs: number;
  readonly onOpen: (event: ShownEvent) => void;
  readonly onNearEnd: () => void;
}

export function EventList({ events, nowMs, onOpen, onNearEnd }: EventListProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const virtualizer = useVirtualizer({
    count: events.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollPaddingStart: headHeight,
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  const isNearEnd = (items.at(-1)?.index ?? 0) >= events.length - readAheadRows;
  useEffect(() => {
    if (isNearEnd && (scrollRef.current?.scrollTop ?? 0) > 0) {
      onNearEnd();
    }
  }, [isNearEnd, onNearEnd]);

  const activeIndex = activeKey === null ? -1 : events.findIndex((event) => keyOf(event) === activeKey);
  const go = (index: number): void => {
    const event = events[Math.min(events.length - 1, Math.max(0, index))];
    if (event) {
      setActiveKey(keyOf(event));
      virtualizer.scrollToIndex(events.indexOf(event));
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const page = Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? 0) / rowHeight) - 2);
    const steps: Partial<Record<string, number>> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      PageDown: activeIndex + page,
      PageUp: activeIndex - page,
      Home: 0,
      End: events.length - 1,
    };
    const wanted = steps[event.key];
    const active = events[activeIndex];
    if (wanted !== undefined) {
      event.preventDefault();
      go(wanted);
    } else if (event.key === 'Enter' && active) {
      event.preventDefault();
      onOpen(active);
    }
  };
  const onClick = ({ target }: MouseEvent<HTMLElement>): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
    const event = row && events[Number(row.dataset.row)];
    if (event) {
      setActiveKey(keyOf(event));
      onOpen(event);
    }
  };
  const activeShown = items.some(({ index }) => index === activeIndex);
  /** Worked with as a grid: it has the focus itself and names the line the keyboard stands on. */
  const grid = {
    role: 'grid',
    tabIndex: 0,
    'aria-label': words.grid,
    'aria-rowcount': events.length + 1,
    'aria-colcount': columns.length,
    'aria-activedescendant': activeShown && activeKey !== null ? `event-${activeKey}` : undefined,
  };
  return (
    <div ref={scrollRef} className={styles.scroll}>
      <table className={styles.grid} {...grid} onKeyDown={onKeyDown} onClick={onClick}>
        <thead className={styles.head}>
          <tr aria-rowindex={1} className={styles.row}>
            {columns.map((name) => (
              <th key={name} scope="col" className={styles[name]}>
                {words.columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const event = events[index];
            return event === undefined ? null : (
              <EventRow
                key={keyOf(event)}
                event={event}
                index={index}
                top={start}
                nowMs={nowMs}
                active={index === activeIndex}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface EventRowProps {
  readonly event: ShownEvent;
  readonly index: number;
  readonly top: number;
  readonly nowMs: number;
  readonly active: boolean;
}

function EventRow({ event, index, top, nowMs, active }: EventRowProps) {
  const { atMs, level, kind, subject } = event;
  const text = sentenceOf(event);
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  return (
    <tr
      id={`event-${keyOf(event)}`}
      data-row={index}
      aria-rowindex={index + 2}
      aria-selected={active}
      className={cx(styles.row, styles.line, active && styles.active)}
      style={{ transform: `translateY(${top}px)` }}
    >
      <td className={styles.time} title={`${dateAndTime(atMs)}:${timeOfDay(atMs).slice(-2)}`}>
        {isToday ? timeOfDay(atMs) : dateAndTime(atMs).slice(5)}
      </td>
      <td className={styles.level}>
        <LevelMark level={level} />
      </td>
      <td className={styles.kind} title={kind}>
        {kind}
      </td>
      <td className={styles.subject} title={subject}>
        {subject}
      </td>
      <td className={styles.text} title={text}>
        {text}
      </td>
    </tr>
  );
}
