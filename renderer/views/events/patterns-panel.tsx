/** How often each log pattern came: over the range that is shown, or in a log file of anybody's. */

import { useCallback, useRef, useState } from 'react';
import {
  type EventPattern,
  eventPatterns,
  mostPatternText,
  type PatternCounts,
} from '../../../core/contract/event-patterns.ts';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Panel } from '../../parts/panel/panel.tsx';
import { tell } from '../../parts/toast/toasts.tsx';
import { unseen } from '../../parts/unseen/unseen.ts';
import { type EventFilter, type RangeName, ranges } from '../../store/events-screen.ts';
import { useConsole, useIsPast, useLink } from '../../store/use-console.ts';
import { LastAnswer, type Polled, usePolled } from '../../store/use-polled.ts';
import { failureText } from '../../words/failure-text.ts';
import { bytes, count, none } from '../../words/format.ts';
import styles from './events.module.css';
import { words } from './words.ts';

const text = words.patterns;

/** Where their events are to be seen; the others are debug events, which are counted and not kept. */
const eventsOf: Partial<Readonly<Record<EventPattern, Pick<EventFilter, 'kind'>>>> = {
  whitelisted: { kind: 'access' },
  blacklisted: { kind: 'access' },
  removed: { kind: 'connection.closed' },
};

const refreshMs = 5_000;
const aheadMs = 5_000;

const lastCounts = new LastAnswer<PatternCounts>();

/** Of the range, counted again every few seconds; null before the first answer. */
function useRangeCounts(range: RangeName): Polled<PatternCounts> {
  const { bridge, clock } = useConsole();
  const isPast = useIsPast();
  const ask = useCallback(async () => {
    const now = clock.now();
    const wish = { fromMs: now - ranges[range], toMs: isPast ? now : now + aheadMs };
    return (await bridge.request('events.patterns', wish)).counts;
  }, [bridge, clock, range, isPast]);
  return usePolled(ask, refreshMs, lastCounts);
}

interface CountedFile {
  readonly name: string;
  readonly lines: number;
  readonly counts: PatternCounts;
}

/** `onNarrow`: null where the counts are not those of the log beside them. */
function PatternName({
  pattern,
  onNarrow,
}: {
  readonly pattern: EventPattern;
  readonly onNarrow: ((change: Partial<EventFilter>) => void) | null;
}) {
  const filter = eventsOf[pattern];
  if (filter === undefined || onNarrow === null) {
    return text.names[pattern];
  }
  return (
    <Button look="link" title={text.show} onClick={() => onNarrow(filter)}>
      {text.names[pattern]}
    </Button>
  );
}

export function PatternsPanel({
  range,
  onNarrow,
}: {
  readonly range: RangeName;
  readonly onNarrow: (change: Partial<EventFilter>) => void;
}) {
  const { bridge } = useConsole();
  const ofRange = useRangeCounts(range);
  const lost = useLink().phase === 'lost';
  const [file, setFile] = useState<CountedFile | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const countFile = async (chosen: File): Promise<void> => {
    try {
      const content = await chosen.text();
      if (content.length > mostPatternText) {
        throw new RangeError(text.tooLong(bytes(mostPatternText)));
      }
      const { lines, counts } = await bridge.request('events.countPatterns', { text: content });
      setFile({ name: chosen.name, lines, counts });
    } catch (error) {
      tell('bad', () => failureText(error));
    }
  };
  const counts = file ? file.counts : ofRange.value;
  return (
    <Panel title={text.title} aside={file ? undefined : ((lost ? null : ofRange.failure) ?? text.aside)}>
      {file && <p className={styles.fileName}>{text.ofFile(file.name, file.lines)}</p>}
      <dl className={styles.patterns}>
        {eventPatterns.map((pattern) => (
          <div key={pattern} className={cx(counts?.[pattern] === 0 && styles.soft)}>
            <dt>
              <PatternName pattern={pattern} onNarrow={file ? null : onNarrow} />
            </dt>
            <dd>{counts ? count(counts[pattern]) : none}</dd>
          </div>
        ))}
      </dl>
      {!file && <p className={styles.hint}>{text.debugOnly}</p>}
      <input
        ref={input}
        type="file"
        className={unseen}
        aria-label={text.choose}
        tabIndex={-1}
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          target.value = '';
          if (chosen) {
            void countFile(chosen);
          }
        }}
      />
      <div className={styles.fileTools}>
        <Button small onClick={() => input.current?.click()}>
          {text.file}
        </Button>
        {file && (
          <Button small look="quiet" onClick={() => setFile(null)}>
            {text.back}
          </Button>
        )}
      </div>
    </Panel>
  );
}
