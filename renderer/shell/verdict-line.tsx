/** How the pool is, in one line: shape, word, reason, since when. */
import type { Verdict } from '../../core/contract/statistics.ts';
import { cx } from '../parts/class-names.ts';
import { useEngineSecond, useHostHealth, useIsPast, useLink, useStatistics } from '../store/use-console.ts';
import { useFigureAge } from '../store/use-figure-age.ts';
import { addressOf } from '../store/view-route.ts';
import { verdictWords } from '../words/vocabulary.ts';
import { type ShownReason, shownVerdict } from './shown-verdict.ts';
import styles from './verdict-line.module.css';
import { words } from './words.ts';

const shapes: Readonly<Record<Verdict['level'], string>> = {
  healthy: 'M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0z',
  degraded: 'M6 0l6 6-6 6-6-6z',
  unhealthy: 'M6 .5 12 11.5H0z',
  empty: 'M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0zm0 2.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6z',
};

export function VerdictMark({ level }: { readonly level: Verdict['level'] }) {
  return (
    <svg className={cx(styles.verdictMark, styles[level])} viewBox="0 0 12 12" aria-hidden="true">
      <path d={shapes[level]} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}

/** An alert leads to itself. */
function Reason({ reason: { text, alertId } }: { readonly reason: ShownReason }) {
  return alertId === null ? (
    text
  ) : (
    <a className={styles.alertLink} href={addressOf('alerts', String(alertId))}>
      {text}
    </a>
  );
}

/** Older than this, figures say how it was and not how it is. */
const staleMs = 5_000;

export function VerdictLine() {
  const verdict = useStatistics()?.verdict;
  const { phase } = useLink();
  const ageMs = useFigureAge();
  const now = useEngineSecond();
  const { hosts, localOutage } = useHostHealth();
  const isPast = useIsPast();
  if (!verdict || ageMs === null) {
    return (
      <div className={cx(styles.verdict, styles.empty)}>{isPast ? words.noFiguresThen : words.waitingForFigures}</div>
    );
  }
  // What is shown of the past is as old as it is meant to be.
  if (!isPast && (phase === 'lost' || ageMs > staleMs)) {
    return (
      <section className={styles.verdict} aria-label={words.verdict}>
        <VerdictMark level="empty" />
        <span className={cx(styles.verdictWord, styles.empty)}>{words.unknown}</span>
        <span className={styles.verdictReason}>{words.lastKnown(verdictWords[verdict.level], ageMs)}</span>
      </section>
    );
  }
  const { level, recovers, reasons } = shownVerdict(verdict, hosts, localOutage);
  const [reason] = reasons;
  const sinceMs = reason === undefined ? verdict.sinceMs : reason.sinceMs;
  const more = reasons.length - 1;
  return (
    <section className={styles.verdict} aria-label={words.verdict}>
      <VerdictMark level={level} />
      <span className={cx(styles.verdictWord, styles[level])}>{recovers ? words.recovers : verdictWords[level]}</span>
      <span className={styles.verdictReason} title={reasons.map(({ text }) => text).join(' · ')}>
        {reason && <Reason reason={reason} />} {sinceMs !== null && words.forSpan(Math.max(0, now - sinceMs))}
        {more > 0 && ` · ${words.more(more)}`}
      </span>
    </section>
  );
}
