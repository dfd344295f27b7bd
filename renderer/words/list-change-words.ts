import { inLanguages } from './language.ts';
import * as en from './list-change-words-en.ts';
import * as zh from './list-change-words-zh.ts';

export const words = inLanguages(en.words, zh.words);
