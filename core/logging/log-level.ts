/** Which events are logged. */
import { type EventLevel, eventLevels } from '../contract/events.ts';

/** Of the chosen level and above. */
export function isLogged(level: EventLevel, least: EventLevel): boolean {
  return eventLevels.indexOf(level) >= eventLevels.indexOf(least);
}
