/** Where in a text or a request a fault is: the `at` of an issue, in the reader's language. */
import type { Language } from './language.ts';

/** `line 3`, `line 3, entry 2`, `after line 3`, `ipv4, entry 2`, `entry 2`, `end`, `3:14`. What is none of these is a name. */
const forms: readonly { readonly read: RegExp; readonly zh: string }[] = [
  { read: /^line (\d+)$/, zh: '第 $1 行' },
  { read: /^line (\d+), entry (\d+)$/, zh: '第 $1 行第 $2 项' },
  { read: /^after line (\d+)$/, zh: '第 $1 行之后' },
  { read: /^entry (\d+)$/, zh: '第 $1 项' },
  { read: /^(\S.*), entry (\d+)$/, zh: '$1 第 $2 项' },
  { read: /^(\d+):(\d+)$/, zh: '第 $1 行第 $2 列' },
  { read: /^end$/, zh: '末尾' },
];

export function placeText(at: string, language: Language): string {
  const form = language === 'zh' ? forms.find(({ read }) => read.test(at)) : undefined;
  return form ? at.replace(form.read, form.zh) : at;
}
