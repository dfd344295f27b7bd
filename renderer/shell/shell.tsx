/** The frame: navigation, head with the verdict, the view, the status bar. */
import { type ReactNode, useEffect, useRef } from 'react';
import { checkAll } from '../actions/health-actions.ts';
import { bindKeys } from '../actions/keyboard.ts';
import { globalActions } from '../actions/registry.ts';
import { ActionButton } from '../actions/use-action.tsx';
import { viewActions } from '../actions/view-actions.ts';
import { openWarmUp } from '../actions/warm-up-actions.ts';
import { ConnectionDrawer } from '../connection-drawer/connection-drawer.tsx';
import { DemoBar } from '../demo/demo-bar.tsx';
import { DemoDialogs } from '../demo/demo-dialogs.tsx';
import { IpDrawer } from '../ip-drawer/ip-drawer.tsx';
import { Palette } from '../palette/palette.tsx';
import { PaletteButton } from '../palette/palette-button.tsx';
import { cx } from '../parts/class-names.ts';
import { ErrorBoundary } from '../parts/feedback/error-boundary.tsx';
import { tell } from '../parts/toast/toasts.tsx';
import { MovedView } from '../past/moved-view.tsx';
import { PresentNotice } from '../past/present-notice.tsx';
import { PresentTime, ShownTime } from '../past/scope.tsx';
import { TimeBar } from '../past/time-bar.tsx';
import { useTimeMachine } from '../past/use-time-machine.ts';
import { WindowTitle } from '../past/window-title.tsx';
import { words as pastWords } from '../past/words.ts';
import { ShortcutsDialog } from '../shortcuts/shortcuts-dialog.tsx';
import { changeScreen, useScreen } from '../store/screen.ts';
import { useConsole, useLink, useSession, useView } from '../store/use-console.ts';
import { addressOf, unknownView, unreadMoment, type ViewName, withMoment } from '../store/view-route.ts';
import { announceAlert } from './announce-alert.ts';
import { LinkBanner } from './link-banner.tsx';
import { Navigation } from './navigation.tsx';
import { RefusedScreen } from './refused-screen.tsx';
import styles from './shell.module.css';
import { StatusBar } from './status-bar.tsx';
import { VerdictLine } from './verdict-line.tsx';
import { words } from './words.ts';

/** Those whose figures are remembered; the others know the present only. */
const movedViews: ReadonlySet<ViewName> = new Set(['overview', 'connections', 'warm-up', 'health', 'events']);

/** Each engine counts its connections and load runs from one: what was chosen by number are others now. */
function forgetNumbers(): void {
  changeScreen({
    selected: new Set(),
    linkedFilter: null,
    frozen: false,
    inspectedConnection: null,
    shownLoadRun: null,
    comparedLoadRun: null,
  });
}

/** In another view the drawer of the one before goes. */
function useFreshView(view: ViewName): void {
  const shownRef = useRef(view);
  useEffect(() => {
    if (shownRef.current !== view) {
      shownRef.current = view;
      changeScreen({ inspectedIp: null, inspectedConnection: null });
    }
  }, [view]);
}

/** The clock of the engine's machine may go ahead of this one's. */
const aheadMs = 60_000;

/** An address that was written by hand, or is of another version, may lead nowhere: what is shown instead is said to be that. */
function useWrongAddress(): void {
  useEffect(() => {
    const look = (): void => {
      const { hash } = location;
      const view = unknownView(hash);
      const moment = unreadMoment(hash, Date.now() + aheadMs);
      if (view !== null) {
        tell('info', () => words.noSuchView(view));
        location.hash = addressOf('overview');
      } else if (moment !== null) {
        tell('info', () => words.noSuchMoment(moment));
        history.replaceState(null, '', withMoment(hash, null));
      }
    };
    look();
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, []);
}

export function Shell({ views }: { readonly views: Readonly<Record<ViewName, () => ReactNode>> }) {
  const stores = useConsole();
  const view = useView();
  const { phase } = useLink();
  const { label } = viewActions[view].words;
  const View = views[view];
  const session = useSession();
  useWrongAddress();
  const isPast = useTimeMachine();
  const isTimeBarOpen = useScreen((state) => state.timeBar !== null);

  useFreshView(view);
  useEffect(() => bindKeys(globalActions, stores), [stores]);
  useEffect(() => stores.warmUp.retain(), [stores]);
  useEffect(() => stores.session.engineChanges.subscribe(forgetNumbers), [stores]);
  useEffect(() => stores.alerts.onFired((alert) => announceAlert(stores, alert)), [stores]);

  if (phase === 'unauthorised') {
    return <RefusedScreen />;
  }
  const timeBar = (
    <ErrorBoundary what={pastWords.title}>
      <TimeBar stands={view === 'health' ? 'above' : 'below'} />
    </ErrorBoundary>
  );
  return (
    <div className={cx(styles.shell, isPast && styles.past)}>
      <WindowTitle view={label} />
      <button type="button" className={styles.skip} onClick={() => document.getElementById('view')?.focus()}>
        {words.skip}
      </button>
      <Navigation />
      <header className={styles.head}>
        <h1 className={styles.title}>{label}</h1>
        {isPast && !movedViews.has(view) ? (
          <PresentNotice view={label} />
        ) : (
          <ShownTime>
            <VerdictLine />
          </ShownTime>
        )}
        <div className={styles.actions}>
          <PaletteButton />
          <ActionButton action={checkAll} input={undefined} showIcon />
          {view !== 'warm-up' && <ActionButton action={openWarmUp} input={undefined} look="primary" showIcon />}
        </div>
      </header>
      <main className={styles.main}>
        <LinkBanner />
        {view === 'health' && timeBar}
        {view === 'overview' && <DemoBar />}
        <div
          className={cx(styles.viewBody, session === null && styles.settling, phase === 'lost' && styles.stale)}
          id="view"
          data-view={view}
          tabIndex={-1}
        >
          <ErrorBoundary key={view} what={label}>
            {movedViews.has(view) ? (
              <MovedView>
                <View key={isPast ? 'past' : 'present'} />
              </MovedView>
            ) : (
              <PresentTime>
                <View />
              </PresentTime>
            )}
          </ErrorBoundary>
        </div>
        {(isPast || isTimeBarOpen) && view !== 'health' && timeBar}
      </main>
      <ShownTime>
        <ConnectionDrawer />
        <IpDrawer />
      </ShownTime>
      <PresentTime>
        <DemoDialogs />
      </PresentTime>
      <ShortcutsDialog />
      <Palette />
      <ShownTime>
        <StatusBar />
      </ShownTime>
    </div>
  );
}
