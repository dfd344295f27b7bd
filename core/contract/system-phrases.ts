/** Why the system refused something about a file: a gap of a refusal, and what an event or an alert keeps in English. */
import type { PhraseWords } from './phrase.ts';

export const systemPhrases = {
  'system.not-permitted': {
    en: 'This program may not do that there: look at the rights of the file and of its folder, and whether it is locked ({code}).',
    zh: '本程序没有权限：请检查该文件及其文件夹的权限，以及是否被锁定（{code}）。',
  },
  'system.disk-full': { en: 'The disk is full ({code}).', zh: '磁盘已满（{code}）。' },
  'system.read-only': { en: 'The disk is read-only ({code}).', zh: '磁盘为只读（{code}）。' },
  'system.busy': { en: 'Another program holds it ({code}).', zh: '正被其他程序占用（{code}）。' },
  'system.no-folder': { en: 'Its folder is not there ({code}).', zh: '所在的文件夹不存在（{code}）。' },
} as const satisfies Readonly<Record<string, PhraseWords>>;
