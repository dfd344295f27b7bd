/** Faults of a pasted text, by the line they are on. */
import type { ContractIssue } from '../../../core/contract/errors.ts';
import { faultInWords, issueInWords, together } from '../../words/told.ts';

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
 * What is left to mend after the good entries were taken: of a line with several, the faulty ones and the note. Beyond
 * the faults that the engine lists (`after line 7`) everything stays, for nothing of it is known to be good.
 */
export function faultyRest(text: string, issues: readonly ContractIssue[]): string {
  const lines = text.split('\n');
  const kept = new Map<number, Set<number> | 'whole'>();
  for (const { at } of issues) {
    const [, place, line, entry] = /^(line|after line) (\d+)(?:, entry (\d+))?$/.exec(at) ?? [];
    const number = Number(line);
    if (place === 'after line') {
      for (let rest = number; rest <= lines.length; rest += 1) {
        kept.set(rest, 'whole');
      }
    } else if (entry === undefined) {
      kept.set(number, 'whole');
    } else if (kept.get(number) !== 'whole') {
      const before = kept.get(number);
      kept.set(number, new Set([...(before instanceof Set ? before : []), Number(entry)]));
    }
  }
  return lines
    .flatMap((line, index) => {
      const which = kept.get(index + 1);
      return which === undefined ? [] : [which === 'whole' ? line : onlyEntries(line, which)];
    })
    .join('\n');
}

/** The entries are counted from 1, as the engine does. */
function onlyEntries(line: string, which: ReadonlySet<number>): string {
  const hash = line.indexOf('#');
  const note = hash === -1 ? '' : `  ${line.slice(hash)}`;
  const values = (hash === -1 ? line : line.slice(0, hash)).split(/[\s,]+/).filter((value) => value !== '');
  return values.filter((_, index) => which.has(index + 1)).join(', ') + note;
}
