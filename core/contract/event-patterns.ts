/** The log patterns of document 004: six things whose number tells how a pool is. */
import { z } from 'zod';
import { query } from './define.ts';
import type { EventKind } from './event-kinds.ts';
import { type ToldEvent, toldEventSchema } from './events.ts';
import { rangeSchema } from './history-range.ts';
import { countSchema } from './vocabulary.ts';

export const eventPatterns = [
  /** An IP came onto the white list. */
  'whitelisted',
  /** An IP came onto the black list. */
  'blacklisted',
  /** A connection's healthy flag went down, or it was closed as unhealthy. */
  'unhealthy',
  /** A connection was closed and is gone from the pool. */
  'removed',
  /** A connection of a warm-up could not be had. */
  'warm-up-failed',
  /** A check of a connection failed. */
  'check-failed',
] as const;
export const eventPatternSchema = z.enum(eventPatterns);
export type EventPattern = z.infer<typeof eventPatternSchema>;

/** What the reference's own program writes into its log for each. */
export const patternPhrases: Readonly<Record<EventPattern, string>> = {
  whitelisted: '连接已添加到白名单',
  blacklisted: '连接已添加到黑名单',
  unhealthy: '连接不健康',
  removed: '连接已从管理器移除',
  'warm-up-failed': '预热连接失败',
  'check-failed': '健康检查失败',
};

/** What a line of our log has of an event. */
export const loggedEventSchema = toldEventSchema.pick({ kind: true, data: true });

export const patternCountsSchema = z.record(eventPatternSchema, countSchema);
export type PatternCounts = z.infer<typeof patternCountsSchema>;

export function noPatterns(): PatternCounts {
  return Object.fromEntries(eventPatterns.map((pattern) => [pattern, 0])) as PatternCounts;
}

const patternKinds: ReadonlySet<string> = new Set<EventKind>([
  'access.changed',
  'access.changed-many',
  'access.changed-routine',
  'connection.unhealthy',
  'connection.closed',
  'warm-up.failed',
  'health.check-failed',
]);

/** Whether events of this kind are patterns, or may be. */
export function mayHavePattern(kind: string): boolean {
  return patternKinds.has(kind);
}

/** How often each pattern is in one event: once, but for a change of many list entries, which is one event. */
export function patternsOf({ kind, data }: Pick<ToldEvent, 'kind' | 'data'>): readonly [EventPattern, number][] {
  switch (kind) {
    case 'access.changed':
    case 'access.changed-many':
    case 'access.changed-routine':
      return [...times('whitelisted', data.whitelisted), ...times('blacklisted', data.blacklisted)];
    case 'connection.unhealthy':
      return [['unhealthy', 1]];
    case 'connection.closed':
      return data.reason === 'unhealthy'
        ? [
            ['removed', 1],
            ['unhealthy', 1],
          ]
        : [['removed', 1]];
    case 'warm-up.failed':
      return [['warm-up-failed', 1]];
    case 'health.check-failed':
      return [['check-failed', 1]];
    default:
      return [];
  }
}

function times(pattern: EventPattern, count: ToldEvent['data'][string] | undefined): [EventPattern, number][] {
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? [[pattern, count]] : [];
}

/** Of one text; the file on disk is counted by `npm run patterns -- FILE`, whatever its size. */
export const mostPatternText = 4_000_000;

export const patternRequests = {
  /** Over a range of the past, to ten seconds; debug events are counted as well, though none is remembered. */
  'events.patterns': query(rangeSchema, z.object({ counts: patternCountsSchema })),
  /**
   * Over the text of a log: lines of ours (JSON), and any other line that has one of the six phrases of the reference.
   * Counts what was written: at `log_level` info a log of ours has no closes, checks and single warm-up failures.
   */
  'events.countPatterns': query(
    z.object({ text: z.string().max(mostPatternText) }),
    z.object({ lines: countSchema, counts: patternCountsSchema }),
  ),
} as const;
