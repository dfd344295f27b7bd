/** What is said of a cell of the health strips. */
import type { CellState } from '../../core/contract/history-health.ts';
import { count, plural } from './format.ts';

export interface CellWords {
  readonly word: string;
  /** Of a row of several addresses, where it is not the same. */
  readonly ofMany?: string;
  readonly hint: string;
}

export const cellWords: Readonly<Record<CellState, CellWords>> = {
  quiet: { word: 'not asked', hint: 'Nothing was asked of it' },
  good: { word: 'well', hint: 'Every check was good' },
  failing: { word: 'some failed', hint: 'Some checks failed; of a host or network: some of those of all its IPs' },
  probing: {
    word: 'on trial',
    ofMany: 'an IP on trial',
    hint: 'It was tried again after an ejection; of a host or network: at least one of its IPs',
  },
  down: { word: 'all failed', hint: 'Every check failed; of a host or network: every one of all its IPs' },
  ejected: {
    word: 'ejected',
    ofMany: 'an IP ejected',
    hint: 'The automaton kept it out of use; of a host or network: at least one of its IPs',
  },
  blocked: { word: 'blocked', hint: 'A rule kept it out of use; of a host or network: all of its IPs' },
};

export const words = {
  checks: (checks: number, failures: number) =>
    checks === 0 ? 'no check' : `${plural(checks, 'check')}, ${count(failures)} failed`,
};
