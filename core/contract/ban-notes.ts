/**
 * Why the automaton banned an IP, as the reader sees it: the cause first, for a narrow column cuts what comes last. What is
 * stored is the sentence of `chargeText`, `a.test: refused: ECONNREFUSED`; earlier versions have kept the same.
 */
import type { Language } from './language.ts';
import type { ErrorClass } from './vocabulary.ts';
import { errorClassesEn } from './vocabulary-en.ts';
import { errorClassesZh } from './vocabulary-zh.ts';

type Words = Readonly<Record<Language, string>>;

const selfSigned: Words = { en: 'self-signed certificate', zh: '自签名证书' };
const otherName: Words = { en: 'wrong certificate name', zh: '证书名称不符' };
const unknownIssuer: Words = { en: 'unknown certificate issuer', zh: '证书颁发者不受信任' };

/** What says more than the class of the failure does, by the code of X.509 verification. */
const codes: Readonly<Record<string, Words>> = {
  CERT_HAS_EXPIRED: { en: 'expired certificate', zh: '证书已过期' },
  CERT_NOT_YET_VALID: { en: 'certificate not yet valid', zh: '证书尚未生效' },
  CERT_REVOKED: { en: 'revoked certificate', zh: '证书已吊销' },
  DEPTH_ZERO_SELF_SIGNED_CERT: selfSigned,
  ERR_TLS_CERT_ALTNAME_INVALID: otherName,
  HOSTNAME_MISMATCH: otherName,
  SELF_SIGNED_CERT_IN_CHAIN: unknownIssuer,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
  CERT_UNTRUSTED: unknownIssuer,
};

const classes: Readonly<Record<Language, Readonly<Record<ErrorClass, string>>>> = {
  en: errorClassesEn,
  zh: errorClassesZh,
};

function isErrorClass(text: string): text is ErrorClass {
  return Object.hasOwn(errorClassesEn, text);
}

/** The code comes last, for those who know it; not where the words say it already. */
function failureNote(host: string, failure: string, code: string, language: Language): string | null {
  if (!isErrorClass(failure)) {
    return null;
  }
  const cause = codes[code]?.[language] ?? classes[language][failure];
  const known = cause.includes(code) ? '' : language === 'zh' ? `（${code}）` : ` (${code})`;
  return `${cause} · ${host}${known}`;
}

type Parts = readonly string[];

const notes: readonly {
  readonly read: RegExp;
  readonly said: Readonly<Record<Language, (parts: Parts) => string | null>>;
}[] = [
  {
    read: /^(\S+): only (\d+) of (\d+) went well in a minute, /,
    said: {
      en: ([host, good, looked]) => `only ${good} of ${looked} went well · ${host}, fewer than on its other IPs`,
      zh: ([host, good, looked]) => `${looked} 次中仅 ${good} 次成功 · ${host}，少于该主机的其他 IP`,
    },
  },
  {
    read: /^(\S+): answers in (\d+) ms, /,
    said: {
      en: ([host, ms]) => `answers in ${ms}\u202fms · ${host}, much slower than its other IPs`,
      zh: ([host, ms]) => `响应时间 ${ms}\u202fms · ${host}，远慢于该主机的其他 IP`,
    },
  },
  {
    read: /^(\S+): ([a-z-]+): (.+)$/s,
    said: {
      en: ([host = '', failure = '', code = '']) => failureNote(host, failure, code, 'en'),
      zh: ([host = '', failure = '', code = '']) => failureNote(host, failure, code, 'zh'),
    },
  },
];

/** null: it is none of these sentences. */
export function banNoteText(stored: string, language: Language): string | null {
  for (const { read, said } of notes) {
    const [, ...parts] = read.exec(stored) ?? [];
    const text = parts.length === 0 ? null : said[language](parts);
    if (text !== null) {
      return text;
    }
  }
  return null;
}
