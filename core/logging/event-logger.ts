/** Listens to the engine's events and writes those of the chosen level and above as lines. */
import type { EventBus } from '../base/event-bus.ts';
import type { EventLevel } from '../contract/events.ts';
import { isLogged } from './log-level.ts';
import { formatLogLine } from './log-line.ts';

export interface EventLoggerOptions {
  /** Read at each event, so that a change of `log_level` holds at once. */
  readonly level: () => EventLevel;
  /** Takes one line without its end. Never stdout: that belongs to the line that says the console is ready. */
  readonly write: (line: string) => void;
}

/** Returns the function that stops logging. */
export function logEvents(events: Pick<EventBus, 'subscribe'>, { level, write }: EventLoggerOptions): () => void {
  return events.subscribe(
    (event) => write(formatLogLine(event)),
    (its) => isLogged(its, level()),
  );
}
