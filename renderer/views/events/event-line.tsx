/** One line of the log: an event, or a run of like ones. */
import ChevronRight from 'lucide-react/icons/chevron-right';
import { fileName } from '../../../core/contract/event-figures.ts';
import { cx } from '../../parts/class-names.ts';
import { dateAndTime } from '../../words/dates.ts';
import { none, timeOfDay } from '../../words/format.ts';
import { type EventRun, factsOf, type LogLine } from './event-runs.ts';
import styles from './events.module.css';
import { LevelMark } from './level-mark.tsx';
import { type ShownEvent, sentenceOf, subjectOf } from './shown-event.ts';
import { words } from './words.ts';

/** What the grid names the line by on which the keyboard stands. */
export const lineElementId = (index: number): string => `event-line-${index}`;

interface EventLineProps {
  readonly line: LogLine;
  readonly index: number;
  readonly nowMs: number;
  readonly active: boolean;
}

export function EventLine({ line, index, nowMs, active }: EventLineProps) {
  const event = line.kind === 'run' ? line.run.events[0] : line.event;
  const { atMs, level, kind } = event;
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  const isInner = line.kind === 'event' && line.of !== null;
  const about = line.kind === 'run' ? aboutOf(line.run) : subjectOf(event);
  return (
    <tr
      id={lineElementId(index)}
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
        {shortPath(about)}
      </td>
      {line.kind === 'run' ? <RunText run={line.run} open={line.open} /> : <EventWords event={event} />}
    </tr>
  );
}

/** Of a file its name: all of them are in one folder, and the whole path is a hover away. */
function shortPath(about: string): string {
  return /^(\/|[a-z]:\\)/i.test(about) ? fileName(about) : about;
}

/** What all of them are about. */
function aboutOf(run: EventRun): string {
  const { host, ips } = factsOf(run);
  return host ?? (ips > 1 ? none : subjectOf(run.events[0]));
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
