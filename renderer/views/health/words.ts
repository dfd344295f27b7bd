/** Words of the health view. */
import type { FindingSeverity } from '../../../core/contract/diagnosis.ts';
import { count, plural, span } from '../../words/format.ts';

export const severityWords: Readonly<Record<FindingSeverity, string>> = {
  problem: 'problem',
  advice: 'advice',
  note: 'note',
};

export const words = {
  diagnosis: {
    title: 'Diagnosis',
    found: (findings: number, rules: number) => `${plural(findings, 'finding')} · ${plural(rules, 'rule')} asked`,
    none: (rules: number) => `${plural(rules, 'rule')} asked, nothing found`,
    noneText: 'They are asked again every five seconds while this is open.',
    failed: (reason: string) => `Not asked: ${reason}`,
    since: (ms: number) => (ms < 1_000 ? 'just now' : `for ${span(ms)}`),
    run: (id: number) => `warm-up ${count(id)}`,
    cause: 'Cause',
    advice: 'What to do',
    prevention: 'From now on',
    keys: 'Keys',
    sources: 'Rows of the reference',
  },
  remedy: {
    title: 'Apply this remedy',
    set: (key: string, value: string) => `Set ${key} to ${value}…`,
    setSome: (keys: number) => `Change ${plural(keys, 'setting')}…`,
    retry: 'Retry the failed',
    cancel: 'Cancel',
    looking: 'Looking what it would do…',
    failed: 'The engine could not say what it would do:',
    already: 'These values hold already.',
  },
};
