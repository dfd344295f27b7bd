/** A finding in words, in the reader's language: its figures are filled into the sentences of its rule. */

import { detailText } from './alert-text.ts';
import type { DiagnosisRuleId, Finding, FindingFigures } from './diagnosis.ts';
import { diagnosisWordsEn } from './diagnosis-words-en.ts';
import { diagnosisWordsZh } from './diagnosis-words-zh.ts';
import { percentOf, screenUnitsEn, screenUnitsZh, spanOf } from './event-figures.ts';
import type { Language } from './language.ts';
import { localTroubleText } from './local-trouble-text.ts';
import { errorClasses } from './vocabulary.ts';
import { errorClassesEn } from './vocabulary-en.ts';
import { errorClassesZh } from './vocabulary-zh.ts';

/** A figure of the finding, written with its unit; its name says which. */
export type ShownFigure = (name: string) => string;

/** A figure with what is counted, in the number that it asks for: `1 connection`, `12 connections`. */
export type CountedFigure = (name: string, one: string, many?: string) => string;

export interface RuleWords {
  readonly title: string;
  /** What was measured, against what. */
  readonly text: (figure: ShownFigure, counted: CountedFigure) => string;
  readonly cause: string;
  readonly advice: string;
  readonly prevention: string;
}

export type DiagnosisWords = Readonly<Record<DiagnosisRuleId, RuleWords>>;

export interface FindingText {
  readonly title: string;
  readonly text: string;
  readonly cause: string;
  readonly advice: string;
  readonly prevention: string;
}

const words: Readonly<Record<Language, DiagnosisWords>> = { en: diagnosisWordsEn, zh: diagnosisWordsZh };

export function findingText({ rule, figures }: Pick<Finding, 'rule' | 'figures'>, language: Language): FindingText {
  const { title, text, cause, advice, prevention } = words[language][rule];
  const figure: ShownFigure = (name) => shown(figures, name, language);
  const counted: CountedFigure = (name, one, many = `${one}s`) => `${figure(name)} ${figures[name] === 1 ? one : many}`;
  return { title, text: text(figure, counted), cause, advice, prevention };
}

const locales: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };
const thin = '\u202f';

/** From so much on a share above something is read as a multiple of it. */
const manifold = 3;

/** `12 % above`, `122 times`. */
const aboveWords: Readonly<
  Record<Language, { above: (percent: string) => string; times: (figure: string) => string }>
> = {
  en: { above: (percent) => `${percent} above`, times: (figure) => `${figure} times` },
  zh: { above: (percent) => `高出 ${percent}`, times: (figure) => `为其 ${figure} 倍` },
};

/** `…Share` in per cent, `…Ms` as a time, `…Bytes` in MB, `…PerSecond` with a digit, else a whole number or a word. */
function shown(figures: FindingFigures, name: string, language: Language): string {
  const value = figures[name];
  if (typeof value !== 'number') {
    return word(name, value ?? '–', language);
  }
  const digits = (most: number, of = value): string =>
    new Intl.NumberFormat(locales[language], { maximumFractionDigits: most }).format(of);
  const percent = (): string => `${digits(1, percentOf(value))}${language === 'zh' ? '' : thin}%`;
  if (name === 'aboveShare') {
    const { above, times } = aboveWords[language];
    return value < manifold ? above(percent()) : times(digits(0, 1 + value));
  }
  if (name.endsWith('Share')) {
    return percent();
  }
  if (name.endsWith('Ms')) {
    return spanOf(value, language === 'zh' ? screenUnitsZh : screenUnitsEn);
  }
  if (name.endsWith('Bytes')) {
    return `${Math.round(value / 1e6)}${thin}MB`;
  }
  return digits(name.endsWith('PerSecond') ? 1 : 0);
}

function word(name: string, value: string, language: Language): string {
  switch (name) {
    case 'errorClass':
      return className(value, language);
    case 'trouble':
      return localTroubleText(value, value, language);
    case 'reason':
      return detailText(value, language);
    default:
      return value;
  }
}

function className(value: string, language: Language): string {
  const known = errorClasses.find((errorClass) => errorClass === value);
  return known === undefined ? value : (language === 'zh' ? errorClassesZh : errorClassesEn)[known];
}
