/** Two texts line by line: what goes, and what comes in its place. */
import { diffPatch } from 'node-diff3';

export interface LineChange {
  /** From 1, in the text as it was: where it begins. */
  readonly line: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

export function lineChanges(before: string, after: string): readonly LineChange[] {
  return diffPatch(before.split('\n'), after.split('\n')).map(({ buffer1, buffer2 }) => ({
    line: buffer1.offset + 1,
    removed: buffer1.chunk,
    added: buffer2.chunk,
  }));
}
