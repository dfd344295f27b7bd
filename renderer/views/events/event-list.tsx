/** The virtual log: only the lines in sight exist, the keyboard walks through all of them. */
import ChevronRight from 'lucide-react/icons/chevron-right';
import { type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { cx } from '../../parts/class-names.ts';
import { RowsAbove } from '../../parts/rows-above.tsx';
import { useVirtualRows } from '../../parts/virtual-rows.ts';
import { dateAndTime } from '../../words/dates.ts';
import { none, timeOfDay } from '../../words/format.ts';
import { type EventRun, factsOf, type LogLine } from './event-runs.ts';
import styles from './events.module.css';
import { LevelMark } from './level-mark.tsx';
import { type ShownEvent, sentenceOf } from './shown-event.ts';
import { words } from './words.ts';

const headHeight = 28;
/** Older ones are read before the end is in sight. */
const readAheadRows = 40;
const columns = ['time', 'level', 'kind', 'subject', 'text'] as const;

export interface EventListProps {
  readonly lines: readonly LogLine[];
  readonly nowMs: number;
  readonly onOpen: (event: ShownEvent) => void;
  readonly onToggle: (run: EventRun, open: boolean) => void;
  readonly onNearEnd: () => void;
}

const idOf = (index: number): string => `event-line-${index}`;

/** What is read stays where it is while new lines come above it. At the top the newest comes into sight. */
function useSteadyScroll(
  lines: readonly LogLine[],
  scroll: { readonly current: HTMLElement | null },
  rowHeight: number,
): void {
  const anchor = useRef<{ readonly key: string; readonly index: number } | null>(null);
  useLayoutEffect(() => {
    const element = scroll.current;
    if (!element) {
      return;
    }
    const held = anchor.current;
    if (held && lines[held.index]?.key !== held.key) {
      const index = lines.findIndex(({ key }) => key === held.key);
      if (index >= 0) {
        element.scrollTop += (index - held.index) * rowHeight;
      }
    }
    const remember = (): void => {
      const index = Math.floor(element.scrollTop / rowHeight);
      const line = lines[index];
      anchor.current = element.scrollTop > 0 && line ? { key: line.key, index } : null;
    };
    remember();
    element.addEventListener('scroll', remember, { passive: true });
    return () => element.removeEventListener('scroll', remember);
  }, [lines, scroll, rowHeight]);
}

export function EventList({ lines, nowMs, onOpen, onToggle, onNearEnd }: EventListProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const { virtualizer, rowHeight, page } = useVirtualRows({
    count: lines.length,
    scrollRef,
    height: '--row',
    overscan: 10,
    headHeight,
  });
  useSteadyScroll(lines, scrollRef, rowHeight);
  const items = virtualizer.getVirtualItems();
  const isNearEnd = (items.at(-1)?.index ?? 0) >= lines.length - readAheadRows;
  useEffect(() => {
    if (isNearEnd && (scrollRef.current?.scrollTop ?? 0) > 0) {
      onNearEnd();
    }
  }, [isNearEnd, onNearEnd]);

  const activeIndex = activeKey === null ? -1 : lines.findIndex(({ key }) => key === activeKey);
  const active = lines[activeIndex];
  const go = (wanted: number): void => {
    const index = Math.min(lines.length - 1, Math.max(0, wanted));
    const line = lines[index];
    if (line) {
      setActiveKey(line.key);
      virtualizer.scrollToIndex(index);
    }
  };
  const enter = (line: LogLine): void => {
    setActiveKey(line.key);
    if (line.kind === 'run') {
      onToggle(line.run, !line.open);
    } else {
      onOpen(line.event);
    }
  };
  /** To the line of the run, which closes. */
  const leave = (run: EventRun): void => {
    setActiveKey(run.key);
    onToggle(run, false);
    virtualizer.scrollToIndex(lines.findIndex(({ key }) => key === run.key));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const run = active?.kind === 'run' ? active.run : (active?.of ?? null);
    const act: Partial<Record<string, () => void>> = {
      ArrowDown: () => go(activeIndex + 1),
      ArrowUp: () => go(activeIndex - 1),
      PageDown: () => go(activeIndex + page()),
      PageUp: () => go(activeIndex - page()),
      Home: () => go(0),
      End: () => go(lines.length - 1),
      Enter: () => active && enter(active),
      ArrowRight: () => active?.kind === 'run' && !active.open && enter(active),
      ArrowLeft: () => run && leave(run),
    };
    const chosen = act[event.key];
    if (chosen) {
      event.preventDefault();
      chosen();
    }
  };
  const onClick = ({ target }: MouseEvent<HTMLElement>): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
    const line = row && lines[Number(row.dataset.row)];
    if (line) {
      enter(line);
    }
  };
  const activeShown = items.some(({ index }) => index === activeIndex);
  /** Worked with as a grid: it has the focus itself and names the line the keyboard stands on. */
  const grid = {
    role: 'treegrid',
    tabIndex: 0,
    'aria-label': words.grid,
    'aria-rowcount': lines.length + 1,
    'aria-colcount': columns.length,
    'aria-activedescendant': activeShown ? idOf(activeIndex) : undefined,
  };
  return (
    <div ref={scrollRef} className={styles.scroll}>
      <table
        className={styles.grid}
        style={{ height: headHeight + virtualizer.getTotalSize() }}
        {...grid}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <thead className={styles.head}>
          <tr aria-rowindex={1} className={styles.row}>
            {columns.map((name) => (
              <th key={name} scope="col" className={styles[name]}>
                {words.columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        <RowsAbove shown={items} />
        <tbody className={styles.body}>
          {items.map(({ index }) => {
            const line = lines[index];
            return line === undefined ? null : (
              <LineRow key={line.key} line={line} index={index} nowMs={nowMs} active={index === activeIndex} />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface LineRowProps {
  readonly line: LogLine;
  readonly index: number;
  readonly nowMs: number;
  readonly active: boolean;
}

function LineRow({ line, index, nowMs, active }: LineRowProps) {
  const event = line.kind === 'run' ? line.run.events[0] : line.event;
  const { atMs, level, kind, subject } = event;
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  const isInner = line.kind === 'event' && line.of !== null;
  const about = line.kind === 'run' ? aboutOf(line.run) : subject;
  return (
    <tr
      id={idOf(index)}
      data-row={index}
      aria-rowindex={index + 2}
      aria-level={isInner ? 2 : 1}
      aria-expanded={line.kind === 'run' ? line.open : undefined}
      aria-selected={active}
      className={cx(styles.row, styles.line, isInner && styles.inner, active && styles.active)}
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
      <td className={styles.subject} title={about}>
        {about}
      </td>
      {line.kind === 'run' ? <RunText run={line.run} open={line.open} /> : <EventWords event={event} />}
    </tr>
  );
}

/** What all of them are about. */
function aboutOf(run: EventRun): string {
  const { host, ips } = factsOf(run);
  return host ?? (ips > 1 ? none : run.events[0].subject);
}

function EventWords({ event }: { readonly event: ShownEvent }) {
  const sentence = sentenceOf(event);
  return (
    <td className={styles.text} title={sentence}>
      {sentence}
    </td>
  );
}

/** How often, of whom, since when; and what the last of them said. */
function RunText({ run, open }: { readonly run: EventRun; readonly open: boolean }) {
  const { times, ips, firstMs } = factsOf(run);
  const from = words.runs.from(timeOfDay(firstMs));
  const facts = ips > 1 ? `${words.runs.ips(ips)} · ${from}` : from;
  const last = words.runs.last(sentenceOf(run.events[0]));
  return (
    <td className={cx(styles.text, styles.runText)} title={`${words.runs.times(times)} · ${facts}\n${last}`}>
      <ChevronRight className={cx(styles.chevron, open && styles.turned)} aria-hidden="true" />
      <span className={styles.times}>{words.runs.times(times)}</span> {facts}
      <span className={styles.last}> · {last}</span>
    </td>
  );
}
