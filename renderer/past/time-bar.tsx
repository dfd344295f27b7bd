/** The time machine: says which time is shown, and leads to another. */
import HistoryIcon from 'lucide-react/icons/history';
import Pause from 'lucide-react/icons/pause';
import { type RefObject, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { denseMomentsMs } from '../../core/contract/history-moment.ts';
import { backToNow, playPast, stepBack, stepOn, toHappenedAfter, toHappenedBefore } from '../actions/past-actions.ts';
import { ActionButton } from '../actions/use-action.tsx';
import { Button } from '../parts/button/button.tsx';
import { cx } from '../parts/class-names.ts';
import { Chips } from '../parts/fields/chips.tsx';
import { isMuchEarlier, type Past, playSpeeds, saidMs } from '../store/past/time-machine.ts';
import { changeScreen } from '../store/screen.ts';
import { useConsole, useEngineSecond, useLink, usePast } from '../store/use-console.ts';
import { MomentField } from './moment-field.tsx';
import styles from './past.module.css';
import { firstReachMs, frameAround, reachesMs } from './reach.ts';
import { TimeSlider } from './time-slider.tsx';
import { type Remembered, useRemembered } from './use-remembered.ts';
import { words } from './words.ts';

/** Which time is shown, in words; read out when it is another one, but not at each picture of a play. */
function ShownTimeLine({ past, presentMs }: { readonly past: Past | null; readonly presentMs: number }) {
  if (past === null) {
    return (
      <p className={styles.says}>
        <strong>{words.now}</strong> <span className={styles.soft}>{words.nowHint}</span>
      </p>
    );
  }
  const { askedMs, shownMs, playing, failure } = past;
  const atMs = saidMs(past);
  return (
    <p className={styles.says} role="status" aria-live={playing ? 'off' : 'polite'}>
      <strong>{words.past}</strong> <time className={styles.moment}>{words.moment(atMs, presentMs)}</time>{' '}
      <span className={styles.soft}>
        {words.ago(presentMs - atMs)} · <span className={styles.off}>{words.actionsOff}</span>
        {shownMs === null && failure === null && ` · ${words.loading}`}
        {isMuchEarlier(past) && ` · ${words.earlier(askedMs, presentMs)}`}
      </span>
    </p>
  );
}

function Transport({ playing }: { readonly playing: boolean }) {
  const { timeMachine } = useConsole();
  const speed = useSyncExternalStore(timeMachine.changes.subscribe, timeMachine.speed);
  return (
    <fieldset className={styles.transport} aria-label={words.transport}>
      <ActionButton action={toHappenedBefore} input={undefined} iconOnly small />
      <ActionButton action={stepBack} input={undefined} iconOnly small />
      <ActionButton
        action={playPast}
        input={undefined}
        small
        {...(playing ? { icon: Pause } : {})}
        showIcon
        label={playing ? words.pause : words.play}
      />
      <ActionButton action={stepOn} input={undefined} iconOnly small />
      <ActionButton action={toHappenedAfter} input={undefined} iconOnly small />
      <Chips
        label={words.speed}
        hideLabel
        look="segments"
        options={playSpeeds.map((each) => ({ value: String(each), label: words.times(each) }))}
        value={String(speed)}
        onChange={(value) => timeMachine.setSpeed(playSpeeds.find((each) => String(each) === value) ?? 1)}
      />
    </fieldset>
  );
}

/** Why what was asked for is not shown, or nothing can be; with the way on where there is one. */
function Trouble({
  id,
  issue,
  past,
  remembered,
  presentMs,
}: {
  readonly id: string;
  /** What is wrong with what was written: that is newer than any other trouble. */
  readonly issue: string | null;
  readonly past: Past | null;
  readonly remembered: Remembered | null;
  readonly presentMs: number;
}) {
  const { timeMachine } = useConsole();
  const { phase } = useLink();
  const firstMs = remembered?.firstMs ?? null;
  if (issue !== null) {
    return (
      <p className={styles.trouble} id={id} role="alert">
        {issue}
      </p>
    );
  }
  if (past !== null && phase === 'lost') {
    return <p className={styles.trouble}>{words.lost}</p>;
  }
  if (past?.failure && firstMs !== null && (past.failedMs ?? past.askedMs) < firstMs) {
    return (
      <p className={styles.trouble} role="alert">
        {words.beforeFirst(firstMs, presentMs)}{' '}
        <Button small onClick={() => timeMachine.goTo(Math.ceil(firstMs / 1_000) * 1_000)}>
          {words.toFirst}
        </Button>
      </p>
    );
  }
  if (past?.failure) {
    return (
      <p className={styles.trouble} role="alert">
        {words.failed(words.moment(past.failedMs ?? past.askedMs, presentMs), past.failure)}
      </p>
    );
  }
  if (remembered?.fault) {
    return <p className={styles.trouble}>{words.notRecording(remembered.fault)}</p>;
  }
  if (remembered === null || firstMs !== null) {
    return null;
  }
  return <p className={styles.soft}>{remembered.isKnown ? words.nothingYet : words.notKnownYet}</p>;
}

/** What has an Escape of its own. */
const others =
  'input:not([type="radio"], [type="checkbox"]), textarea, [role="combobox"], [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** Escape leads back, unless something else that is open closes by it; in the present it closes the bar that it is pressed in. */
function useEscape(): RefObject<HTMLElement | null> {
  const { timeMachine } = useConsole();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const onKeyDown = ({ key, target, defaultPrevented }: KeyboardEvent): void => {
      if (key !== 'Escape' || defaultPrevented || !(target instanceof Element)) {
        return;
      }
      const isInside = ref.current?.contains(target) ?? false;
      if (!(isInside || (timeMachine.current() && target.closest(others) === null))) {
        return;
      }
      timeMachine.back();
      changeScreen({ timeBar: null });
      if (isInside) {
        document.getElementById('view')?.focus();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [timeMachine]);
  return ref;
}

/**
 * Stands in the present, whatever is shown beside it. Above the strips of Health it always is; another view, which it
 * comes to, keeps its place while it stands at the window's end.
 */
export function TimeBar({ stands }: { readonly stands: 'above' | 'below' }) {
  const { timeMachine } = useConsole();
  const past = usePast();
  const presentMs = useEngineSecond();
  const [reachMs, setReach] = useState(firstReachMs);
  const frame = frameAround(past?.askedMs ?? null, reachMs, presentMs);
  const remembered = useRemembered(frame);
  const ref = useEscape();
  const { phase } = useLink();
  /** What is wrong with what was written holds until another moment is asked for, by whatever way, or the engine goes or comes. */
  const heldWhile = `${phase} ${past === null ? 'present' : past.playing ? 'playing' : past.askedMs}`;
  const [refused, setRefused] = useState<{ readonly issue: string; readonly heldWhile: string } | null>(null);
  const issue = refused?.heldWhile === heldWhile ? refused.issue : null;
  const issueId = useId();
  const trouble = <Trouble id={issueId} issue={issue} past={past} remembered={remembered} presentMs={presentMs} />;
  return (
    <section
      ref={ref}
      className={cx(styles.bar, styles[stands], past && styles.isPast)}
      aria-label={words.title}
      data-time-bar={stands}
    >
      {/* On the side of the view: what is worked with stays under the pointer when it comes. */}
      {stands === 'below' && trouble}
      <div className={styles.row}>
        <HistoryIcon className={styles.icon} aria-hidden="true" />
        <ShownTimeLine past={past} presentMs={presentMs} />
        {past === null ? (
          <ActionButton action={toHappenedBefore} input={undefined} iconOnly small />
        ) : (
          <Transport playing={past.playing} />
        )}
        <MomentField
          key={past === null ? 'present' : 'past'}
          shownMs={past === null ? presentMs : saidMs(past)}
          presentMs={presentMs}
          issueId={issue === null ? null : issueId}
          onIssue={(found) => setRefused(found === null ? null : { issue: found, heldWhile })}
          onGo={(atMs) => timeMachine.goTo(atMs)}
        />
        {past !== null && <ActionButton action={backToNow} input={undefined} look="primary" small showIcon />}
      </div>
      <div className={styles.row}>
        <TimeSlider
          frame={frame}
          atMs={past?.askedMs ?? null}
          firstMs={remembered?.firstMs ?? null}
          denseFromMs={presentMs - denseMomentsMs}
          happenings={remembered?.happenings ?? []}
          onMove={(atMs) => timeMachine.goTo(atMs)}
        />
        <Chips
          label={words.reach}
          hideLabel
          look="segments"
          lead={words.reachLead}
          options={reachesMs.map((ms) => ({ value: String(ms), label: words.reachOf(ms) }))}
          value={String(reachMs)}
          onChange={(ms) => setReach(Number(ms))}
        />
      </div>
      {stands === 'above' && trouble}
    </section>
  );
}
