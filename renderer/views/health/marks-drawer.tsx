/** What stands behind a mark: each thing that happened, and where more of it is told. */
import { showAlert } from '../../actions/alert-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import { Button } from '../../parts/button/button.tsx';
import { Drawer } from '../../parts/drawer/drawer.tsx';
import { changeScreen } from '../../store/screen.ts';
import { useWarmUpRuns } from '../../store/use-console.ts';
import { goTo } from '../../store/view-route.ts';
import type { Annotation } from './annotations.ts';
import styles from './strips.module.css';
import { words } from './words.ts';

const text = words.lanes;
const most = 200;

function Way({ annotation, onClose }: { readonly annotation: Annotation; readonly onClose: () => void }) {
  const { lane, ref, atMs } = annotation;
  const runs = useWarmUpRuns();
  if (lane === 'ejections' && typeof ref === 'string') {
    return <ActionButton action={inspectIp} input={ref} label={text.openIp} small onDone={onClose} />;
  }
  if (lane === 'alerts' && typeof ref === 'number') {
    return <ActionButton action={showAlert} input={ref} label={text.openAlert} small />;
  }
  // Ids begin anew with each start of the engine: only the very run is shown.
  const run = lane === 'warm-ups' ? runs.find(({ id, startedAtMs }) => id === ref && startedAtMs === atMs) : undefined;
  return run === undefined ? null : (
    <Button
      small
      onClick={() => {
        changeScreen({ shownRun: run.id });
        goTo('warm-up');
      }}
    >
      {text.openRun}
    </Button>
  );
}

export function MarksDrawer({
  annotations,
  onClose,
}: {
  readonly annotations: readonly Annotation[];
  readonly onClose: () => void;
}) {
  const [first] = annotations;
  return (
    <Drawer open onClose={onClose} title={first && text.names[first.lane]} closeLabel={text.close}>
      <ol className={styles.happened}>
        {annotations.slice(-most).map((annotation) => (
          <li key={annotation.key}>
            <span className={styles.when}>{text.from(annotation.atMs, annotation.untilMs)}</span>
            <span className={styles.what}>{annotation.text}</span>
            <Way annotation={annotation} onClose={onClose} />
          </li>
        ))}
      </ol>
    </Drawer>
  );
}
