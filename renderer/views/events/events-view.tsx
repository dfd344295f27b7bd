/** What happened: the engine's events as a log that can be searched, held still, and taken along. */
import Download from 'lucide-react/icons/download';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import { useCallback, useRef, useState } from 'react';
import { type EventLevel, eventLevels } from '../../../core/contract/events.ts';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Banner, Empty, SkeletonLines } from '../../parts/feedback/feedback.tsx';
import fields from '../../parts/fields/fields.module.css';
import { SelectField } from '../../parts/fields/select-field.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { useEngineSecond, useSession } from '../../store/use-console.ts';
import { EventDrawer } from './event-drawer.tsx';
import { type EventFilter, everything, isEverything } from './event-filter.ts';
import { EventList } from './event-list.tsx';
import styles from './events.module.css';
import { exportFormats, printEvents } from './export-events.ts';
import { PatternsPanel } from './patterns-panel.tsx';
import type { ShownEvent } from './shown-event.ts';
import { type RangeName, ranges, useEventLog } from './use-event-log.ts';
import { levelWords, words } from './words.ts';

/** Debug events are in the log alone. */
const shownLevels = eventLevels.filter((level) => level !== 'debug');
/** What the engine's kinds begin with. */
const subjects = [
  'access',
  'acquire',
  'alert',
  'config',
  'connection',
  'console',
  'demo',
  'dns',
  'engine',
  'health',
  'history',
  'lease',
  'load',
  'log',
  'metrics',
  'pool',
  'scores',
  'warm-up',
] as const;

interface FilterBarProps {
  readonly filter: EventFilter;
  readonly range: RangeName;
  readonly onFilter: (change: Partial<EventFilter>) => void;
  readonly onRange: (range: RangeName) => void;
}

function FilterBar({ filter, range, onFilter, onRange }: FilterBarProps) {
  const hosts = useSession()?.hosts ?? [];
  const toggle = (level: EventLevel): void => {
    const { levels } = filter;
    onFilter({ levels: levels.includes(level) ? levels.filter((one) => one !== level) : [...levels, level] });
  };
  // One that was narrowed to from an event need not be a whole subject, nor a host that is still watched.
  const kinds =
    filter.kind === null || subjects.some((one) => one === filter.kind) ? subjects : [filter.kind, ...subjects];
  const hostNames = [...new Set([...(filter.host === null ? [] : [filter.host]), ...hosts.map(({ host }) => host)])];
  return (
    <search className={styles.bar}>
      <input
        className={cx(fields.input, styles.search)}
        type="search"
        data-filter
        aria-label={words.filter.text}
        placeholder={words.filter.text}
        value={filter.text}
        maxLength={200}
        onChange={({ target }) => onFilter({ text: target.value })}
      />
      <fieldset className={styles.levels} aria-label={words.filter.levels}>
        {shownLevels.map((level) => (
          <Button key={level} small look="quiet" pressed={filter.levels.includes(level)} onClick={() => toggle(level)}>
            {levelWords[level]}
          </Button>
        ))}
      </fieldset>
      <SelectField
        label={words.filter.kind}
        hideLabel
        value={filter.kind ?? ''}
        options={[{ value: '', label: words.filter.allKinds }, ...kinds.map((value) => ({ value, label: value }))]}
        onChange={(kind) => onFilter({ kind: kind === '' ? null : kind })}
        className={styles.select}
      />
      <SelectField
        label={words.filter.host}
        hideLabel
        value={filter.host ?? ''}
        options={[{ value: '', label: words.filter.allHosts }, ...hostNames.map((value) => ({ value, label: value }))]}
        onChange={(host) => onFilter({ host: host === '' ? null : host })}
        className={styles.select}
      />
      <input
        className={cx(fields.input, styles.ip)}
        aria-label={words.filter.ip}
        placeholder={words.filter.ip}
        spellCheck={false}
        value={filter.ip}
        maxLength={64}
        onChange={({ target }) => onFilter({ ip: target.value })}
      />
      <SelectField
        label={words.filter.range}
        hideLabel
        value={range}
        options={(Object.keys(ranges) as RangeName[]).map((value) => ({ value, label: words.ranges[value] }))}
        onChange={onRange}
        className={styles.narrow}
      />
      {!isEverything(filter) && (
        <Button small look="quiet" onClick={() => onFilter(everything)}>
          {words.filter.reset}
        </Button>
      )}
    </search>
  );
}

export function EventsView() {
  const [filter, setFilter] = useState(everything);
  const [range, setRange] = useState<RangeName>('hour');
  const [opened, setOpened] = useState<ShownEvent | null>(null);
  /** What was shown when it was paused; null: it follows. */
  const [held, setHeld] = useState<readonly ShownEvent[] | null>(null);
  const log = useEventLog(filter, range);
  const now = useEngineSecond();
  const session = useSession();
  const shown = held ?? log.events;
  const change = (part: Partial<EventFilter>): void => {
    setHeld(null);
    setFilter((before) => ({ ...before, ...part }));
  };
  const readOlder = useRef(log.readOlder);
  readOlder.current = held ? () => {} : log.readOlder;
  const onNearEnd = useCallback(() => readOlder.current(), []);
  const fresh = held ? log.events.findIndex((event) => event.seq === held[0]?.seq && event.atMs === held[0].atMs) : 0;
  return (
    <div className={styles.view}>
      <div className={styles.main}>
        <FilterBar
          filter={filter}
          range={range}
          onFilter={change}
          onRange={(next) => {
            setHeld(null);
            setRange(next);
          }}
        />
        {log.failure !== null && <Banner tone="warn">{log.failure}</Banner>}
        <div className={styles.tools}>
          <Button
            small
            pressed={held !== null}
            icon={held ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
            onClick={() => setHeld(held ? null : log.events)}
          >
            {held ? words.live.resume : words.live.pause}
          </Button>
          <span className={styles.tally}>
            {held ? words.live.paused(Math.max(0, fresh)) : words.shown(shown.length, log.hasOlder)}
            {log.isReading && ` · ${words.reading}`}
          </span>
          {exportFormats.map((format) => (
            <Button
              key={format}
              small
              look="quiet"
              title={words.export.hint}
              icon={<Download aria-hidden="true" />}
              disabled={shown.length === 0}
              onClick={() => saveFile(`events.${format}`, printEvents(shown, format))}
            >
              {words.export[format]}
            </Button>
          ))}
        </div>
        {shown.length > 0 ? (
          <EventList events={shown} nowMs={now} onOpen={setOpened} onNearEnd={onNearEnd} />
        ) : (
          <div className={styles.empty}>
            {log.isReading ? (
              <SkeletonLines count={8} />
            ) : isEverything(filter) ? (
              <Empty title={words.none}>{words.noneText}</Empty>
            ) : (
              <Empty
                title={words.noneFits}
                actions={
                  <>
                    <Button onClick={() => change(everything)}>{words.filter.reset}</Button>
                    {log.hasOlder && <Button onClick={log.readOlder}>{words.older}</Button>}
                  </>
                }
              >
                {words.noneFitsText}
              </Empty>
            )}
          </div>
        )}
      </div>
      <div className={styles.side}>
        <PatternsPanel range={range} />
        <Panel title={words.log.title}>
          <p className={styles.path}>{session ? `${session.dataFolder}/logs/hotpool.log` : ''}</p>
          <p className={styles.hint}>{words.log.text}</p>
        </Panel>
      </div>
      <EventDrawer event={opened} onClose={() => setOpened(null)} onNarrow={change} />
    </div>
  );
}
