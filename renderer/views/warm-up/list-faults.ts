/** Faults of a pasted list, those that stand on a line by its number, the others as they are. */
import type { ContractIssue } from '../../../core/contract/errors.ts';
import { faultInWords, issueInWords, together } from '../../words/told.ts';

export interface ListFaults {
  /** By line, from 1; several of one line are joined. */
  readonly byLine: ReadonlyMap<number, string>;
  /** Of JSON (`ipv4, entry 3`) and of the whole text (`end`). */
  readonly others: readonly ContractIssue[];
}

export function faultsOf(issues: readonly ContractIssue[]): ListFaults {
  const byLine = new Map<number, string>();
  const others: ContractIssue[] = [];
  for (const issue of issues) {
    const [, number, entry] = /^line (\d+)(?:, (.+))?$/.exec(issue.at) ?? [];
    if (number === undefined) {
      others.push(issue);
      continue;
    }
    const line = Number(number);
    const said = entry === undefined ? faultInWords(issue) : issueInWords({ ...issue, at: entry });
    const before = byLine.get(line);
    byLine.set(line, before === undefined ? said : together(before, said));
  }
  return { byLine, others };
}
