import * as en from './cell-words-en.ts';
import * as zh from './cell-words-zh.ts';
import { inLanguages } from './language.ts';

export const cellWords = inLanguages(en.cellWords, zh.cellWords);
export const words = inLanguages(en.words, zh.words);
