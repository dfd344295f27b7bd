/**
 * The one table that says what a failure is, as data. Every code of the system, of TLS, of HTTP/2 and of undici, and every
 * status, belongs to one class; each class is local or remote, temporary or permanent (document 000's diagram), and has
 * what follows. `error-classes.ts` reads thrown values by it.
 */
import { constants } from 'node:http2';
import type { ErrorClass } from '../contract/vocabulary.ts';

/** Where an attempt was when it failed: the same code means something else in each. */
export type Phase = 'dns' | 'tcp' | 'tls' | 'http';

/**
 * What follows from a failure:
 * - `pause`: this machine has to recover first; nothing is held against the IP.
 * - `retry`: the same may go better a moment later; a busy server says by Retry-After when.
 * - `other-ip`: whoever waits is served from another IP, if the host has one.
 * - `other-profile`: the same IP is offered another TLS profile at once; the rest holds only when all were refused.
 * - `eject`: it counts towards the ejection of the IP.
 * - `list`: the IP joins the automatic black list at once, with an expiry.
 * - `nothing`: our own doing, or an answer that concerns one path only.
 */
export const consequences = ['pause', 'retry', 'other-ip', 'other-profile', 'eject', 'list', 'nothing'] as const;
export type Consequence = (typeof consequences)[number];

export interface ErrorTraits {
  /** `local`: this machine or this program; it blames no IP. */
  readonly scope: 'local' | 'remote';
  /** `permanent`: the next attempt meets the same, until something changes over there. */
  readonly duration: 'temporary' | 'permanent';
  /** The reference's three kinds of errors (document 001). */
  readonly kind: 'network' | 'TLS' | 'application';
  readonly follows: readonly Consequence[];
}

const network = {
  scope: 'remote',
  duration: 'temporary',
  kind: 'network',
  follows: ['retry', 'other-ip', 'eject'],
} as const;
const machine = { scope: 'local', duration: 'temporary', kind: 'network', follows: ['pause', 'retry'] } as const;
const refusal = { scope: 'remote', duration: 'permanent', kind: 'TLS', follows: ['other-ip', 'list'] } as const;
const answer = { scope: 'remote', duration: 'permanent', kind: 'application', follows: ['other-ip', 'list'] } as const;
const ourselves = { scope: 'local', duration: 'permanent', kind: 'application', follows: ['nothing'] } as const;

export const errorTraits: Readonly<Record<ErrorClass, ErrorTraits>> = {
  dns: machine,
  local: machine,
  refused: network,
  unreachable: network,
  'timeout-tcp': network,
  'timeout-tls': { ...network, kind: 'TLS' },
  'timeout-response': { ...network, kind: 'application' },
  reset: network,
  'tls-protocol': { ...refusal, follows: ['other-profile', 'other-ip', 'list'] },
  'tls-certificate': refusal,
  'tls-client-certificate': refusal,
  blocked: answer,
  auth: answer,
  busy: { ...network, kind: 'application' },
  'bad-status': { ...answer, follows: ['nothing'] },
  'http-protocol': { ...network, kind: 'application' },
  'closed-by-peer': network,
  'not-allowed': ourselves,
  aborted: ourselves,
  internal: ourselves,
};

/** The code of class `dns` where a host does not have the address any more. */
export const vanishedCode = 'VANISHED';

/** The code of class `not-allowed` where a probe that could bring the address back has not come to an end. */
export const onTrialCode = 'ON_TRIAL';

/** We ended it, or did not begin it: nothing failed over there, and nothing of the kind is told of the IP. */
export function isOurOwnEnd({ errorClass, code }: { readonly errorClass: ErrorClass; readonly code: string }): boolean {
  return errorClass === 'aborted' || errorClass === 'not-allowed' || code === vanishedCode;
}

export function hasConsequence(errorClass: ErrorClass, consequence: Consequence): boolean {
  return errorTraits[errorClass].follows.includes(consequence);
}

/** Statuses that say something of an IP; the defaults of the `status_…` keys of `[health]`, which may say otherwise. */
export const statusClasses = {
  blocked: [403],
  busy: [429, 503],
  auth: [401, 407],
} as const satisfies Partial<Record<ErrorClass, readonly number[]>>;

const timeoutOf: Readonly<Record<Phase, ErrorClass>> = {
  dns: 'dns',
  tcp: 'timeout-tcp',
  tls: 'timeout-tls',
  http: 'timeout-response',
};

