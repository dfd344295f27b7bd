/** What failed checks failed of, over the time that the strips show. */
import { useCallback } from 'react';
import type { ErrorSeries, HistoryErrors } from '../../../core/contract/history-errors.ts';
import { useAction } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import type { TimeFrame } from '../../base/time-frame.ts';
import { Button } from '../../parts/button/button.tsx';
import { Canvas, type Draw } from '../../parts/canvas/canvas.tsx';
import type { CrossHair } from '../../parts/chart/cross-hair.ts';
import { CrossField } from '../../parts/chart/cross-line.tsx';
import { SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { againAfterMs, frameOf, useHealthRange } from '../../store/health-range.ts';
import { useConsole } from '../../store/use-console.ts';
import { LastAnswer, type Polled, usePolled } from '../../store/use-polled.ts';
import { token } from '../../styles/theme.ts';
import { count, timeOfDay } from '../../words/format.ts';
import { errorClassWords } from '../../words/vocabulary.ts';
import styles from './side.module.css';
import { words } from './words.ts';

const text = words.errors;
const lastErrors = new LastAnswer<HistoryErrors>();

function useErrors(): Polled<HistoryErrors> {
  const { bridge, clock } = useConsole();
  const range = useHealthRange((state) => state.range);
  const ask = useCallback(() => {
    const { fromMs, toMs } = frameOf(range, clock.now());
    return bridge.request('history.errors', { fromMs, toMs });
  }, [bridge, clock, range]);
  return usePolled(ask, 2 * againAfterMs(range), lastErrors);
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
  series,
  most,
  frame,
  crossHair,
}: {
  readonly series: ErrorSeries;
  readonly most: number;
  readonly frame: TimeFrame;
  readonly crossHair: CrossHair;
}) {
  const inspect = useAction(inspectIp);
  const { errorClass, counts, last } = series;
  const name = errorClassWords[errorClass];
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={styles.bars}>
        <CrossField frame={frame} crossHair={crossHair} className={styles.barField}>
          <Bars counts={counts} most={most} label={text.bars(name)} />
        </CrossField>
      </td>
      <td className={styles.num}>{count(series.count)}</td>
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
  const { value: errors, failure } = useErrors();
  const most = Math.max(1, ...(errors?.classes.flatMap(({ counts }) => counts) ?? []));
  return (
    <Panel title={text.title} aside={failure === null || errors !== null ? undefined : text.failed(failure)}>
      {errors === null ? (
        failure === null && <SkeletonLines count={3} />
      ) : errors.classes.length === 0 ? (
        <p className={styles.quiet}>{text.none}</p>
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
            {errors.classes.map((series) => (
              <ErrorRow
                key={series.errorClass}
                series={series}
                most={most}
                frame={{ fromMs: errors.fromMs, toMs: errors.fromMs + errors.columns * errors.stepMs }}
                crossHair={crossHair}
              />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
