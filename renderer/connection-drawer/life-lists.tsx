/** What a connection has been through, newest first: its leases, the looks at its address, and what else befell it. */
import type { ConnectionExplanation } from '../../core/contract/explain.ts';
import type { HistoryLife } from '../../core/contract/history-life.ts';
import { cx } from '../parts/class-names.ts';
import { milliseconds, millisecondsFigure, timeOfDay } from '../words/format.ts';
import { checkKindWords, checkOutcomeWords, errorClassWords } from '../words/vocabulary.ts';
import styles from './connection-drawer.module.css';
import { Section } from './section.tsx';
import { words } from './words.ts';

/** Of a long list the drawer shows as many, and how many there are besides. */
const shownAtMost = 40;

export function Leases({ leases, earlierLeases }: Pick<HistoryLife, 'leases' | 'earlierLeases'>) {
  const shown = leases.slice(-shownAtMost).toReversed();
  const before = earlierLeases + leases.length - shown.length;
  return (
    <Section title={words.leases} aside={before > 0 ? words.earlierLeases(before) : undefined}>
      {shown.length === 0 && before === 0 && <p className={styles.none}>{words.noLeases}</p>}
      <ol className={styles.lines}>
        {shown.map(({ beganAtMs, heldMs, outcome }) => (
          <li key={`${beganAtMs} ${heldMs}`} className={styles.line}>
            <span className={styles.when}>{timeOfDay(beganAtMs)}</span>
            <span className={cx(outcome !== 'ok' && styles.bad)}>{words.leaseOutcomes[outcome]}</span>
            <span className={styles.figure}>{millisecondsFigure(heldMs)} ms</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

export function Checks({ checks }: Pick<HistoryLife, 'checks'>) {
  const shown = checks.checks.slice(0, shownAtMost);
  const more = checks.checks.length - shown.length;
  return (
    <Section title={words.checks} aside={more > 0 ? words.more(more) : undefined}>
      {shown.length === 0 && <p className={styles.none}>{words.noChecks}</p>}
      <ol className={styles.lines}>
        {shown.map(({ atMs, kind, outcome, errorClass, status, ms }) => (
          <li key={`${atMs} ${kind} ${ms}`} className={styles.line}>
            <span className={styles.when}>{timeOfDay(atMs)}</span>
            <span className={cx(outcome !== 'good' && styles.bad)}>
              {words.check(
                checkKindWords[kind],
                status,
                errorClass === null ? checkOutcomeWords[outcome] : errorClassWords[errorClass],
              )}
            </span>
            <span className={styles.figure}>{milliseconds(ms)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

export function Happened({ explanation }: { readonly explanation: ConnectionExplanation }) {
  const { events, earlierEvents } = explanation;
  return events.length === 0 ? null : (
    <Section title={words.events} aside={earlierEvents > 0 ? words.earlierEvents(earlierEvents) : undefined}>
      <ol className={styles.lines}>
        {events.toReversed().map(({ kind, detail, firstAtMs, lastAtMs, count }) => (
          <li key={`${firstAtMs} ${kind} ${detail}`} className={styles.line}>
            <span className={styles.when}>{timeOfDay(lastAtMs)}</span>
            <span>{words.kinds[kind]}</span>
            <span className={styles.detail}>
              {count > 1 && `${words.repeated(count)} `}
              {words.detail(detail)}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
