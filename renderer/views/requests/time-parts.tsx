/** What each part of a request took: one bar in proportion, and the figures under it in the same order. */
import type { RequestConnection, RequestTimes } from '../../../core/contract/requests.ts';
import { milliseconds } from '../../words/format.ts';
import styles from './outcome.module.css';
import { words } from './words.ts';

const text = words.times;

const parts = [
  { key: 'waitMs', color: 'var(--text-3)' },
  { key: 'tcpMs', color: 'var(--cool)' },
  { key: 'tlsMs', color: 'var(--violet)' },
  { key: 'validationMs', color: 'var(--warn)' },
  { key: 'firstByteMs', color: 'var(--ember)' },
  { key: 'bodyMs', color: 'var(--good)' },
] as const satisfies readonly { key: keyof RequestTimes; color: string }[];

interface ShownPart {
  readonly key: (typeof parts)[number]['key'] | 'unanswered';
  readonly color: string;
  readonly ms: number;
}

/** Those that the request came to; at the end of one that had no answer, how long it was waited for. */
function shownParts(times: RequestTimes): readonly ShownPart[] {
  const known = parts.flatMap(({ key, color }): ShownPart[] => {
    const ms = times[key];
    return ms === null ? [] : [{ key, color, ms }];
  });
  const restMs = times.totalMs - known.reduce((sum, { ms }) => sum + ms, 0);
  const isUnanswered = times.firstByteMs === null && restMs > times.totalMs / 1_000;
  return isUnanswered ? [...known, { key: 'unanswered', color: 'var(--bad-deep)', ms: restMs }] : known;
}

/** In per cent: parts that together grow by less than one would not fill the bar. */
function shareOf(ms: number, totalMs: number): number {
  return totalMs === 0 ? 1 : (ms / totalMs) * 100;
}

/** What the request did not pay for, because somebody else had. */
function Saved({ connection, beganAtMs }: { readonly connection: RequestConnection; readonly beganAtMs: number }) {
  const { tcpMs, tlsMs, validationMs } = connection.making;
  const all = (tcpMs ?? 0) + (tlsMs ?? 0) + (validationMs ?? 0);
  return all === 0 ? null : (
    <p className={styles.saved} title={text.making(tcpMs ?? 0, tlsMs ?? 0, validationMs ?? 0)}>
      {text.saved(all, Math.max(0, beganAtMs - connection.createdAtMs))}
    </p>
  );
}

export function TimeParts(props: {
  readonly times: RequestTimes;
  readonly connection: RequestConnection | null;
  readonly beganAtMs: number;
}) {
  const { times, connection, beganAtMs } = props;
  const shown = shownParts(times);
  return (
    <section aria-label={text.label}>
      <div className={styles.bar} aria-hidden="true">
        {shown.map(({ key, color, ms }) => (
          <span key={key} style={{ flexGrow: shareOf(ms, times.totalMs), background: color }} />
        ))}
      </div>
      <dl className={styles.parts}>
        {shown.map(({ key, color, ms }) => (
          <div key={key}>
            <dt>
              <span className={styles.swatch} style={{ background: color }} aria-hidden="true" />
              {key === 'unanswered' ? text.unanswered : text.parts[key]}
            </dt>
            <dd>{milliseconds(ms)}</dd>
          </div>
        ))}
      </dl>
      {connection && times.tlsMs === null && <Saved connection={connection} beganAtMs={beganAtMs} />}
    </section>
  );
}
