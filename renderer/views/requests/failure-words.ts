/** What a failure is called: an error class by the house's words, what the pool says by this view's. */
import type { LoadFailure } from '../../../core/contract/load-run.ts';
import type { RequestFailure } from '../../../core/contract/requests.ts';
import { errorClassWords } from '../../words/vocabulary.ts';
import { words } from './words.ts';

export function failureWord(kind: LoadFailure | RequestFailure): string {
  switch (kind) {
    case 'no-connection':
    case 'cancelled':
      return words.failures[kind];
    default:
      return errorClassWords[kind];
  }
}
