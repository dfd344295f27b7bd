/** Which events are shown, and in which order. Pure: the same rules as the history's own, for those it does not have yet. */
import type { EventLevel } from '../../../core/contract/events.ts';
import { type ShownEvent, sentencesOf } from './shown-event.ts';

export interface EventFilter {
  /** Somewhere in text, kind or subject. */
  readonly text: string;
  /** Empty: every level. */
  readonly levels: readonly EventLevel[];
  /** `access`, or `access.changed`; null: all. */
  readonly kind: string | null;
  readonly host: string | null;
  readonly ip: string;
}

export const everything: EventFilter = { text: '', levels: [], kind: null, host: null, ip: '' };

export function isEverything({ text, levels, kind, host, ip }: EventFilter): boolean {
  return text === '' && levels.length === 0 && kind === null && host === null && ip === '';
}

export function fits(event: ShownEvent, { text, levels, kind, host, ip }: EventFilter): boolean {
  const wanted = text.trim().toLowerCase();
  return (
    (levels.length === 0 || levels.includes(event.level)) &&
    (kind === null || event.kind === kind || event.kind.startsWith(`${kind}.`)) &&
    (host === null || event.data.host === host) &&
    (ip.trim() === '' || event.data.ip === ip.trim()) &&
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
