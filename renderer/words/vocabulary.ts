/** What the contract's closed lists are called on the screen, and what an alert says; in the language of the moment. */

import type { AccessOrigin } from '../../core/contract/access.ts';
import { accessNoteText } from '../../core/contract/access-reasons.ts';
import { alertClause } from '../../core/contract/alert-text.ts';
import { type AlertRule, type AlertUnit, alertRuleFacts } from '../../core/contract/alerts.ts';
import type { LocalOutage } from '../../core/contract/health.ts';
import { localOutageText } from '../../core/contract/local-trouble-text.ts';
import type { Verdict } from '../../core/contract/statistics.ts';
import type { ErrorClass } from '../../core/contract/vocabulary.ts';
import { rawText, whyText } from '../../core/contract/why-text.ts';
import * as format from './format.ts';
import { currentLanguage, inLanguages } from './language.ts';
import * as en from './vocabulary-en.ts';
import * as zh from './vocabulary-zh.ts';

const words = inLanguages(en.words, zh.words);
export const stateWords = words.states;
export const closeReasonWords = words.closeReasons;
export const errorClassWords = words.errorClasses;
export const ipFlagWords = words.ipFlags;
export const originWords = words.origins;
export const listWords = words.lists;
export const outcomeWords = words.outcomes;
export const verdictWords = words.verdicts;
export const checkKindWords = words.checkKinds;
export const checkOutcomeWords = words.checkOutcomes;

/** Why the engine did something, where it is one of a closed set of sentences; another stays as it came. */
export function whyInWords(english: string): string {
  return whyText(english, currentLanguage());
}

/** What a system, a library or a peer said. */
export function rawInWords(message: string): string {
  return rawText(message, currentLanguage());
}

/** What failed, by its class, and what was said of it; a class of null is not one of the house's. */
export function failureInWords(failure: { readonly class: ErrorClass | null; readonly message: string }): string {
  const said = rawInWords(failure.message);
  return failure.class === null ? said : format.named(words.errorClasses[failure.class], said);
}

/** `refused 3, reset 1`. */
export function failuresInWords(failures: readonly { readonly class: ErrorClass; readonly count: number }[]): string {
  const each = failures.map((one) => words.counted(words.errorClasses[one.class], format.count(one.count)));
  return format.together(each);
}

/** This machine's own trouble. */
export function outageInWords(outage: LocalOutage): string {
  return localOutageText(outage, currentLanguage());
}

/** The note of an entry: the automaton's in words, a person's as it was written. */
export function noteInWords(origin: AccessOrigin, note: string): string {
  return accessNoteText(origin, note, currentLanguage());
}

type Reason = Verdict['reasons'][number];
type Said = Pick<Reason, 'value' | 'threshold' | 'subject'>;

/** The figure alone, as its unit is written. */
const amounts: Readonly<Record<AlertUnit, (value: number) => string>> = {
  share: format.percent,
  milliseconds: format.secondsOrLess,
  bytes: format.bytes,
  count: format.count,
  state: () => '',
};

/** An alert's figure or threshold: `71 %`, `620 ms`, `1.2 s`. */
export function alertAmount(rule: AlertRule, value: number): string {
  return amounts[alertRuleFacts[rule].unit](value);
}

/** `success rate 71 % < 80 %`; `clearing`: good again, it reads `success rate 91 %, was < 80 %`. */
export function alertSentence(rule: AlertRule, said: Said, clearing = false): string {
  return alertClause({ ...said, rule }, currentLanguage(), alertAmount, clearing);
}

export function reasonSentence(reason: Reason): string {
  const { metric, value, threshold, clearing } = reason;
  if (metric === 'dials') {
    return words.dialsFail(value ?? 0, threshold ?? 0);
  }
  if (metric !== 'connections') {
    return alertSentence(metric, reason, clearing);
  }
  return value === 0 || value === null ? words.noConnection : words.fewConnections(value, threshold);
}
