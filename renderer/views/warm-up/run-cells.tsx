/** A cell for every connection of a run; a click on one tells its whole story. */
import { useCallback, useRef, useState, useSyncExternalStore } from 'react';
import type { WarmUpCell, WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { blockIps, showConnections } from '../../actions/connection-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import { Button } from '../../parts/button/button.tsx';
import { CellField } from '../../parts/cell-field/cell-field.tsx';
import type { CellLook } from '../../parts/cell-field/draw-cell.ts';
import { useConsole } from '../../store/use-console.ts';
import { count } from '../../words/format.ts';
import { errorClassWords, rawInWords, whyInWords } from '../../words/vocabulary.ts';
import styles from './run.module.css';
import { words } from './words.ts';

const text = words.run;

const looks: Readonly<Record<WarmUpCell['state'], CellLook>> = {
  waiting: { color: '--vacant', shape: 'full' },
  dialing: { color: '--ember', shape: 'frame' },
  ready: { color: '--good-deep', shape: 'full' },
  failed: { color: '--bad', shape: 'notched' },
  cancelled: { color: '--line-strong', shape: 'frame' },
};
const shownInLegend = ['ready', 'dialing', 'failed', 'waiting', 'cancelled'] as const;

/** `127.0.31.17 · tiles.demo.test · TLS timeout · 4 attempts`. */
function cellParts(cell: WarmUpCell, run: WarmUpRun): string[] {
  const host = run.hosts.length > 1 ? run.hosts[cell.host]?.host : undefined;
  const { tcpMs, tlsMs, firstByteMs } = cell;
  return [
    cell.ip,
    ...(host === undefined ? [] : [host]),
    cell.error === null ? text.legend[cell.state] : errorClassWords[cell.error],
    ...(cell.attempts > 1 ? [text.cell.attempts(cell.attempts)] : []),
    ...(tcpMs !== null && tlsMs !== null && firstByteMs !== null ? [text.cell.parts(tcpMs, tlsMs, firstByteMs)] : []),
  ];
}

/** Under the cells: what came of the one that was picked, and what can be done about it. */
function CellStory(props: { readonly run: WarmUpRun; readonly index: number; readonly onClose: () => void }) {
  const { run, index, onClose } = props;
  const { warmUp } = useConsole();
  const cell = useSyncExternalStore(warmUp.changes.subscribe, () => warmUp.cells(run.id)[index]);
  return cell === undefined ? null : (
    <section className={styles.story} aria-label={text.cell.title(cell.ip)}>
      <span className={styles.storyText}>
        {cellParts(cell, run).join(' · ')}
        {cell.message !== null && <span className={styles.storyMessage}> {rawInWords(cell.message)}</span>}
        {cell.notAgain !== null && (
          <span className={styles.storyMessage}> · {text.cell.notAgain(whyInWords(cell.notAgain))}</span>
        )}
      </span>
      {cell.connectionId !== null && (
        <ActionButton action={showConnections} input={`id:${cell.connectionId}`} small label={text.cell.show} />
      )}
      <ActionButton action={inspectIp} input={cell.ip} small />
      {cell.state === 'failed' && <ActionButton action={blockIps} input={[cell.ip]} small />}
      <Button small look="quiet" aria-label={text.cell.close} onClick={onClose}>
        ×
      </Button>
    </section>
  );
}

function Legend({ run }: { readonly run: WarmUpRun }) {
  const numbers = {
    ready: run.ready,
    dialing: run.dialing,
    failed: run.failed,
    cancelled: run.cancelled,
    waiting: Math.max(0, run.total - run.done - run.dialing - run.cancelled),
  };
  return (
    <div className={styles.legend}>
      {shownInLegend
        .filter((state) => numbers[state] > 0 || state === 'ready')
        .map((state) => (
          <span key={state} className={styles.legendItem}>
            <span
              className={styles.swatch}
              data-shape={looks[state].shape}
              style={{ color: `var(${looks[state].color})` }}
            />
            {count(numbers[state])} {text.legend[state]}
          </span>
        ))}
      <span className={styles.legendHint}>{text.cell.hint}</span>
    </div>
  );
}

export function RunCells({ run }: { readonly run: WarmUpRun }) {
  const { warmUp } = useConsole();
  const [picked, setPicked] = useState<number | null>(null);
  const cellsRef = useRef<HTMLDivElement>(null);
  // The focus goes back to where the story was asked for.
  const close = (): void => {
    setPicked(null);
    cellsRef.current?.querySelector('button')?.focus();
  };
  const look = useCallback(
    (index: number): CellLook => looks[warmUp.cells(run.id)[index]?.state ?? 'waiting'],
    [warmUp, run.id],
  );
  const name = useCallback((index: number) => warmUp.cells(run.id)[index]?.ip ?? '', [warmUp, run.id]);
  const describe = (index: number) => {
    const cell = warmUp.cells(run.id)[index];
    return cell ? cellParts(cell, run).join(' · ') : text.legend.waiting;
  };
  return (
    <>
      <div className={styles.cells} ref={cellsRef}>
        <CellField
          label={text.cells(run.ready, run.failed, run.total)}
          count={run.total}
          look={look}
          name={name}
          changes={warmUp.changes.subscribe}
          describe={describe}
          onPick={setPicked}
          largest={18}
        />
      </div>
      {picked === null ? <Legend run={run} /> : <CellStory run={run} index={picked} onClose={close} />}
    </>
  );
}
