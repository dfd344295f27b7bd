/** The engine is lost, and the rows were last watched some time before that: they are not those of the loss. */
import { Banner } from '../../parts/feedback/feedback.tsx';
import { useEngineSecond, useRowsLeftAt } from '../../store/use-console.ts';
import { words } from './words.ts';

/** Between the last watching and the loss: what is younger says as much as the figures do. */
const tellingMs = 2_000;

export function LostRows() {
  const lostMs = useEngineSecond();
  const leftAtMs = useRowsLeftAt();
  return leftAtMs === null || lostMs - leftAtMs < tellingMs ? null : (
    <Banner tone="warn">
      <strong>{words.rowsOf(leftAtMs)}</strong> {words.rowsSince(lostMs - leftAtMs)}
    </Banner>
  );
}
