/** The pool as a field of cells: one for each connection, hot ones glow; then the places that are still free. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { showConnections } from '../../actions/connection-actions.ts';
import { ActionButton, useAction } from '../../actions/use-action.tsx';
import { openWarmUp } from '../../actions/warm-up-actions.ts';
import { Paced } from '../../base/paced.ts';
import { type ShownState, shownState, shownStates } from '../../base/shown-state.ts';
import { CellField } from '../../parts/cell-field/cell-field.tsx';
import type { CellLook } from '../../parts/cell-field/draw-cell.ts';
import { Empty } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { StateLabel } from '../../parts/state-mark/state-mark.tsx';
import { useConsole } from '../../store/use-console.ts';
import { count } from '../../words/format.ts';
import { stateWords } from '../../words/vocabulary.ts';
import styles from './overview.module.css';
import { fieldOrder } from './selectors.ts';
import { words } from './words.ts';

const looks: Readonly<Record<ShownState, CellLook>> = {
  idle: { color: '--good-deep', shape: 'full' },
  leased: { color: '--ember', shape: 'full' },
  unhealthy: { color: '--bad', shape: 'notched' },
  dialing: { color: '--cool', shape: 'frame' },
  validating: { color: '--cool', shape: 'full' },
  checking: { color: '--violet', shape: 'full' },
  draining: { color: '--warn', shape: 'notched' },
  closed: { color: '--vacant', shape: 'full' },
};
const vacant: CellLook = { color: '--vacant', shape: 'full' };
const mostVacant = 1_000;

interface FieldPicture {
  readonly ids: readonly number[];
  readonly counts: ReadonlyMap<ShownState, number>;
}

/** Order and counts, at most twice a second; the cells themselves are redrawn on each frame. */
function useFieldPicture(): FieldPicture {
  const { connections } = useConsole();
  const [picture, setPicture] = useState<FieldPicture>({ ids: [], counts: new Map() });
  useEffect(() => {
    const pace = new Paced(500, () => {
      const counts = new Map<ShownState, number>();
      for (const row of connections.rows()) {
        const state = shownState(row);
        counts.set(state, (counts.get(state) ?? 0) + 1);
      }
      setPicture({ ids: fieldOrder(connections.rows()), counts });
    });
    pace.now();
    const end = connections.pace(pace);
    return () => {
      end();
      pace.stop();
    };
  }, [connections]);
  return picture;
}

/** Rows changed a second, over the last two; null before these have gone by. */
function useChangeRate(): number | null {
  const { connections } = useConsole();
  const [perSecond, setPerSecond] = useState<number | null>(null);
  const before = useRef(connections.changes);
  useEffect(() => {
    const timer = setInterval(() => {
      setPerSecond((connections.changes - before.current) / 2);
      before.current = connections.changes;
    }, 2_000);
    return () => clearInterval(timer);
  }, [connections]);
  return perSecond;
}

export function PoolField({ limit }: { readonly limit: number }) {
  const { connections } = useConsole();
  const { ids, counts } = useFieldPicture();
  const changeRate = useChangeRate();
  const show = useAction(showConnections);
  const cells = Math.max(ids.length, Math.min(limit, ids.length + mostVacant));
  const look = useCallback(
    (index: number): CellLook => {
      const id = ids[index];
      const row = id === undefined ? undefined : connections.row(id);
      return row ? looks[shownState(row)] : vacant;
    },
    [ids, connections],
  );
  const describe = (index: number) => {
    const id = ids[index];
    const row = id === undefined ? undefined : connections.row(id);
    return row ? (
      <>
        <StateLabel state={shownState(row)} /> {row.ip} · {row.host}
      </>
    ) : (
      words.pool.vacant
    );
  };
  return (
    <Panel
      title={words.pool.title}
      aside={words.pool.aside(changeRate, Math.max(0, limit - cells))}
      className={styles.pool}
    >
      {connections.loaded && ids.length === 0 ? (
        <Empty title={words.pool.empty} actions={<ActionButton action={openWarmUp} input={undefined} showIcon />}>
          {words.pool.emptyText}
        </Empty>
      ) : (
        <div className={styles.poolBody}>
          <div className={styles.legend}>
            {shownStates.map((state) => {
              const number = counts.get(state) ?? 0;
              return number > 0 || state === 'leased' || state === 'idle' ? (
                <StateLabel key={state} state={state} word={`${stateWords[state]} ${count(number)}`} />
              ) : null;
            })}
          </div>
          <div className={styles.poolField}>
            <CellField
              label={words.pool.picture(ids.length, counts.get('leased') ?? 0, counts.get('unhealthy') ?? 0)}
              count={cells}
              look={look}
              changes={connections.frames.subscribe}
              describe={describe}
              onPick={(index) => {
                const id = ids[index];
                if (id !== undefined) {
                  void show(`id:${id}`);
                }
              }}
            />
          </div>
        </div>
      )}
    </Panel>
  );
}
