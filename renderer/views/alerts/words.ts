import { inLanguages } from '../../words/language.ts';
import * as en from './words-en.ts';
import * as zh from './words-zh.ts';

export const severityWords = inLanguages(en.severityWords, zh.severityWords);
export const stateWords = inLanguages(en.stateWords, zh.stateWords);
export const ruleWords = inLanguages(en.ruleWords, zh.ruleWords);
export const diskNames = inLanguages(en.diskNames, zh.diskNames);
export const words = inLanguages(en.words, zh.words);
