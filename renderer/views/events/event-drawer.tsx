/** One event in full, and where to go from it. */

import { ActionButton } from '../../actions/use-action.tsx';
import { inspectIp, viewActions } from '../../actions/view-actions.ts';
import { Button } from '../../parts/button/button.tsx';
import { Drawer } from '../../parts/drawer/drawer.tsx';
import { copyText } from '../../parts/toast/copy-text.ts';
import type { EventFilter } from '../../store/events-screen.ts';
import { dateAndTime } from '../../words/dates.ts';
import { none, timeOfDay } from '../../words/format.ts';
import styles from './events.module.css';
import { lineOf } from './export-events.ts';
import { LevelMark } from './level-mark.tsx';
import { type ShownEvent, sentenceOf, subjectOf } from './shown-event.ts';
import { words } from './words.ts';

const text = words.drawer;

function copy(event: ShownEvent): void {
  copyText(JSON.stringify(lineOf(event), null, 2));
}

export interface EventDrawerProps {
  readonly event: ShownEvent | null;
  readonly onClose: () => void;
  readonly onNarrow: (change: Partial<EventFilter>) => void;
}

export function EventDrawer({ event, onClose, onNarrow }: EventDrawerProps) {
  const narrow = (change: Partial<EventFilter>): void => {
    onNarrow(change);
    onClose();
  };
  return (
    <Drawer
      open={event !== null}
      onClose={onClose}
      title={event?.kind ?? ''}
      closeLabel={text.close}
      tools={
        event && (
          <Button small onClick={() => copy(event)}>
            {text.copy}
          </Button>
        )
      }
    >
      {event && <EventFacts event={event} onNarrow={narrow} />}
    </Drawer>
  );
}

function EventFacts({
  event,
  onNarrow,
}: {
  readonly event: ShownEvent;
  readonly onNarrow: (change: Partial<EventFilter>) => void;
}) {
  const { atMs, level, kind, data } = event;
  const subject = subjectOf(event);
  const { host, ip } = data;
  // The sentence is the phrase in words.
  const entries = Object.entries(data).filter(([name]) => name !== 'phrase');
  return (
    <>
      <p className={styles.stamp}>
        <LevelMark level={level} /> {dateAndTime(atMs)}:{timeOfDay(atMs).slice(-2)}
        {subject !== '' && ` · ${subject}`}
      </p>
      <p className={styles.sentence}>{sentenceOf(event)}</p>
      <div className={styles.ways}>
        {typeof ip === 'string' && <ActionButton action={inspectIp} input={ip} label={text.ip(ip)} small />}
        {kind.startsWith('connection.') && (
          <ActionButton action={viewActions.connections} input={undefined} label={text.connections} small />
        )}
        <Button small look="quiet" onClick={() => onNarrow({ kind })}>
          {text.only.kind}
        </Button>
        {typeof host === 'string' && (
          <Button small look="quiet" onClick={() => onNarrow({ host })}>
            {text.only.host}
          </Button>
        )}
        {typeof ip === 'string' && (
          <Button small look="quiet" onClick={() => onNarrow({ ip })}>
            {text.only.ip}
          </Button>
        )}
      </div>
      <h3 className={styles.dataTitle}>{text.data}</h3>
      {entries.length === 0 ? (
        <p className={styles.soft}>{text.noData}</p>
      ) : (
        <dl className={styles.data}>
          {entries.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value === null ? none : String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
