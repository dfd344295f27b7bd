import { inLanguages } from '../../words/language.ts';
import * as en from './words-en.ts';
import * as zh from './words-zh.ts';

export const reasonWords = inLanguages(en.reasonWords, zh.reasonWords);
export const severityWords = inLanguages(en.severityWords, zh.severityWords);
export const words = inLanguages(en.words, zh.words);
