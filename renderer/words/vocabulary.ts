/** What the contract's closed lists are called on the screen, and what an alert says; in the language of the moment. */
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
const alerts = words.alerts;

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

/** `71 % < 80 %`; good again it reads `91 %, was < 80 %`. */
function against(rule: AlertRule, { value, threshold }: Said, clearing: boolean): string {
  const sign = alertRuleFacts[rule].bad === 'below' ? '<' : '>';
  return alerts.against(alertAmount(rule, value), sign, alertAmount(rule, threshold), clearing);
}

/** What is said of a state that holds no more, until its alert is over. */
const wellAgain: Readonly<Partial<Record<AlertRule, (said: Said) => string>>> = {
  leak: () => words.wellAgain.leaks,
  'host-blocks-us': ({ subject }) => words.wellAgain.hostBlocksUs(subject),
  'disk-full': ({ threshold }) => (threshold === null ? words.wellAgain.diskFull : ''),
  'lists-unread': () => words.wellAgain.listsUnread,
  'lists-unsaved': () => words.wellAgain.listsUnsaved,
  'list-recovery': () => words.wellAgain.recoveries,
};

/** `success rate 71 % < 80 %`. */
export function alertSentence(rule: AlertRule, said: Said, clearing = false): string {
  const { subject, value } = said;
  const again = clearing || value === 0 ? wellAgain[rule]?.(said) : '';
  if (again) {
    return again;
  }
  const figure = (): string => alerts.figure(words.figures[rule] ?? rule, against(rule, said, clearing));
  switch (rule) {
    case 'warm-up-success':
      return alerts.warmUp(subject, against(rule, said, clearing));
    case 'leak':
      return alerts.leaks(value ?? 1);
    case 'host-blocks-us':
      return alerts.hostBlocksUs(subject);
    case 'disk-full':
      return value === null ? alerts.diskFull : figure();
    case 'lists-unread':
      return alerts.listsUnread(value ?? 1);
    case 'lists-unsaved':
      return alerts.listsUnsaved;
    case 'list-recovery':
      return alerts.recoveries(value ?? 1);
    default:
      return figure();
  }
}

export function reasonSentence(reason: Reason): string {
  const { metric, value, threshold, clearing } = reason;
  if (metric !== 'connections') {
    return alertSentence(metric, reason, clearing);
  }
  return value === 0 || value === null ? alerts.noConnection : alerts.fewConnections(value, threshold);
}