/** A function where the class depends on the phase. */
export type Meaning = ErrorClass | ((phase: Phase) => ErrorClass);

const timedOut: Meaning = (phase) => timeoutOf[phase];
/** Before a connection is up its loss is a reset; afterwards it is the peer's right to go. */
const wentAway: Meaning = (phase) => (phase === 'http' ? 'closed-by-peer' : 'reset');

function rows(meaning: Meaning, ...codes: string[]): [string, Meaning][] {
  return codes.map((code) => [code, meaning]);
}

/** Codes as Node and undici give them. */
export const codes: ReadonlyMap<string, Meaning> = new Map([
  ...rows('refused', 'ECONNREFUSED'),
  ...rows('unreachable', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETRESET'),
  ...rows('reset', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ENOTCONN'),
  ...rows(timedOut, 'ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ERR_TLS_HANDSHAKE_TIMEOUT'),
  // No descriptor, no port, no memory, no route, no such address family, no permission: all on this machine.
  ...rows('local', 'EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'EADDRINUSE', 'ENOBUFS', 'ENOMEM', 'EAGAIN'),
  ...rows('local', 'ENETUNREACH', 'ENETDOWN', 'EAFNOSUPPORT', 'EACCES', 'EPERM', 'EINVAL'),
  ...rows('dns', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME', 'EAI_MEMORY', 'EAI_SYSTEM'),
  ...rows('dns', 'ENODATA', 'ESERVFAIL', 'EFORMERR', 'ENOTIMP', 'EREFUSED', 'EBADRESP', 'ETIMEOUT', 'ECANCELLED'),

  // The server's certificate, in the names of X.509 verification.
  ...rows('tls-certificate', 'ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_TLS_CERT_ALTNAME_FORMAT', 'HOSTNAME_MISMATCH'),
  ...rows('tls-certificate', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_REVOKED', 'CERT_REJECTED'),
  ...rows('tls-certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'CERT_UNTRUSTED'),
  ...rows('tls-certificate', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'INVALID_CA'),
  ...rows('tls-certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERT_SIGNATURE_FAILURE', 'CERT_CHAIN_TOO_LONG'),
  ...rows('tls-certificate', 'PATH_LENGTH_EXCEEDED', 'INVALID_PURPOSE', 'ERROR_IN_CERT_NOT_BEFORE_FIELD'),
  ...rows('tls-certificate', 'ERROR_IN_CERT_NOT_AFTER_FIELD', 'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY'),
  ...rows('tls-certificate', 'UNABLE_TO_DECRYPT_CERT_SIGNATURE', 'UNABLE_TO_GET_CRL', 'CRL_HAS_EXPIRED'),
  // A profile that this TLS library cannot carry out.
  ...rows('internal', 'ERR_SSL_NO_CIPHER_MATCH', 'ERR_CRYPTO_OPERATION_FAILED', 'ERR_TLS_INVALID_PROTOCOL_VERSION'),
  ...rows('internal', 'ERR_TLS_PROTOCOL_VERSION_CONFLICT', 'ERR_TLS_INVALID_PROTOCOL_METHOD'),

  ...rows('aborted', 'ABORT_ERR', 'UND_ERR_ABORTED', 'UND_ERR_ABORT', 'UND_ERR_DESTROYED', 'UND_ERR_CLOSED'),
  ...rows('timeout-tcp', 'UND_ERR_CONNECT_TIMEOUT'),
  ...rows('timeout-response', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'),
  ...rows('closed-by-peer', 'UND_ERR_SOCKET', 'UND_ERR_INFO'),
  ...rows('http-protocol', 'UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'),
  ...rows('http-protocol', 'UND_ERR_RES_EXCEEDED_MAX_SIZE', 'UND_ERR_WS_MESSAGE_SIZE_EXCEEDED'),
  ...rows('http-protocol', 'UND_ERR_REDIRECT_MAX'),
  ...rows('bad-status', 'UND_ERR_RESPONSE', 'UND_ERR_REQ_RETRY'),
  ...rows('internal', 'UND_ERR', 'UND_ERR_INVALID_ARG', 'UND_ERR_INVALID_RETURN_VALUE', 'UND_ERR_NOT_SUPPORTED'),
  ...rows('internal', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH', 'UND_ERR_BPL_MISSING_UPSTREAM'),
  ...rows('internal', 'UND_ERR_MAX_ORIGINS_REACHED', 'ERR_WEBASSEMBLY_NOT_SUPPORTED'),
  // Proxies are not part of this engine; should one be put in front, its failures are the network's.
  ...rows('unreachable', 'UND_ERR_PRX_CONN', 'UND_ERR_PRX_TLS', 'UND_ERR_SOCKS5'),

  ...rows('closed-by-peer', 'ERR_HTTP2_GOAWAY_SESSION', 'ERR_HTTP2_INVALID_SESSION', 'ERR_HTTP2_PING_CANCEL'),
  ...rows('closed-by-peer', 'ERR_HTTP2_STREAM_CANCEL', 'ERR_HTTP2_INVALID_STREAM', 'ERR_STREAM_PREMATURE_CLOSE'),
  ...rows('http-protocol', 'ERR_HTTP2_SESSION_ERROR', 'ERR_HTTP2_STREAM_ERROR', 'ERR_HTTP2_ERROR'),
]);

/** What OpenSSL and BoringSSL say, after `normalTlsCode`. Whatever is not here is `tls-protocol` as well. */
export const tlsCodes: ReadonlyMap<string, Meaning> = new Map([
  ...rows(wentAway, 'UNEXPECTED_EOF_WHILE_READING', 'SYSCALL', 'ZERO_RETURN', 'CLOSE_NOTIFY'),
  // No common version, cipher, group, signature or application protocol, or something that is not TLS at all.
  ...rows('tls-protocol', 'HANDSHAKE_FAILURE', 'PROTOCOL_VERSION', 'UNSUPPORTED_PROTOCOL', 'NO_PROTOCOLS_AVAILABLE'),
  ...rows('tls-protocol', 'NO_APPLICATION_PROTOCOL', 'INSUFFICIENT_SECURITY', 'ILLEGAL_PARAMETER', 'NO_SHARED_CIPHER'),
  ...rows('tls-protocol', 'WRONG_VERSION_NUMBER', 'UNKNOWN_PROTOCOL', 'HTTP_REQUEST', 'UNRECOGNIZED_NAME'),
  // Alerts about *our* certificate, or about its absence (RFC 8446, section 6.2).
  ...rows('tls-client-certificate', 'CERTIFICATE_REQUIRED', 'BAD_CERTIFICATE', 'UNSUPPORTED_CERTIFICATE'),
  ...rows('tls-client-certificate', 'CERTIFICATE_REVOKED', 'CERTIFICATE_EXPIRED', 'CERTIFICATE_UNKNOWN'),
  ...rows('tls-client-certificate', 'UNKNOWN_CA', 'NO_CERTIFICATE', 'ACCESS_DENIED'),
  // The server's certificate, refused by the library itself.
  ...rows('tls-certificate', 'CERTIFICATE_VERIFY_FAILED', 'CA_MD_TOO_WEAK', 'EE_KEY_TOO_SMALL', 'CA_KEY_TOO_SMALL'),
  // An alert 80 is the server's own trouble of the moment (RFC 8446, section 6.2).
  ...rows('reset', 'INTERNAL_ERROR'),
]);

/** HTTP/2 error codes (RFC 9113, section 7) that are not faults of the protocol. */
export const http2Codes: ReadonlyMap<number, ErrorClass> = new Map([
  [constants.NGHTTP2_NO_ERROR, 'closed-by-peer'],
  [constants.NGHTTP2_INTERNAL_ERROR, 'closed-by-peer'],
  [constants.NGHTTP2_CANCEL, 'closed-by-peer'],
  [constants.NGHTTP2_REFUSED_STREAM, 'busy'],
  [constants.NGHTTP2_ENHANCE_YOUR_CALM, 'busy'],
]);

/** undici has one code for several things that happen to a socket; only its words tell them apart. */
export const socketWords: readonly (readonly [RegExp, ErrorClass])[] = [
  [/^aborted$/, 'aborted'],
  [/bad (response|upgrade)/, 'http-protocol'],
  [/unresponsive|timeout/, 'timeout-response'],
];

/** The class that a row means in this phase. */
export function resolve(meaning: Meaning, phase: Phase): ErrorClass {
  return typeof meaning === 'function' ? meaning(phase) : meaning;
}
