/** What happened: the engine's events as a log that can be searched, held still, and taken along. */
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../parts/button/button.tsx';
import { Banner, Empty, SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import {
  changeEventsScreen,
  type EventFilter,
  everything,
  isEverything,
  isNoIp,
  useEventsScreen,
} from '../../store/events-screen.ts';
import { useEngineSecond, useLink, useSession } from '../../store/use-console.ts';
import { useFigureAge } from '../../store/use-figure-age.ts';
import { EventDrawer } from './event-drawer.tsx';
import { EventList } from './event-list.tsx';
import { type EventRun, linesOf, singleLines } from './event-runs.ts';
import styles from './events.module.css';
import { ExportButtons } from './export-buttons.tsx';
import { FilterBar } from './filter-bar.tsx';
import { PatternsPanel } from './patterns-panel.tsx';
import type { ShownEvent } from './shown-event.ts';
import { type EventLog, freshOnes, useEventLog } from './use-event-log.ts';
import { words } from './words.ts';

/** Lines that fill the tallest screen; runs may leave fewer of a page. */
const enoughLines = 60;
/** Of one run that fills page after page no more are read by themselves. */
const pagesByThemselves = 6;

/** The lines of the log, and which runs are open. */
function useLines(events: readonly ShownEvent[], merged: boolean) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(() => (merged ? linesOf(events, opened) : singleLines(events)), [events, merged, opened]);
  const toggle = ({ key }: EventRun, open: boolean): void =>
    setOpened((before) => new Set([...before].filter((each) => each !== key).concat(open ? [key] : [])));
  return { lines, toggle };
}

/** Says why there is nothing: not read yet, nobody to ask, nothing that fits, or nothing at all. */
function NoEvents({
  log,
  filter,
  lost,
}: {
  readonly log: EventLog;
  readonly filter: EventFilter;
  readonly lost: boolean;
}) {
  const reset = <Button onClick={() => changeEventsScreen({ filter: everything })}>{words.filter.reset}</Button>;
  let said: ReactNode;
  if (lost && isEverything(filter)) {
    said = <Empty title={words.lost}>{words.lostText}</Empty>;
  } else if (lost) {
    said = (
      <Empty title={words.noneFits} actions={reset}>
        {words.lostFitsText}
      </Empty>
    );
  } else if (log.isReading) {
    said = <SkeletonLines count={8} />;
  } else if (isNoIp(filter)) {
    said = (
      <Empty title={words.noneFits} actions={reset}>
        {words.noIp(filter.ip.trim())}
      </Empty>
    );
  } else if (isEverything(filter)) {
    said = <Empty title={words.none}>{words.noneText}</Empty>;
  } else {
    const older = log.hasOlder && <Button onClick={log.readOlder}>{words.older}</Button>;
    said = (
      <Empty
        title={words.noneFits}
        actions={
          <>
            {reset}
            {older}
          </>
        }
      >
        {words.noneFitsText}
      </Empty>
    );
  }
  return <div className={styles.empty}>{said}</div>;
}

export function EventsView() {
  const { filter, range, merged, side } = useEventsScreen();
  const [opened, setOpened] = useState<ShownEvent | null>(null);
  /** What was shown when it was paused; null: it follows. */
  const [held, setHeld] = useState<readonly ShownEvent[] | null>(null);
  const log = useEventLog(filter, range);
  const now = useEngineSecond();
  const session = useSession();
  const lost = useLink().phase === 'lost';
  const ageMs = useFigureAge();
  const shown = held ?? log.events;
  const { lines, toggle } = useLines(shown, merged);
  const change = (part: Partial<EventFilter>): void => {
    setHeld(null);
    changeEventsScreen({ filter: { ...filter, ...part } });
  };
  const readOlder = useRef(log.readOlder);
  // After a failure the operator says when: an engine in trouble is not asked on and on.
  readOlder.current = held || lost || log.failure !== null ? () => {} : log.readOlder;
  const onNearEnd = useCallback(() => readOlder.current(), []);
  const fillsNoScreen = log.hasOlder && !log.isReading && lines.length < enoughLines && log.pages < pagesByThemselves;
  useEffect(() => {
    if (fillsNoScreen && shown.length > 0) {
      readOlder.current();
    }
  }, [fillsNoScreen, shown.length]);
  const fresh = held ? freshOnes(log.events, held) : 0;
  return (
    <div className={styles.view} data-side={side}>
      <div className={styles.main}>
        <FilterBar
          filter={filter}
          range={range}
          onFilter={change}
          onRange={(next) => {
            setHeld(null);
            changeEventsScreen({ range: next });
          }}
        />
        {log.failure !== null && !lost && (
          <Banner
            tone="warn"
            actions={
              log.hasOlder && (
                <Button small onClick={log.readOlder}>
                  {words.older}
                </Button>
              )
            }
          >
            {log.failure}
          </Banner>
        )}
        <div className={styles.tools}>
          <Button
            small
            pressed={held !== null}
            icon={held ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
            onClick={() => setHeld(held ? null : log.events)}
          >
            {held ? words.live.resume : words.live.pause}
          </Button>
          <Button
            small
            look="quiet"
            pressed={merged}
            title={words.runs.hint}
            onClick={() => changeEventsScreen({ merged: !merged })}
          >
            {words.runs.merge}
          </Button>
          <span className={styles.tally}>
            {held ? words.live.paused(fresh) : words.shown(shown.length, log.hasOlder)}
            {!held && lines.length < shown.length && words.inLines(lines.length)}
            {lost && ageMs !== null && words.old(ageMs)}
            {log.isReading && !lost && ` · ${words.reading}`}
          </span>
          {/* Not beside the filters: these must not move under who types. */}
          {!isEverything(filter) && (
            <Button small look="quiet" onClick={() => change(everything)}>
              {words.filter.reset}
            </Button>
          )}
          {log.hasOlder && !held && !lost && (
            <Button small look="quiet" disabled={log.isReading} onClick={log.readOlder}>
              {words.older}
            </Button>
          )}
          <ExportButtons shown={shown} rest={held || lost ? null : log.readRest} nowMs={now} />
          <Button
            small
            look="quiet"
            className={styles.sideToggle}
            pressed={side}
            onClick={() => changeEventsScreen({ side: !side })}
          >
            {words.patterns.title}
          </Button>
        </div>
        {lines.length > 0 ? (
          <EventList lines={lines} nowMs={now} onOpen={setOpened} onToggle={toggle} onNearEnd={onNearEnd} />
        ) : (
          <NoEvents log={log} filter={filter} lost={lost} />
        )}
      </div>
      <div className={styles.side}>
        <PatternsPanel range={range} onNarrow={change} />
        <Panel title={words.log.title}>
          <p className={styles.path}>{session ? `${session.dataFolder}/logs/hotpool.log` : ''}</p>
          <p className={styles.hint}>{words.log.text}</p>
        </Panel>
      </div>
      <EventDrawer event={opened} onClose={() => setOpened(null)} onNarrow={change} />
    </div>
  );
}
