/**
 * A text that is edited here while its file is changed elsewhere: what both did is put together, line by line, and where
 * they contradict each other it is the operator's choice.
 */
import { diff3Merge } from 'node-diff3';

/** `both`: theirs, and mine after it. */
export const mergeChoices = ['mine', 'theirs', 'both'] as const;
export type MergeChoice = (typeof mergeChoices)[number];

/** Lines that both have changed, each otherwise; none where they were taken out. */
export interface TextConflict {
  /** Where it begins in theirs, from 1. */
  readonly line: number;
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

export type MergePiece =
  | { readonly kind: 'agreed'; readonly lines: readonly string[] }
  | { readonly kind: 'conflict'; readonly conflict: TextConflict };

/** `base`: what both began from. */
export function mergeText(mine: string, base: string, theirs: string): readonly MergePiece[] {
  return diff3Merge(mine.split('\n'), base.split('\n'), theirs.split('\n')).flatMap(
    ({ ok, conflict }): MergePiece[] => {
      if (ok) {
        return [{ kind: 'agreed', lines: ok }];
      }
      return conflict ? byLine(conflict.a, conflict.o, conflict.b, conflict.bIndex + 1) : [];
    },
  );
}

/** Neighbouring lines are one place to diff3. Where as many lines are left as there were, each can be looked at alone. */
function byLine(mine: string[], base: string[], theirs: string[], firstLine: number): MergePiece[] {
  if (mine.length !== base.length || theirs.length !== base.length) {
    return [{ kind: 'conflict', conflict: { line: firstLine, mine, theirs } }];
  }
  return base.map((was, index): MergePiece => {
    const ours = mine[index] ?? was;
    const others = theirs[index] ?? was;
    const agreed = ours === was || ours === others ? others : others === was ? ours : null;
    return agreed === null
      ? { kind: 'conflict', conflict: { line: firstLine + index, mine: [ours], theirs: [others] } }
      : { kind: 'agreed', lines: [agreed] };
  });
}

export function conflictsIn(pieces: readonly MergePiece[]): readonly TextConflict[] {
  return pieces.flatMap((piece) => (piece.kind === 'conflict' ? [piece.conflict] : []));
}

/** `choiceOf`: of the conflict with this number, from 0. */
export function mergedText(pieces: readonly MergePiece[], choiceOf: (conflict: number) => MergeChoice): string {
  let number = -1;
  const lines = pieces.flatMap((piece) => {
    if (piece.kind === 'agreed') {
      return piece.lines;
    }
    number += 1;
    const { mine, theirs } = piece.conflict;
    const choice = choiceOf(number);
    return choice === 'mine' ? mine : choice === 'theirs' ? theirs : [...theirs, ...mine];
  });
  return lines.join('\n');
}
