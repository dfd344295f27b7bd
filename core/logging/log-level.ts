/** Which events are logged. */
import { type EngineEvent, type EventLevel, eventLevels } from '../contract/events.ts';

/** Of the chosen level and above. */
export function isLogged({ level }: Pick<EngineEvent, 'level'>, least: EventLevel): boolean {
  return eventLevels.indexOf(level) >= eventLevels.indexOf(least);
}
