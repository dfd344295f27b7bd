/** Why the engine itself changes a list: kept by the audit and the events in these words, and said in the reader's language. */
import type { AccessAuthor } from './access.ts';
import type { Language } from './finding-text.ts';

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

/** An operator's own reason, and what failed at an IP, stay as they are. */
export function accessReasonText(who: AccessAuthor, reason: string, language: Language): string {
  return language === 'zh' && who !== 'operator' ? (zh[reason] ?? reason) : reason;
}
