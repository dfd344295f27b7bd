import { describe, expect, it } from 'vitest';
import {
  eventPatterns,
  noPatterns,
  type PatternCounts,
  patternPhrases,
} from '../../../core/contract/event-patterns.ts';
import type { ToldEvent } from '../../../core/contract/events.ts';
import { PatternCounter } from '../../../core/logging/pattern-counter.ts';
import { seededRandom } from '../../support/seeded-random.ts';

function counted(...pieces: readonly string[]): { lines: number; counts: PatternCounts } {
  const counter = new PatternCounter();
  for (const piece of pieces) {
    counter.add(piece);
  }
  counter.end();
  return { lines: counter.lines, counts: counter.counts };
}

function ours(kind: string, data: ToldEvent['data'] = {}): string {
  return `${JSON.stringify({ time: '2026-01-01T00:00:00.000Z', level: 'debug', kind, subject: '', text: '连接不健康', seq: 1, data })}\n`;
}

describe('patterns in a log', () => {
  it.each(eventPatterns)('%s is known by the phrase of the reference, once a line', (pattern) => {
    const phrase = patternPhrases[pattern];
    const { lines, counts } = counted(`2024/01/01 10:00:00 ${phrase}: 10.0.0.1 ${phrase}\nnothing\nagain ${phrase}`);
    expect(lines).toBe(3);
    expect(counts).toEqual({ ...noPatterns(), [pattern]: 2 });
  });

  it('are read from the events of our own log, whatever its sentences say', () => {
    const { counts } = counted(
      ours('connection.closed', { reason: 'unhealthy' }),
      ours('connection.closed', { reason: 'operator' }),
      ours('connection.unhealthy'),
      ours('warm-up.failed'),
      ours('health.check-failed'),
      ours('access.changed', { whitelisted: 0, blacklisted: 1 }),
      ours('access.changed-many', { whitelisted: 299, blacklisted: 2 }),
      ours('access.changed-routine', { whitelisted: 1, blacklisted: 0 }),
      ours('engine.started'),
    );
    expect(counts).toEqual({
      whitelisted: 300,
      blacklisted: 3,
      unhealthy: 2,
      removed: 2,
      'warm-up-failed': 1,
      'check-failed': 1,
    });
  });

  it('come out the same wherever the text is cut', () => {
    const text = Array.from({ length: 60 }, (_, line) =>
      line % 2 === 0 ? ours('warm-up.failed') : `x ${patternPhrases.removed} ${'y'.repeat(line)}\n`,
    ).join('');
    const random = seededRandom(3);
    const pieces: string[] = [];
    for (let from = 0; from < text.length; ) {
      const length = 1 + Math.floor(random.next() * 40);
      pieces.push(text.slice(from, from + length));
      from += length;
    }
    expect(counted(...pieces)).toEqual(counted(text));
    expect(counted(text).counts).toMatchObject({ 'warm-up-failed': 30, removed: 30 });
  });

  it('are found in a line without an end, which is not kept', () => {
    const filler = 'z'.repeat(50_000);
    const phrase = patternPhrases['check-failed'];
    const pieces = [filler, filler, phrase.slice(0, 3), phrase.slice(3), ...Array.from({ length: 40 }, () => filler)];
    expect(counted(...pieces)).toEqual({ lines: 1, counts: { ...noPatterns(), 'check-failed': 1 } });
  });

  it('are none in what only looks like ours', () => {
    expect(counted('{"kind":"connection.closed"}\n{"kind":7,"data":{}}\n{oops\n\n').counts).toEqual(noPatterns());
  });
});
