/** What a rule and its subject are called where there is room for a name, not for a sentence. */
import type { Alert } from '../../../core/contract/alerts.ts';
import { diskNames, ruleWords } from './words.ts';

/** The disk's rule watches two things: room, which has a threshold, and whether anything can be stored. */
export function ruleName({ rule, threshold }: Pick<Alert, 'rule' | 'threshold'>): string {
  if (rule !== 'disk-full') {
    return ruleWords[rule].name;
  }
  return threshold === null ? diskNames.storing : diskNames.room;
}

/** The last part of a path; a host or the pool as it is. */
export function shortSubject(subject: string): string {
  return subject.split(/[/\\]/).at(-1) || subject;
}
