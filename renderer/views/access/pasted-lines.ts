/** Faults of a pasted text, by the line they are on. */
import type { ContractIssue } from '../../../core/contract/errors.ts';
import { faultInWords, issueInWords, together } from '../../words/told.ts';

/** Lines of a text that cannot be read yet. */
export interface FaultyLines {
  readonly text: string;
  readonly numbers: readonly number[];
}

/** `line 3, entry 2` and `after line 3` → 3; null where no line is named. */
function lineOf(at: string): number | null {
  const found = /^(?:after )?line (\d+)/.exec(at);
  return found ? Number(found[1]) : null;
}

/** Several faults of one line are joined. */
export function issuesByLine(issues: readonly ContractIssue[]): ReadonlyMap<number, string> {
  const byLine = new Map<number, string>();
  for (const issue of issues) {
    const line = lineOf(issue.at) ?? 1;
    const entry = issue.at.replace(/^(?:after )?line \d+,? ?/, '');
    const said = entry === '' ? faultInWords(issue) : issueInWords({ ...issue, at: entry });
    const before = byLine.get(line);
    byLine.set(line, before === undefined ? said : together(before, said));
  }
  return byLine;
}

/**
 * What is left to mend after the good lines were taken, with the numbers that the lines had. Beyond the faults that the engine
 * lists (`after line 7`) everything stays, for nothing of it is known to be good.
 */
export function faultyLines(text: string, issues: readonly ContractIssue[]): FaultyLines {
  const faulty = new Set<number>();
  let allFrom = Number.POSITIVE_INFINITY;
  for (const { at } of issues) {
    const [, place, number] = /^(line|after line) (\d+)/.exec(at) ?? [];
    if (place === 'after line') {
      allFrom = Math.min(allFrom, Number(number));
    } else {
      faulty.add(Number(number));
    }
  }
  const kept = text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ number }) => number >= allFrom || faulty.has(number));
  return { text: kept.map(({ line }) => line).join('\n'), numbers: kept.map(({ number }) => number) };
}
