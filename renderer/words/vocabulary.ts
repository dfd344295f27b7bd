/** What the contract's closed lists are called on the screen, and what an alert says; in the language of the moment. */
import { alertClause } from '../../core/contract/alert-text.ts';
import { type AlertRule, type AlertUnit, alertRuleFacts } from '../../core/contract/alerts.ts';
import type { Verdict } from '../../core/contract/statistics.ts';
import { whyText } from '../../core/contract/why-text.ts';
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

type Reason = Verdict['reasons'][number];
type Said = Pick<Reason, 'value' | 'threshold' | 'subject'>;

/** The figure alone, as its unit is written. */
const amounts: Readonly<Record<AlertUnit, (value: number | null) => string>> = {
  share: format.percent,
  milliseconds: format.milliseconds,
  bytes: (value) => (value === null ? format.none : format.bytes(value)),
  count: format.count,
  state: () => '',
};

/** An alert's figure or threshold: `71 %`, `1,204 ms`. */
export function alertAmount(rule: AlertRule, value: number | null): string {
  return amounts[alertRuleFacts[rule].unit](value);
}

/** `success rate 71 % < 80 %`; `clearing`: good again, it reads `success rate 91 %, was < 80 %`. */
export function alertSentence(rule: AlertRule, said: Said, clearing = false): string {
  return alertClause({ ...said, rule }, currentLanguage(), alertAmount, clearing);
}

export function reasonSentence(reason: Reason): string {
  const { metric, value, threshold, clearing } = reason;
  if (metric !== 'connections') {
    return alertSentence(metric, reason, clearing);
  }
  return value === 0 || value === null ? words.noConnection : words.fewConnections(value, threshold);
}
