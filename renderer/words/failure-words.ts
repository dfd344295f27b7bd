import * as en from './failure-words-en.ts';
import * as zh from './failure-words-zh.ts';
import { inLanguages } from './language.ts';

export const words = inLanguages(en.words, zh.words);
