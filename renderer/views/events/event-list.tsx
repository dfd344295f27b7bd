/** The virtual log: only the lines in sight exist, the keyboard walks through all of them. */
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { RowsAbove } from '../../parts/rows-above.tsx';
import { useVirtualRows } from '../../parts/virtual-rows.ts';
import { EventLine, lineElementId } from './event-line.tsx';
import type { EventRun, LogLine } from './event-runs.ts';
import styles from './events.module.css';
import type { ShownEvent } from './shown-event.ts';
import { useSteadyScroll } from './use-steady-scroll.ts';
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
    'aria-activedescendant': activeShown ? lineElementId(activeIndex) : undefined,
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
              <EventLine key={line.key} line={line} index={index} nowMs={nowMs} active={index === activeIndex} />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
