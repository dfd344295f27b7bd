/** Every host over time, opened to its networks and addresses; beside it what else happened then. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type CellState, cellStates } from '../../../core/contract/history-health.ts';
import { Button } from '../../parts/button/button.tsx';
import type { CrossHair } from '../../parts/chart/cross-hair.ts';
import { Empty, SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Chips } from '../../parts/fields/chips.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import type { Cell } from '../../parts/strip/cell.ts';
import { StripKey } from '../../parts/strip/strip.tsx';
import { presetsMs, showLast, useHealthRange, zoomBack } from '../../store/health-range.ts';
import { cellWords } from '../../words/cell-words.ts';
import { stretch } from '../../words/dates.ts';
import type { Annotation } from './annotations.ts';
import type { StripRow } from './cell-rows.ts';
import { ChecksDrawer } from './checks-drawer.tsx';
import { Lanes } from './lanes.tsx';
import { MarksDrawer } from './marks-drawer.tsx';
import { StripRows } from './strip-rows.tsx';
import { StripTable } from './strip-table.tsx';
import styles from './strips.module.css';
import { TimeAxis } from './time-axis.tsx';
import { useAnnotations } from './use-annotations.ts';
import { useCells } from './use-cells.ts';
import { words } from './words.ts';

const text = words.strips;
/** CSS pixels of a column, and how many columns are asked for at most. */
const columnWidth = 5;
const mostColumns = 300;
/** A window that is drawn larger asks anew only now and then. */
const columnStep = 20;

/** How many columns there is room for. */
function useColumns() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) {
      return;
    }
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const fitting = Math.floor(width / columnWidth / columnStep) * columnStep;
  return { ref, width, columns: Math.min(mostColumns, Math.max(columnStep, fitting)) };
}

function RangeTools(): ReactNode {
  const range = useHealthRange((state) => state.range);
  const back = useHealthRange((state) => state.back);
  return (
    <div className={styles.tools}>
      {range.kind === 'between' && <span className={styles.between}>{stretch(range.fromMs, range.toMs)}</span>}
      {back.length > 0 && (
        <Button small title={text.backHint} onClick={zoomBack}>
          {text.back}
        </Button>
      )}
      <Chips
        label={text.range}
        hideLabel
        look="segments"
        lead={text.rangeLead}
        options={presetsMs.map((ms) => ({ value: String(ms), label: text.preset(ms) }))}
        value={range.kind === 'last' ? String(range.ms) : null}
        onChange={(ms) => showLast(Number(ms))}
      />
    </div>
  );
}

function Legend() {
  return (
    <ul className={styles.legend}>
      {(Object.keys(cellStates) as CellState[]).map((state) => (
        <li key={state} title={cellWords[state].hint}>
          <StripKey state={state} />
          {cellWords[state].word}
        </li>
      ))}
      <li className={styles.hint}>{text.keys}</li>
    </ul>
  );
}

export function StripsPanel({ crossHair }: { readonly crossHair: CrossHair }) {
  const { ref, width, columns } = useColumns();
  const { value: picture, failure } = useCells(columns);
  const annotations = useAnnotations();
  const [cell, setCell] = useState<{ readonly row: StripRow; readonly cell: Cell } | null>(null);
  const [marks, setMarks] = useState<readonly Annotation[] | null>(null);
  const aside =
    picture === null
      ? failure !== null && text.failed(failure)
      : picture.rows.length > 0
        ? text.aside(picture.stepMs, picture.rows.length, annotations.value?.cut ?? false)
        : undefined;
  return (
    <Panel title={text.title} aside={aside || undefined} tools={<RangeTools />} className={styles.panel}>
      <div className={styles.ruler} ref={ref} aria-hidden="true" />
      {picture === null ? (
        <div className={styles.waiting}>{failure === null && <SkeletonLines count={6} />}</div>
      ) : (
        <>
          <Lanes
            annotations={annotations.value?.all ?? []}
            frame={picture}
            crossHair={crossHair}
            width={width}
            onOpen={setMarks}
          />
          {picture.rows.length === 0 ? (
            <div className={styles.waiting}>
              <Empty title={text.none}>{text.noneText}</Empty>
            </div>
          ) : (
            <>
              <StripRows
                picture={picture}
                crossHair={crossHair}
                onOpen={(row, chosen) => setCell({ row, cell: chosen })}
              />
              <StripTable picture={picture} />
              <TimeAxis frame={picture} width={width} />
              {picture.left > 0 && <p className={styles.left}>{text.left(picture.left)}</p>}
              <Legend />
            </>
          )}
        </>
      )}
      {cell && <ChecksDrawer row={cell.row} cell={cell.cell} onClose={() => setCell(null)} />}
      {marks && <MarksDrawer annotations={marks} onClose={() => setMarks(null)} />}
    </Panel>
  );
}
