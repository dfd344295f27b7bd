/** What a connection has been through, newest first: its leases, the looks at its address, and what else befell it. */

import { useState } from 'react';
import type { ConnectionExplanation } from '../../core/contract/explain.ts';
import type { HistoryLife } from '../../core/contract/history-life.ts';
import { Button } from '../parts/button/button.tsx';
import { cx } from '../parts/class-names.ts';
import { milliseconds, millisecondsFigure, timeOfDay } from '../words/format.ts';
import { checkKindWords, checkOutcomeWords, errorClassWords } from '../words/vocabulary.ts';
import styles from './connection-drawer.module.css';
import { Section } from './section.tsx';
import { useLooks } from './use-looks.ts';
import { words } from './words.ts';

/** Of a long list the drawer shows as many, until the operator asks for all. */
const shownAtFirst = 40;

export function Leases({ leases, earlierLeases }: Pick<HistoryLife, 'leases' | 'earlierLeases'>) {
  const [all, setAll] = useState(false);
  const shown = (all ? leases : leases.slice(-shownAtFirst)).toReversed();
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
      {shown.length < leases.length && (
        <Button small look="quiet" onClick={() => setAll(true)}>
          {words.showAll(leases.length)}
        </Button>
      )}
    </Section>
  );
}

export function Checks({ life, checks }: Pick<HistoryLife, 'life' | 'checks'>) {
  const { known, hasOlder, failure, readOlder } = useLooks(life, checks);
  const [all, setAll] = useState(false);
  const shown = all ? known : known.slice(0, shownAtFirst);
  return (
    <Section title={words.checks}>
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
      {failure !== null && <p className={styles.none}>{failure}</p>}
      {shown.length < known.length ? (
        <Button small look="quiet" onClick={() => setAll(true)}>
          {words.showAll(known.length)}
        </Button>
      ) : (
        hasOlder && (
          <Button
            small
            look="quiet"
            onClick={() => {
              setAll(true);
              readOlder();
            }}
          >
            {words.older}
          </Button>
        )
      )}
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
