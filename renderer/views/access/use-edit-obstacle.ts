/** Whether the lists may be changed here. */
import { useObstacle } from '../../actions/use-action.tsx';

export { useEditObstacle } from '../../actions/use-action.tsx';

const reading = { inPast: false, needsEngine: true } as const;

/** Why no text can be read into the draft: the engine reads it. Null when one can. */
export function useReadObstacle(): string | null {
  return useObstacle(reading);
}
