import { describe, expect, it } from 'vitest';
import type { RememberedCheck } from '../../../core/contract/history-health.ts';
import { withLooks } from '../../../renderer/connection-drawer/use-looks.ts';

const look = (atMs: number): RememberedCheck => ({
  atMs,
  host: 'a.test',
  ip: '10.0.0.1',
  port: 443,
  kind: 'check',
  outcome: 'good',
  errorClass: null,
  status: 200,
  ms: 4,
});
const times = (looks: readonly RememberedCheck[]): readonly number[] => looks.map(({ atMs }) => atMs);

describe('looks at a connection', () => {
  it('are kept while the newest page moves on, and go on from the oldest', () => {
    const first = [look(9), look(8)];
    const moved = withLooks(first, [look(10), look(9)]);
    expect(times(moved)).toEqual([10, 9, 8]);
    expect(times(withLooks(moved, [look(7), look(6)]))).toEqual([10, 9, 8, 7, 6]);
  });

  it('stay the same list where nothing is new, so that nothing is drawn anew', () => {
    const known = [look(9), look(8)];
    expect(withLooks(known, [look(9)])).toBe(known);
  });
});
