/** What failed checks failed of, over the time that the strips show. */
import { useCallback, useMemo } from 'react';
import type { CheckOutcome, RememberedCheck } from '../../../core/contract/history-health.ts';
import { useAction } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import { Button } from '../../parts/button/button.tsx';
import { Canvas, type Draw } from '../../parts/canvas/canvas.tsx';
import type { CrossHair } from '../../parts/chart/cross-hair.ts';
import { SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { useConsole } from '../../store/use-console.ts';
import { usePolled } from '../../store/use-polled.ts';
import { token } from '../../styles/theme.ts';
import { count, timeOfDay } from '../../words/format.ts';
import { errorClassWords } from '../../words/vocabulary.ts';
import { CrossLine } from './cross-line.tsx';
import { type ErrorGroup, groupErrors } from './error-classes.ts';
import { againAfterMs, frameOf, type TimeFrame, useHealthRange } from './range-state.ts';
import styles from './side.module.css';
import { words } from './words.ts';

const text = words.errors;
const failing: readonly CheckOutcome[] = ['blocked', 'auth', 'busy', 'bad-status', 'broken'];
const pageSize = 500;
const mostFailures = 2_000;
/** A page may be short or empty: so much was searched in one go. */
const mostPages = 10;
const pieces = 60;

interface Failures {
  readonly frame: TimeFrame;
  /** Newest first. */
  readonly checks: readonly RememberedCheck[];
  /** The frame was not searched to its begin: there may be older ones. */
  readonly cut: boolean;
}

function useFailures() {
  const { bridge, clock } = useConsole();
  const range = useHealthRange((state) => state.range);
  const ask = useCallback(async (): Promise<Failures> => {
    const frame = frameOf(range, clock.now());
    const wish = { fromMs: frame.fromMs, toMs: frame.toMs, outcomes: [...failing], limit: pageSize };
    const checks: RememberedCheck[] = [];
    let cursor: number | null = null;
    for (let page = 0; page < mostPages && checks.length < mostFailures; page += 1) {
      const found: { checks: RememberedCheck[]; cursor: number | null } = await bridge.request('history.checks', {
        ...wish,
        cursor,
      });
      checks.push(...found.checks);
      cursor = found.cursor;
      if (cursor === null) {
        break;
      }
    }
    return { frame, checks, cut: cursor !== null };
  }, [bridge, clock, range]);
  return usePolled(ask, 2 * againAfterMs(range));
}

/** How many in each piece of the time, against the most that any class had. */
function Bars({
  counts,
  most,
  label,
}: {
  readonly counts: readonly number[];
  readonly most: number;
  readonly label: string;
}) {
  const draw: Draw = useCallback(
    (context, { width, height }) => {
      context.fillStyle = token('--line');
      context.fillRect(0, height - 1, width, 1);
      context.fillStyle = token('--bad');
      for (const [index, value] of counts.entries()) {
        const left = Math.round((index / counts.length) * width);
        const right = Math.round(((index + 1) / counts.length) * width);
        const tall = value === 0 ? 0 : Math.max(2, Math.round((value / most) * height));
        context.fillRect(left, height - tall, Math.max(1, right - left - 1), tall);
      }
    },
    [counts, most],
  );
  return <Canvas draw={draw} label={label} />;
}

function ErrorRow({
  group,
  most,
  frame,
  crossHair,
}: {
  readonly group: ErrorGroup;
  readonly most: number;
  readonly frame: TimeFrame;
  readonly crossHair: CrossHair;
}) {
  const inspect = useAction(inspectIp);
  const { errorClass, counts, last } = group;
  const name = errorClassWords[errorClass];
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={styles.bars}>
        <div className={styles.barField}>
          <Bars counts={counts} most={most} label={text.bars(name)} />
          <CrossLine frame={frame} crossHair={crossHair} />
        </div>
      </td>
      <td className={styles.num}>{count(group.count)}</td>
      <td className={styles.soft}>
        <Button look="entry" className={styles.mono} onClick={() => void inspect(last.ip)}>
          {last.ip}
        </Button>{' '}
        {timeOfDay(last.atMs)}
      </td>
    </tr>
  );
}

export function ErrorsPanel({ crossHair }: { readonly crossHair: CrossHair }) {
  const { value: failures, failure } = useFailures();
  const groups = useMemo(() => (failures ? groupErrors(failures.checks, failures.frame, pieces) : []), [failures]);
  const most = Math.max(1, ...groups.flatMap(({ counts }) => counts));
  const oldest = failures?.checks.at(-1);
  const aside = failure !== null ? text.failed(failure) : failures?.cut && oldest ? text.cut(oldest.atMs) : undefined;
  return (
    <Panel title={text.title} aside={aside}>
      {failures === null ? (
        failure === null && <SkeletonLines count={3} />
      ) : groups.length === 0 ? (
        <p className={styles.quiet}>{failures.cut ? text.noneOfNewest : text.none}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{text.columns.what}</th>
              <th scope="col">{text.columns.when}</th>
              <th scope="col" className={styles.num}>
                {text.columns.count}
              </th>
              <th scope="col">{text.columns.last}</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <ErrorRow key={group.errorClass} group={group} most={most} frame={failures.frame} crossHair={crossHair} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
