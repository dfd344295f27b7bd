/** What this machine itself could not do, where an operator can do something about it: by the system's code. */

import type { LocalOutage } from './health.ts';
import type { Language } from './language.ts';
import { rawText } from './why-text.ts';

/** No system's code: what one sees of a machine that is cut off. */
export const manyHostsFail = 'many-hosts-fail';

const troubles: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  EMFILE: {
    en: 'this process has too many files open; raise its limit (ulimit -n) or lower max_connections',
    zh: '本进程打开的文件过多；请提高上限（ulimit -n）或降低 max_connections',
  },
  ENFILE: { en: 'this machine has too many files open', zh: '本机打开的文件过多' },
  ENETUNREACH: { en: 'this machine has no way into the network', zh: '本机没有可用的网络路由' },
  ENETDOWN: { en: 'the network of this machine is down', zh: '本机网络已断开' },
  EADDRNOTAVAIL: {
    en: 'this machine has no free port or no address to dial from',
    zh: '本机没有可用于拨号的端口或地址',
  },
  [manyHostsFail]: {
    en: 'more than half of all IPs of several hosts fail at once',
    zh: '多台主机有超过一半的 IP 同时失败',
  },
  EAI_AGAIN: { en: 'no resolver of DNS answers', zh: '没有 DNS 服务器应答' },
};

const others: Readonly<Record<Language, (said: string) => string>> = {
  en: (said) => `this machine fails: ${said}`,
  zh: (said) => `系统返回 ${said}`,
};

/** Why no IP is blamed now; the reason is what an engine of another version said. */
export function localOutageText({ code, reason }: Pick<LocalOutage, 'code' | 'reason'>, language: Language): string {
  return code === undefined ? reason : localTroubleText(code, code, language);
}

/** `otherwise` is what the system said. */
export function localTroubleText(code: string, otherwise: string, language: Language): string {
  const trouble = troubles[code]?.[language];
  const isOurs = code === manyHostsFail;
  const named = isOurs ? '' : language === 'zh' ? `（${code}）` : ` (${code})`;
  return trouble === undefined ? others[language](rawText(otherwise, language)) : `${trouble}${named}`;
}
