import { inLanguages } from '../../words/language.ts';
import * as en from './words-en.ts';
import * as zh from './words-zh.ts';

export const levelWords = inLanguages(en.levelWords, zh.levelWords);
export const patternWords = inLanguages(en.patternWords, zh.patternWords);
export const words = inLanguages(en.words, zh.words);
