/** The engine in one line: where the figures come from, how fresh they are, what it costs. */
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { openDemoFaults } from '../actions/demo-actions.ts';
import { nextLanguage } from '../actions/display-actions.ts';
import { goToPast } from '../actions/past-actions.ts';
import { ActionButton } from '../actions/use-action.tsx';
import { cx } from '../parts/class-names.ts';
import { saidMs } from '../store/past/time-machine.ts';
import { useConfig, useConsole, useIsPast, useLink, usePast, useSession, useStatistics } from '../store/use-console.ts';
import { useFigureAge } from '../store/use-figure-age.ts';
import { addressOf, warningsPart } from '../store/view-route.ts';
import { longMoment } from '../words/dates.ts';
import { bytes, count, milliseconds, percent, stopwatch } from '../words/format.ts';
import { toldInWords } from '../words/told.ts';
import styles from './status-bar.module.css';
import { ThemeSwitch } from './theme-switch.tsx';
import { words } from './words.ts';

function LinkMark() {
  const { phase } = useLink();
  const ageMs = useFigureAge();
  const isPast = useIsPast();
  const stale = !isPast && phase === 'live' && ageMs !== null && ageMs > 3_000;
  const live = phase === 'live' && !stale;
  const word = phase === 'live' ? words.live : phase === 'connecting' ? words.connecting : words.lost;
  return (
    <span className={cx(styles.link, live ? styles.linkLive : styles.linkLost)}>
      <svg viewBox="0 0 8 8" aria-hidden="true">
        {live ? (
          <circle cx="4" cy="4" r="3.4" fill="currentColor" />
        ) : (
          <path d="M4 .4 7.8 7.4H.2z" fill="currentColor" />
        )}
      </svg>
      {stale ? words.age(ageMs) : word}
    </span>
  );
}

/** Which time is shown, and the way to another. */
function TimeMark() {
  const { timeMachine } = useConsole();
  const past = usePast();
  const label = past === null ? words.now : longMoment(saidMs(past), timeMachine.presentMs());
  return (
    <span className={cx(past !== null && styles.past)}>
      <ActionButton action={goToPast} input={undefined} look="quiet" small showIcon label={label} />
    </span>
  );
}

function Gauge({ name, value, hint }: { readonly name: string; readonly value: string; readonly hint?: string }) {
  return (
    <div className={styles.gauge} title={hint}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

export function StatusBar() {
  const session = useSession();
  const engine = useStatistics()?.engine;
  const config = useConfig();
  const faults = config?.fault?.faults.length ?? 0;
  const warnings = config?.warnings ?? [];
  return (
    <footer className={styles.status}>
      <LinkMark />
      <TimeMark />
      {session && (
        <span className={styles.mode} title={session.dataFolder}>
          {words.mode(session)}
        </span>
      )}
      {session?.mode === 'demo' && <ActionButton action={openDemoFaults} input={undefined} look="quiet" small />}
      {faults > 0 && (
        <a className={styles.fault} href="#/settings" title={words.configFaultHint}>
          <TriangleAlert aria-hidden="true" />
          {words.configFaults(faults)}
        </a>
      )}
      {warnings.length > 0 && (
        <a
          className={styles.warning}
          href={addressOf('settings', warningsPart)}
          title={warnings.map(toldInWords).join('\n')}
        >
          <TriangleAlert aria-hidden="true" />
          {words.configWarnings(warnings.length)}
        </a>
      )}
      <div className={styles.end}>
        {engine && (
          <dl className={styles.gauges}>
            <Gauge name={words.lag} value={milliseconds(engine.loopDelayP99Ms)} hint={words.lagHint} />
            <Gauge name={words.cpu} value={percent(engine.cpuShare)} />
            <Gauge name={words.memory} value={bytes(engine.rssBytes)} />
            {engine.openFileDescriptors !== null && (
              <Gauge name={words.descriptors} value={count(engine.openFileDescriptors)} />
            )}
            <Gauge name={words.uptime} value={stopwatch(engine.uptimeMs)} />
          </dl>
        )}
        {session && <span className={styles.version}>v{session.version}</span>}
        <ActionButton action={nextLanguage} input={undefined} look="quiet" small label={words.otherLanguage} />
        <ThemeSwitch />
      </div>
    </footer>
  );
}
