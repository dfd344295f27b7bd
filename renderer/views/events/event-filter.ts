/** Which events are shown, and in which order. Pure: the same rules as the history's own, for those it does not have yet. */
import { type EventFilter, wantedIp } from '../../store/events-screen.ts';
import { type ShownEvent, sentencesOf } from './shown-event.ts';

export function fits(event: ShownEvent, filter: EventFilter): boolean {
  const { text, levels, kind, host } = filter;
  const ip = wantedIp(filter);
  const wanted = text.trim().toLowerCase();
  return (
    (levels.length === 0 || levels.includes(event.level)) &&
    (kind === null || event.kind === kind || event.kind.startsWith(`${kind}.`)) &&
    (host === null || event.data.host === host) &&
    (ip === null || event.data.ip === ip) &&
    (wanted === '' ||
      [...sentencesOf(event), event.kind, event.subject].some((part) => part.toLowerCase().includes(wanted)))
  );
}

/** The same event from the stream and from the history has the same; `seq` alone begins anew with each start. */
export function keyOf({ atMs, seq }: ShownEvent): string {
  return `${Math.floor(atMs)}-${seq}`;
}

/** Newest first, each once. `live` is oldest first, `remembered` newest first. */
export function mergeEvents(live: readonly ShownEvent[], remembered: readonly ShownEvent[]): readonly ShownEvent[] {
  const known = new Set(remembered.map(keyOf));
  const fresh = live.filter((event) => !known.has(keyOf(event))).toReversed();
  return fresh.length === 0
    ? remembered
    : [...fresh, ...remembered].sort((a, b) => Math.floor(b.atMs) - Math.floor(a.atMs) || b.seq - a.seq);
}
