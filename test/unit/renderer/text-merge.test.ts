import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflictsIn, mergedText, mergeText } from '../../../renderer/store/text-merge.ts';

const base = '# ours\n[pool]\nmax_connections = 100\nidle_timeout = 60\n\n[dial]\nconcurrency_max = 64\n';
const edited = (from: string, to: string, text = base): string => text.replace(from, to);

describe('a text that was edited in two places', () => {
  it('has both edits, where they are of different lines, neighbouring ones too', () => {
    const mine = edited('max_connections = 100', 'max_connections = 200');
    const theirs = edited('idle_timeout = 60', 'idle_timeout = 90', edited('= 64\n', '= 32\n# noted by hand\n'));
    const pieces = mergeText(mine, base, theirs);
    expect(conflictsIn(pieces)).toEqual([]);
    expect(mergedText(pieces, () => 'mine')).toBe(
      '# ours\n[pool]\nmax_connections = 200\nidle_timeout = 90\n\n[dial]\nconcurrency_max = 32\n# noted by hand\n',
    );
  });

  it('is no conflict where both say the same', () => {
    const both = edited('100', '300');
    expect(conflictsIn(mergeText(both, base, both))).toEqual([]);
    expect(mergedText(mergeText(both, base, both), () => 'mine')).toBe(both);
  });

  it('leaves each contradiction to a choice: mine, theirs, or both', () => {
    const mine = edited('100', '200', edited('= 64', '= 16'));
    const theirs = edited('100', '50', edited('concurrency_max = 64\n', ''));
    const pieces = mergeText(mine, base, theirs);
    expect(conflictsIn(pieces)).toEqual([
      { line: 3, mine: ['max_connections = 200'], theirs: ['max_connections = 50'] },
      { line: 7, mine: ['concurrency_max = 16'], theirs: [] },
    ]);
    expect(mergedText(pieces, () => 'mine')).toBe(mine);
    expect(mergedText(pieces, () => 'theirs')).toBe(theirs);
    expect(mergedText(pieces, (conflict) => (conflict === 0 ? 'both' : 'theirs'))).toContain(
      '[pool]\nmax_connections = 50\nmax_connections = 200\nidle_timeout',
    );
  });

  it('loses nothing: it is mine where they changed nothing, theirs where I did not', () => {
    const line = fc.constantFrom('a = 1', 'b = 2', 'c = 3', '# d', '');
    const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(mergedText(mergeText(one, other, other), () => 'theirs')).toBe(one);
        expect(mergedText(mergeText(other, other, one), () => 'mine')).toBe(one);
      }),
    );
  });
});
