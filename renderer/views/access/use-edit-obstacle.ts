/** Whether the lists may be changed here, in the draft too. */
import { useObstacle } from '../../actions/use-action.tsx';

const editing = { inPast: false } as const;

/** Why not, as the controls say it; null when they may. */
export function useEditObstacle(): string | null {
  return useObstacle(editing);
}

const reading = { inPast: false, needsEngine: true } as const;

/** Why no text can be read into the draft: the engine reads it. Null when one can. */
export function useReadObstacle(): string | null {
  return useObstacle(reading);
}
