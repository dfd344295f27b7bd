/** What an alert says in one sentence, without its full stop: on the screen, in events and notifications, and for other programs. */
import { alertWords, type MeasuredRule } from './alert-words.ts';
import { type Alert, type AlertRule, type AlertUnit, alertRuleFacts } from './alerts.ts';
import { percentOf } from './event-figures.ts';
import type { Language } from './language.ts';
import { phrase, toldText } from './phrase.ts';
import { placeText } from './place-text.ts';
import { readPhrase } from './read-phrase.ts';
import { rawText } from './why-text.ts';

/** What is kept beside figures: a sentence of the engine's, a fault with its place in a file or without, or what the system said. */
export function detailText(detail: string, language: Language): string {
  if (language === 'en') {
    return detail;
  }
  const [, at = '', fault = detail] = /^(line \d+|access-lists\.toml): (.+)$/s.exec(detail) ?? [];
  const wrong = readPhrase(fault);
  if (wrong === null) {
    return rawText(detail, language);
  }
  return toldText(
    at === '' ? wrong : phrase('config.placed', { place: placeText(at, language), what: wrong }),
    language,
  );
}

type Said = Pick<Alert, 'rule' | 'subject' | 'value' | 'threshold'>;
export type ToldAlert = Said & Pick<Alert, 'detail'>;

/** How a figure is written with its unit. */
type WriteAmount = (rule: AlertRule, value: number) => string;

/**
 * What it says where its subject and its detail stand beside it: `success rate 71 % < 80 %`. `clearing`: it is good again,
 * and reads `success rate 91 %, was < 80 %`. A figure that cannot be told any more: `success rate was < 80 %`, and why.
 */
export function alertClause(alert: Said, language: Language, amountOf: WriteAmount, clearing = false): string {
  const { rule, subject, value, threshold } = alert;
  const words = alertWords[language];
  if (clearing || value === 0) {
    const again = wellAgain(alert, language);
    if (again !== null) {
      return again;
    }
  }
  const sign = alertRuleFacts[rule].bad === 'below' ? '<' : '>';
  const against = (of: MeasuredRule): string => {
    const limit = amountOf(rule, threshold ?? 0);
    if (value === null) {
      return words.lost(sign, limit, words.whyLost[of]);
    }
    const figure = amountOf(rule, value);
    const shown = figure === limit && !clearing ? amountOf(rule, apartFrom(threshold ?? 0, value, rule)) : figure;
    return words.against(shown, sign, limit, clearing);
  };
  switch (rule) {
    case 'warm-up-success':
      return words.warmUp(subject, against(rule));
    case 'leak':
      return words.leaks(value ?? 1);
    case 'host-blocks-us':
      return words.hostBlocksUs(subject);
    case 'lists-unread':
      return words.listsUnread(value ?? 1);
    case 'lists-unsaved':
      return words.listsUnsaved;
    default:
      return threshold === null ? words.diskFull : `${words.figures[rule]} ${against(rule)}`;
  }
}

/** A share that rounding would write as the threshold that it has not reached: `79.9 % < 80 %`. */
function apartFrom(threshold: number, value: number, rule: AlertRule): number {
  const isBelow = value < threshold && alertRuleFacts[rule].unit === 'share';
  return isBelow ? Math.min(value, threshold - 0.001) : value;
}

/** null: it is a figure, which says so itself. */
function wellAgain({ rule, subject, threshold }: Said, language: Language): string | null {
  const words = alertWords[language].wellAgain;
  switch (rule) {
    case 'leak':
      return words.leaks;
    case 'host-blocks-us':
      return words.hostBlocksUs(subject);
    case 'disk-full':
      return threshold === null ? words.diskFull : null;
    case 'lists-unread':
      return words.listsUnread;
    case 'lists-unsaved':
      return words.listsUnsaved;
    default:
      return null;
  }
}

/** The rules of hosts, folders and files whose clause does not name them. */
const namedBefore: ReadonlySet<AlertRule> = new Set([
  'success-rate',
  'response-time',
  'healthy-share',
  'reuse-rate',
  'wait-p95',
  'loop-delay',
  'disk-full',
]);

/** All that is to be said of it, for who sees nothing else: subject, clause and detail. */
export function alertSentence(alert: ToldAlert, language: Language): string {
  const { rule, subject, detail } = alert;
  const clause = alertClause(alert, language, (of, value) => amount(value, alertRuleFacts[of].unit, language));
  const { named, detailed } = alertWords[language];
  const sentence = namedBefore.has(rule) && subject !== 'pool' ? named(subject, clause) : clause;
  return detail === null ? sentence : detailed(sentence, detailText(detail, language));
}

function amount(value: number, unit: AlertUnit, language: Language): string {
  switch (unit) {
    case 'share':
      return `${percentOf(value)}${alertWords[language].percent}`;
    case 'milliseconds':
      return value >= 1_000 ? `${round(value / 1_000)}${alertWords[language].seconds}` : `${round(value)} ms`;
    case 'bytes':
      return `${round(value / 1_000_000)} MB`;
    default:
      return String(value);
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
