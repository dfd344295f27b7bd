/** Whether the lists may be changed here, in the draft too. */
import { useObstacle } from '../../actions/use-action.tsx';

const editing = { inPast: false } as const;

/** Why not, as the controls say it; null when they may. */
export function useEditObstacle(): string | null {
  return useObstacle(editing);
}
