/**
 * A sentence as data: which one of a closed set it is, and what stands in its gaps. Faults, refusals and warnings are made of
 * them, so that a log and a program read English and an operator the language of the screen. What a system or a peer said
 * stands in a gap as it came.
 */
import { z } from 'zod';
import { accessPhrases } from './access-phrases.ts';
import { configPhrases } from './config-phrases.ts';
import type { Language } from './language.ts';
import { refusalPhrases } from './refusal-phrases.ts';
import { systemPhrases } from './system-phrases.ts';
import { tomlFaultZh } from './toml-faults-zh.ts';
import { valuePhrases } from './value-phrases.ts';

/** `{name}` is a gap. Both languages have the same ones. */
export type PhraseWords = Readonly<Record<Language, string>>;

export const phrases = {
  ...valuePhrases,
  ...configPhrases,
  ...accessPhrases,
  ...refusalPhrases,
  ...systemPhrases,
} as const;
export type PhraseCode = keyof typeof phrases;

type GapOf<Text extends string> = Text extends `${string}{${infer Gap}}${infer Rest}` ? Gap | GapOf<Rest> : never;
type Gaps<Code extends PhraseCode> = Readonly<Record<GapOf<(typeof phrases)[Code]['en']>, Filling>>;

type Filling = string | number | Phrase;

export interface Phrase {
  /** One of {@link PhraseCode}, or of a set that is newer than the reader's. */
  readonly code: string;
  readonly gaps: Readonly<Record<string, Filling>>;
}

export const phraseSchema: z.ZodType<Phrase> = z.lazy(() =>
  z.object({ code: z.string(), gaps: z.record(z.string(), z.union([z.string(), z.number(), phraseSchema])) }),
);

/** A phrase, or words as they came: of a system, a peer, a library. */
export type Told = string | Phrase;
export const toldSchema: z.ZodType<Told> = z.union([z.string(), phraseSchema]);

export function phrase<Code extends PhraseCode>(
  code: Code,
  ...[gaps]: keyof Gaps<Code> extends never ? [] : [gaps: Gaps<Code>]
): Phrase {
  return { code, gaps: gaps ?? {} };
}

/** What stands in a gap of this name is one of a closed list, which has names of its own. */
const terms: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  list: { white: '白名单', black: '黑名单' },
  origin: { operator: '操作员', file: '文件', config: '配置', automatic: '自动' },
  who: { operator: '操作员', file: '文件编辑', config: '配置', automaton: '自动机制', clock: '到期' },
  unit: { ' s': ' 秒', ' connections': ' 条', ' attempts': ' 次' },
};

const gap = /\{(\w+)\}/g;

function isKnown(code: string): code is PhraseCode {
  return Object.hasOwn(phrases, code);
}

export function toldText(told: Told, language: Language): string {
  if (typeof told === 'string') {
    return told;
  }
  const { code, gaps } = told;
  if (!isKnown(code)) {
    return Object.values(gaps).reduce<string>((text, value) => `${text} ${filled(value, '', language)}`, code);
  }
  return phrases[code][language].replaceAll(gap, (_, name: string) => filled(gaps[name] ?? '', name, language));
}

function filled(value: Filling, name: string, language: Language): string {
  if (typeof value === 'object') {
    return toldText(value, language);
  }
  if (language === 'en') {
    return String(value);
  }
  return name === 'toml' ? tomlFaultZh(String(value)) : (terms[name]?.[value] ?? String(value));
}

/** For the flat data of an event: its English, for who searches a log, and itself as one text, for who reads another language. */
export function inEvent(told: Told): { message: string; phrase?: string } {
  return { message: inEnglish(told), ...(typeof told === 'object' && { phrase: JSON.stringify(told) }) };
}

/** What {@link inEvent} has put there; the message alone of an event of another version. */
export function eventTold({ message, phrase: packed }: { message: string; phrase?: string }): Told {
  if (packed === undefined) {
    return message;
  }
  try {
    return phraseSchema.parse(JSON.parse(packed));
  } catch {
    return message;
  }
}

/** As logs and programs read it. */
export function inEnglish(told: Told): string {
  return toldText(told, 'en');
}
