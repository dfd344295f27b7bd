/**
 * TLS profiles: sets of options, each named by what it is. Node reaches neither GREASE nor the order of extensions, so
 * no profile equals a browser's hello, and none is named after one. The same profile has another fingerprint under
 * OpenSSL (Node) and BoringSSL (Electron).
 */
import { constants } from 'node:crypto';
import type { SecureContextOptions } from 'node:tls';
import type { Protocol } from '../contract/vocabulary.ts';
import { isBoringSsl } from './tls-library.ts';

export interface TlsProfile {
  readonly name: TlsProfileName;
  /** One sentence for the operator. */
  readonly meaning: string;
  /** Offered in this order. */
  readonly alpn: readonly Protocol[];
  /** Whether session tickets are kept and offered. */
  readonly tickets: boolean;
  readonly options: Readonly<SecureContextOptions>;
}

const tls13Suites = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];
const tls12Suites = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
];
const signatureAlgorithms = [
  'ecdsa_secp256r1_sha256',
  'rsa_pss_rsae_sha256',
  'rsa_pkcs1_sha256',
  'ecdsa_secp384r1_sha384',
  'rsa_pss_rsae_sha384',
  'rsa_pkcs1_sha384',
  'rsa_pss_rsae_sha512',
  'rsa_pkcs1_sha512',
];

/**
 * OpenSSL sends a key share for each group with a star, and for the first alone when there is none: then a server that
 * lacks it costs another round trip. BoringSSL knows no star and sends both by itself.
 */
function groups(shared: readonly string[], others: readonly string[]): string {
  return [...shared.map((group) => (isBoringSsl ? group : `*${group}`)), ...others].join(':');
}

/** Those that match go to the front, each part in its order. */
function inFront(names: readonly string[], matches: (name: string) => boolean): string[] {
  return [...names.filter(matches), ...names.filter((name) => !matches(name))];
}

const modern = {
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers: [...tls13Suites, ...tls12Suites].join(':'),
  ecdhCurve: groups(['X25519MLKEM768', 'X25519'], ['P-256', 'P-384']),
  sigalgs: signatureAlgorithms.join(':'),
} as const satisfies SecureContextOptions;

const classicGroups = groups(['X25519'], ['P-256', 'P-384']);
const bothProtocols = ['h2', 'http/1.1'] as const;

const table = {
  'modern-h2': {
    meaning: 'TLS 1.2 and 1.3, AEAD suites only, post-quantum key share, HTTP/2 preferred',
    options: modern,
  },
  'modern-h1': { meaning: 'As modern-h2, but offers HTTP/1.1 only', alpn: ['http/1.1'], options: modern },
  'runtime-default': { meaning: 'What the TLS library offers when it is told nothing', options: {} },
  'tls13-only': { meaning: 'TLS 1.3 and nothing older', options: { ...modern, minVersion: 'TLSv1.3' } },
  'tls12-only': {
    meaning: 'TLS 1.2 and nothing newer',
    options: { ...modern, maxVersion: 'TLSv1.2', ciphers: tls12Suites.join(':'), ecdhCurve: classicGroups },
  },
  'x25519-first': {
    meaning: 'Without the post-quantum key share: about a fifth less CPU',
    options: { ...modern, ecdhCurve: classicGroups },
  },
  'p256-first': {
    meaning: 'P-256 as the first group',
    options: { ...modern, ecdhCurve: groups(['P-256'], ['X25519', 'P-384']) },
  },
  'chacha-first': {
    meaning: 'ChaCha20 first; takes effect where the server honours the order of the client',
    options: {
      ...modern,
      ciphers: inFront([...tls13Suites, ...tls12Suites], (name) => name.includes('CHACHA20')).join(':'),
    },
  },
  'aes256-first': {
    meaning: 'AES-256 first; takes effect where the server honours the order of the client',
    options: {
      ...modern,
      ciphers: inFront([...tls13Suites, ...tls12Suites], (name) => /AES_?256/.test(name)).join(':'),
    },
  },
  'rsa-pss-first': {
    meaning: 'Prefers RSA-PSS signatures',
    options: { ...modern, sigalgs: inFront(signatureAlgorithms, (name) => name.startsWith('rsa_pss')).join(':') },
  },
  'no-tickets': {
    meaning: 'Every handshake is a full one: no session ticket is asked for, kept or offered',
    tickets: false,
    options: { ...modern, secureOptions: constants.SSL_OP_NO_TICKET },
  },
} as const satisfies Record<
  string,
  { meaning: string; alpn?: readonly Protocol[]; tickets?: false; options: Readonly<SecureContextOptions> }
>;

export type TlsProfileName = keyof typeof table;

export const tlsProfileNames = Object.keys(table) as readonly TlsProfileName[];

export const defaultTlsProfile = 'modern-h2';

/**
 * What a host is offered when nobody says otherwise: the first, and where a server refuses that, the next. Each gives up
 * something else of what is modern.
 */
export const defaultTlsProfiles: readonly TlsProfileName[] = [
  defaultTlsProfile,
  'modern-h1',
  'tls12-only',
  'runtime-default',
];

export function isTlsProfileName(name: string): name is TlsProfileName {
  return Object.hasOwn(table, name);
}

export function tlsProfile(name: TlsProfileName): TlsProfile {
  const entry = table[name];
  return {
    name,
    meaning: entry.meaning,
    options: entry.options,
    alpn: 'alpn' in entry ? entry.alpn : bothProtocols,
    tickets: !('tickets' in entry),
  };
}
