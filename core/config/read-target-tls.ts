/** The TLS keys of one `[[targets]]` table: which profiles, whom it trusts, and what it is shown. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PhraseError } from '../base/phrase-error.ts';
import { phrase } from '../contract/phrase.ts';
import { defaultProfileSet, type ProfileSet, profileChoices } from '../dial/profile-choice.ts';
import { ClientKeyError, TlsCredentials } from '../dial/tls-credentials.ts';
import { isTlsProfileName, type TlsProfileName, tlsProfileNames } from '../dial/tls-profiles.ts';
import { showValue } from './config-error.ts';
import { nearestName } from './nearest-name.ts';
import type { TargetTls } from './settings.ts';
import { type RefuseKey, wrongValue } from './target-fault.ts';
import type { targetKeys } from './target-keys.ts';

type Item = Readonly<Record<string, unknown>>;

const keys = [
  'profiles',
  'profile_choice',
  'ca_file',
  'client_cert_file',
  'client_key_file',
  'client_key_passphrase_file',
] as const satisfies (keyof typeof targetKeys)[];

/**
 * null when none of the keys is given. `folder` is where relative paths begin. Files are read here and now, for a configuration counts only when all of it is
 * right. What is refused is told, and what is given back then counts for nothing.
 */
export function readTargetTls(item: Item, folder: string, refuse: RefuseKey): TargetTls | null {
  if (keys.every((key) => item[key] === undefined)) {
    return null;
  }
  return { profileSet: readProfiles(item, refuse), credentials: readCredentials(item, folder, refuse) };
}

function readProfiles({ profiles, profile_choice: choice }: Item, refuse: RefuseKey): ProfileSet {
  const names = profiles === undefined ? defaultProfileSet.profiles : readNames(profiles, refuse);
  const rule = choice === undefined ? defaultProfileSet.choice : profileChoices.find((name) => name === choice);
  if (!rule) {
    const allowed = profileChoices.map((name) => `"${name}"`).join(', ');
    refuse('profile_choice', wrongValue(choice, phrase('target.not-choice')), allowed);
  }
  return { profiles: names, choice: rule ?? defaultProfileSet.choice };
}

function readNames(written: unknown, refuse: RefuseKey): readonly TlsProfileName[] {
  const allowed = phrase('allowed.profiles', { names: tlsProfileNames.join(', ') });
  if (!Array.isArray(written) || written.length === 0) {
    refuse('profiles', wrongValue(written, phrase('target.not-profiles')), allowed);
    return [];
  }
  const names = new Set<TlsProfileName>();
  for (const name of written) {
    if (typeof name === 'string' && isTlsProfileName(name)) {
      names.add(name);
    } else {
      const near = typeof name === 'string' ? nearestName(name, tlsProfileNames) : '';
      refuse('profiles', phrase('target.not-profile', { name: showValue(name), near }), allowed);
    }
  }
  return [...names];
}

function readCredentials(item: Item, folder: string, refuse: RefuseKey): TlsCredentials | null {
  const read = (key: string): string | null => readFile(item[key], key, folder, refuse);
  const authorities = read('ca_file');
  const chain = read('client_cert_file');
  const key = read('client_key_file');
  const passphrase = read('client_key_passphrase_file');
  for (const [given, missing] of [
    ['client_cert_file', 'client_key_file'],
    ['client_key_file', 'client_cert_file'],
    ['client_key_passphrase_file', 'client_key_file'],
  ] as const) {
    if (item[given] !== undefined && item[missing] === undefined) {
      refuse(given, phrase('target.lacks', { key: missing }), phrase('allowed.as-well', { key: missing }));
    }
  }
  const trusted = authorities === null ? null : checked(item, 'ca_file', refuse, { authorities: [authorities] });
  if (chain === null || key === null) {
    return trusted;
  }
  // A text file ends with a line break, a passphrase does not.
  const clientCertificate = { chain, key, passphrase: passphrase?.replace(/\r?\n$/, '') ?? null };
  return checked(item, 'client_cert_file', refuse, { authorities: trusted?.authorities ?? [], clientCertificate });
}

function checked(
  item: Item,
  key: string,
  refuse: RefuseKey,
  parts: Partial<ConstructorParameters<typeof TlsCredentials>[0]>,
): TlsCredentials | null {
  try {
    return new TlsCredentials({ authorities: [], clientCertificate: null, ...parts });
  } catch (error) {
    if (!(error instanceof PhraseError)) {
      throw error;
    }
    const at = error instanceof ClientKeyError ? 'client_key_file' : key;
    refuse(at, wrongValue(item[at], error.phrase), '');
    return null;
  }
}

/** null when the key is not given, or is refused. */
function readFile(written: unknown, key: string, folder: string, refuse: RefuseKey): string | null {
  if (written === undefined) {
    return null;
  }
  if (typeof written !== 'string' || written === '') {
    refuse(key, wrongValue(written, phrase('target.not-path')), phrase('allowed.file'));
    return null;
  }
  const path = resolve(folder, written);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const wrong =
      code === 'ENOENT' ? phrase('target.no-file', { path }) : phrase('target.file-unreadable', { path, code });
    refuse(key, phrase('target.file', { value: showValue(written), wrong }), phrase('allowed.readable-file'));
    return null;
  }
}
