import { expect, it } from 'vitest';
import { placeOfLine } from '../../../renderer/parts/line-editor/line-places.ts';

it('finds a line, the last one, and none behind it', () => {
  const text = 'one\n\nthree';
  const line = (number: number): string => text.slice(...placeOfLine(text, number));
  expect([line(1), line(2), line(3), line(4), line(99)]).toEqual(['one', '', 'three', '', '']);
  expect(placeOfLine(text, 3)).toEqual([5, 10]);
});
