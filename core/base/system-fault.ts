/** Why the system refused something about a file, in words that an operator can act on. */
import { type PhraseCode, phrase, type Told } from '../contract/phrase.ts';

const causes: Readonly<Record<string, PhraseCode & `system.${string}`>> = {
  EACCES: 'system.not-permitted',
  EPERM: 'system.not-permitted',
  ENOSPC: 'system.disk-full',
  EDQUOT: 'system.disk-full',
  EROFS: 'system.read-only',
  EBUSY: 'system.busy',
  ENOENT: 'system.no-folder',
  ENOTDIR: 'system.no-folder',
};

/** There is no such file or folder. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** A system's error on the way to write or read a file; what is none of those that are known is told in its own words. */
export function systemFault(error: unknown): Told {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const cause = Object.hasOwn(causes, code) ? causes[code] : undefined;
  return cause === undefined ? error.message : phrase(cause, { code });
}
