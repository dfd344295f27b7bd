/** The keys of one `[[targets]]` table, as they are told: what they mean, an example, and when a change holds. */
import type { ConfigApplies, ConfigTargetKey, ConfigTargetKind } from '../contract/config.ts';
import { profileChoices } from '../dial/profile-choice.ts';
import { defaultTlsProfiles, tlsProfileNames } from '../dial/tls-profiles.ts';

export interface TargetKeyDeclaration {
  readonly meaning: string;
  /** As it stands in the default file's example. */
  readonly example: string;
  readonly kind: ConfigTargetKind;
  /** Of a choice. */
  readonly options?: readonly string[];
  readonly applies: ConfigApplies;
}

export const targetKeys = {
  host: {
    meaning: 'The host to watch, as host or host:port, without scheme or path.',
    example: '"example.com"',
    kind: 'text',
    applies: 'at-once',
  },
  port: { meaning: 'From 1 to 65535; 443 when it is not said.', example: '443', kind: 'number', applies: 'at-once' },
  path: {
    meaning: 'The path that validates a connection. Begins with a slash; "/" when it is not said.',
    example: '"/"',
    kind: 'text',
    applies: 'at-once',
  },
  ips: {
    meaning: 'Its addresses, where DNS is not to be asked.',
    example: '["192.0.2.1", "2001:db8::1"]',
    kind: 'addresses',
    applies: 'at-once',
  },
  warm: {
    meaning:
      'Connections that are kept warm, as many as fit the limits: made at the start, and again when they were lost. A number, or "all" for one to each IP.',
    example: '"all"',
    kind: 'number-or-all',
    applies: 'at-once',
  },
  profiles: {
    meaning: `TLS profiles that it may be offered, each where those before it are refused: ${tlsProfileNames.join(', ')}. ${defaultTlsProfiles.join(', ')} when it is not said.`,
    example: '["modern-h2", "x25519-first"]',
    kind: 'choices',
    options: tlsProfileNames,
    applies: 'reconnect',
  },
  profile_choice: {
    meaning: 'Which of them a dial begins with: "first", "random" or "rotate"; "first" when it is not said.',
    example: '"rotate"',
    kind: 'choice',
    options: profileChoices,
    applies: 'reconnect',
  },
  ca_file: {
    meaning:
      "PEM file of authorities that are trusted for this host beside the system's own. Paths begin at this file's folder.",
    example: '"authorities.pem"',
    kind: 'text',
    applies: 'reconnect',
  },
  client_cert_file: {
    meaning: 'PEM file of the certificate that is shown when the host asks for one, and its chain.',
    example: '"client.pem"',
    kind: 'text',
    applies: 'reconnect',
  },
  client_key_file: {
    meaning: 'PEM file of its private key.',
    example: '"client.key"',
    kind: 'text',
    applies: 'reconnect',
  },
  client_key_passphrase_file: {
    meaning: 'File with the passphrase of that key, where it is encrypted.',
    example: '"client.pass"',
    kind: 'text',
    applies: 'reconnect',
  },
} as const satisfies Record<string, TargetKeyDeclaration>;

export function isTargetKey(key: string): key is keyof typeof targetKeys {
  return Object.hasOwn(targetKeys, key);
}

/** For who makes a form of them. */
export function describeTargetKeys(): ConfigTargetKey[] {
  return Object.entries<TargetKeyDeclaration>(targetKeys).map(([key, { meaning, kind, options = [], applies }]) => ({
    key,
    meaning,
    kind,
    options: [...options],
    applies,
  }));
}
