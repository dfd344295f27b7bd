import { inLanguages } from '../words/language.ts';
import * as en from './filter-words-en.ts';
import * as zh from './filter-words-zh.ts';

export const words = inLanguages(en.words, zh.words);
