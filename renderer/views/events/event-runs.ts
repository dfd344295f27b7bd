/** Events that say the same again and again as one line, so that what floods a log does not hide the rest of it. */
import { keyOf } from './event-filter.ts';
import type { ShownEvent } from './shown-event.ts';

/** A run lies within one slot of the clock, so that it stays the same while events come and older pages are read. */
const slotMs = 300_000;
/** Fewer are shown as they are. */
const leastOfRun = 4;

export interface EventRun {
  readonly key: string;
  /** Newest first. */
  readonly events: readonly [ShownEvent, ...ShownEvent[]];
}

export type LogLine =
  | { readonly kind: 'run'; readonly key: string; readonly run: EventRun; readonly open: boolean }
  | {
      readonly kind: 'event';
      readonly key: string;
      readonly event: ShownEvent;
      /** The run that it was taken out of; null: it stands alone. */
      readonly of: EventRun | null;
    };

/** What makes two events of a kind say another thing. What tells one connection, IP or moment from another does not. */
const tellingNames = [
  'host',
  'runId',
  'class',
  'code',
  'reason',
  'rule',
  'who',
  'act',
  'list',
  'origin',
  'failure',
  'why',
] as const;
/** Their subject is what they are about in common: a host, a file. That of others is one IP or connection of many. */
const isOfMany = ({ kind, subject, data }: ShownEvent): boolean =>
  kind === 'access.changed' || subject === data.ip || /^\d+$/.test(subject);

/** Asked again with each event that comes, of thousands that stay. */
const known = new WeakMap<ShownEvent, string>();

function samenessOf(event: ShownEvent): string {
  const { kind, level, subject, data, atMs } = event;
  const said =
    known.get(event) ??
    JSON.stringify([
      Math.floor(atMs / slotMs),
      level,
      kind,
      isOfMany(event) ? null : subject,
      ...tellingNames.map((name) => data[name] ?? null),
    ]);
  known.set(event, said);
  return said;
}

/** `events` and the lines are newest first; a run stands where its newest event does. */
export function linesOf(events: readonly ShownEvent[], opened: ReadonlySet<string>): readonly LogLine[] {
  const runs = Map.groupBy(events, samenessOf);
  const lines: LogLine[] = [];
  const told = new Set<string>();
  for (const event of events) {
    const key = samenessOf(event);
    const [first, ...others] = runs.get(key) ?? [];
    if (!first || others.length + 1 < leastOfRun) {
      lines.push(lineOf(event));
    } else if (!told.has(key)) {
      told.add(key);
      const run: EventRun = { key, events: [first, ...others] };
      const open = opened.has(key);
      lines.push({ kind: 'run', key, run, open });
      lines.push(...(open ? run.events.map((each) => lineOf(each, run)) : []));
    }
  }
  return lines;
}

/** Each for itself. */
export function singleLines(events: readonly ShownEvent[]): readonly LogLine[] {
  return events.map((event) => lineOf(event));
}

function lineOf(event: ShownEvent, of: EventRun | null = null): LogLine {
  return { kind: 'event', key: keyOf(event), event, of };
}

export interface RunFacts {
  readonly times: number;
  readonly ips: number;
  /** null: they are of several hosts, or of none. */
  readonly host: string | null;
  readonly firstMs: number;
}

export function factsOf({ events }: EventRun): RunFacts {
  const ips = new Set(events.map(({ kind, subject, data }) => data.ip ?? (kind === 'access.changed' ? subject : null)));
  ips.delete(null);
  const [{ data, atMs }] = events;
  return {
    times: events.length,
    ips: ips.size,
    host: typeof data.host === 'string' ? data.host : null,
    firstMs: events.at(-1)?.atMs ?? atMs,
  };
}
