/** Why the engine itself changes a list: kept by the audit and the events in these words, and said in the reader's language. */
import type { AccessAuthor, AccessOrigin } from './access.ts';
import type { Language } from './language.ts';
import type { ErrorClass } from './vocabulary.ts';
import { errorClassesZh } from './vocabulary-zh.ts';

export const accessReasons = {
  validated: 'validated',
  wellAgain: 'well again',
  banIsVoid: 'the ban is void',
  configured: 'the configuration says so',
  edited: 'edited by hand',
  expired: 'expired',
} as const;

const zh: Readonly<Record<string, string>> = {
  [accessReasons.validated]: '已通过验证',
  [accessReasons.wellAgain]: '已恢复',
  [accessReasons.banIsVoid]: '封禁已失效',
  [accessReasons.configured]: '由配置规定',
  [accessReasons.edited]: '手工编辑',
  [accessReasons.expired]: '已到期',
};

/** An operator's own reason stays as it is; that of an undo has it behind the number of what it takes back. */
export function accessReasonText(who: AccessAuthor, reason: string, language: Language): string {
  if (language === 'en') {
    return reason;
  }
  if (who !== 'operator') {
    return automatonText(reason);
  }
  const [, id, of] = /^undo of change (\d+)(?:: (.*))?$/s.exec(reason) ?? [];
  return id === undefined ? reason : `撤销第 ${id} 次修改${of === undefined ? '' : `：${automatonText(of)}`}`;
}

/** As `chargeText` writes why an IP was ejected: `a.test: refused: ECONNREFUSED`. */
const charges: readonly { readonly read: RegExp; readonly zh: (parts: readonly string[]) => string | null }[] = [
  {
    read: /^(\S+): only (\d+) of (\d+) went well in a minute, /,
    zh: ([host, good, looked]) => `${host}：一分钟内 ${looked} 次中仅 ${good} 次成功，少于该主机的其他 IP`,
  },
  {
    read: /^(\S+): answers in (\d+) ms, /,
    zh: ([host, ms]) => `${host}：响应时间 ${ms} ms，远慢于该主机的其他 IP`,
  },
  {
    read: /^(\S+): ([a-z-]+): (.+)$/s,
    zh: ([host, failure = '', code]) => (isErrorClass(failure) ? `${host}：${errorClassesZh[failure]}，${code}` : null),
  },
];

function isErrorClass(text: string): text is ErrorClass {
  return Object.hasOwn(errorClassesZh, text);
}

function automatonText(english: string): string {
  const known = zh[english];
  if (known !== undefined) {
    return known;
  }
  for (const { read, zh: said } of charges) {
    const [, ...parts] = read.exec(english) ?? [];
    const text = parts.length === 0 ? null : said(parts);
    if (text !== null) {
      return text;
    }
  }
  return english;
}

/** The note of an entry of the automaton; a person's stays as it was written. */
export function accessNoteText(origin: AccessOrigin, note: string, language: Language): string {
  return language === 'zh' && origin === 'automatic' ? automatonText(note) : note;
}
