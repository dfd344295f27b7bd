/**
 * The one table that says what a failure is. Every code of the system, of TLS, of HTTP/2 and of undici, and every status,
 * belongs to one class; each class is local or remote, temporary or permanent, and has something that follows.
 */
import { constants } from 'node:http2';
import type { ErrorClass } from '../contract/vocabulary.ts';
import { ClassifiedError } from './classified-error.ts';

/** Where an attempt was when it failed: the same code means something else in each. */
export type Phase = 'dns' | 'tcp' | 'tls' | 'http';

export interface ErrorTraits {
  /** `local`: this machine or this program; it blames no IP. */
  readonly scope: 'local' | 'remote';
  /** `permanent`: the next attempt meets the same, until something changes over there. */
  readonly duration: 'temporary' | 'permanent';
  /** The reference's three kinds of errors (document 001). */
  readonly kind: 'network' | 'TLS' | 'application';
  /**
   * - `pause`: the machine has to recover first; nothing is held against the IP.
   * - `count`: a failure of the IP, which is dialled after the others for a while.
   * - `list`: likewise, and the IP joins the automatic black list, with an expiry.
   * - `nothing`: our own doing, or an answer that concerns one path only; it brings no IP on a list.
   */
  readonly follows: 'pause' | 'count' | 'list' | 'nothing';
}

const network = { scope: 'remote', duration: 'temporary', kind: 'network', follows: 'count' } as const;
const machine = { scope: 'local', duration: 'temporary', kind: 'network', follows: 'pause' } as const;
const refusal = { scope: 'remote', duration: 'permanent', kind: 'TLS', follows: 'list' } as const;
const answer = { scope: 'remote', duration: 'permanent', kind: 'application', follows: 'list' } as const;
const ourselves = { scope: 'local', duration: 'permanent', kind: 'application', follows: 'nothing' } as const;

export const errorTraits: Readonly<Record<ErrorClass, ErrorTraits>> = {
  dns: machine,
  local: machine,
  refused: network,
  unreachable: network,
  'timeout-tcp': network,
  'timeout-tls': { ...network, kind: 'TLS' },
  'timeout-response': { ...network, kind: 'application' },
  reset: network,
  'tls-protocol': refusal,
  'tls-certificate': refusal,
  'tls-client-certificate': refusal,
  blocked: answer,
  auth: answer,
  busy: { ...answer, duration: 'temporary', follows: 'count' },
  'bad-status': { ...answer, follows: 'nothing' },
  'http-protocol': { ...answer, follows: 'count' },
  'closed-by-peer': network,
  aborted: ourselves,
  internal: ourselves,
};

const timeoutOf: Readonly<Record<Phase, ErrorClass>> = {
  dns: 'dns',
  tcp: 'timeout-tcp',
  tls: 'timeout-tls',
  http: 'timeout-response',
};

/** A function where the class depends on the phase. */
type Meaning = ErrorClass | ((phase: Phase) => ErrorClass);

const timedOut: Meaning = (phase) => timeoutOf[phase];
/** Before a connection is up its loss is a reset; afterwards it is the peer's right to go. */
const wentAway: Meaning = (phase) => (phase === 'http' ? 'closed-by-peer' : 'reset');

function rows(meaning: Meaning, ...codes: string[]): [string, Meaning][] {
  return codes.map((code) => [code, meaning]);
}

/** Codes as Node and undici give them. */
const codes: ReadonlyMap<string, Meaning> = new Map([
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

/**
 * What OpenSSL and BoringSSL say, after {@link normalTlsCode}. Whatever is not here is `tls-protocol`: no common
 * version, cipher, group, signature, or application protocol, or something that is not TLS at all.
 */
const tlsCodes: ReadonlyMap<string, Meaning> = new Map([
  ...rows(wentAway, 'UNEXPECTED_EOF_WHILE_READING', 'SYSCALL', 'ZERO_RETURN', 'CLOSE_NOTIFY'),
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
const http2Codes: ReadonlyMap<number, ErrorClass> = new Map([
  [constants.NGHTTP2_NO_ERROR, 'closed-by-peer'],
  [constants.NGHTTP2_INTERNAL_ERROR, 'closed-by-peer'],
  [constants.NGHTTP2_CANCEL, 'closed-by-peer'],
  [constants.NGHTTP2_REFUSED_STREAM, 'busy'],
  [constants.NGHTTP2_ENHANCE_YOUR_CALM, 'busy'],
]);

/** undici has one code for several things that happen to a socket; only its words tell them apart. */
const socketWords: readonly (readonly [RegExp, ErrorClass])[] = [
  [/^aborted$/, 'aborted'],
  [/bad (response|upgrade)/, 'http-protocol'],
  [/unresponsive|timeout/, 'timeout-response'],
];

const tlsPrefix = /^ERR_SSL_(?:SSL\/TLS_|SSLV3_|TLSV1_|TLSV13_)?(?:ALERT_)?/;

/**
 * The two libraries name the same thing differently: `ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE` and
 * `ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE` are both `HANDSHAKE_FAILURE`. null for a code that is not of TLS.
 */
export function normalTlsCode(code: string): string | null {
  return tlsPrefix.test(code) ? code.replace(tlsPrefix, '') : null;
}

/** Whether the other side does not speak TLS at all: no profile will ever reach it. */
export function isNotTls(code: string): boolean {
  const name = normalTlsCode(code);
  return name === 'WRONG_VERSION_NUMBER' || name === 'UNKNOWN_PROTOCOL' || name === 'HTTP_REQUEST';
}

/** Reads any thrown value; one that was read before comes back as it is. */
export function classify(error: unknown, phase: Phase): ClassifiedError {
  if (error instanceof ClassifiedError) {
    return error;
  }
  const [told, code] = tellingError(error);
  return new ClassifiedError(classOf(told, code, phase), code, wordsOf(told), { cause: error });
}

/** OpenSSL's own message has addresses and source files in it; its reason is what a person can read. */
function wordsOf(error: Error): string {
  const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : '';
  return normalTlsCode(codeOf(error) ?? '') !== null && reason !== '' ? `TLS: ${reason}` : error.message;
}

/** The first error on the way down that has a code: fetch and several-address dials wrap what happened. */
function tellingError(error: unknown): [Error, string] {
  const top = error instanceof Error ? error : new Error(String(error));
  for (let current: unknown = top, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    const code = codeOf(current);
    if (code !== null) {
      return [current, code];
    }
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return [top, top.name];
}

function codeOf(error: Error): string | null {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    return 'ABORT_ERR';
  }
  if ('code' in error && typeof error.code === 'string') {
    return error.code;
  }
  // undici's parser forgets to give its errors a code where llhttp has no name for them.
  return error.name === 'HTTPParserError' ? 'HPE_INVALID' : null;
}

function classOf(error: Error, code: string, phase: Phase): ErrorClass {
  const special = specialMeaning(error, code);
  if (special !== null) {
    return special;
  }
  const meaning = codes.get(code);
  if (meaning !== undefined) {
    return resolve(meaning, phase);
  }
  const tlsCode = normalTlsCode(code);
  if (tlsCode !== null) {
    return resolve(tlsCodes.get(tlsCode) ?? 'tls-protocol', phase);
  }
  if (code.startsWith('ERR_HTTP2_') || code.startsWith('HPE_')) {
    return 'http-protocol';
  }
  return 'internal';
}

/** Where the code alone says too little, and the message has the rest. */
function specialMeaning({ message }: Error, code: string): ErrorClass | null {
  if (code === 'UND_ERR_SOCKET' || code === 'UND_ERR_INFO') {
    const [, goaway] = /GOAWAY.* code (\d+)/.exec(message) ?? [];
    return goaway === undefined
      ? (socketWords.find(([words]) => words.test(message))?.[1] ?? null)
      : (http2Codes.get(Number(goaway)) ?? 'http-protocol');
  }
  if (code === 'ERR_HTTP2_SESSION_ERROR' || code === 'ERR_HTTP2_STREAM_ERROR') {
    // A session says it by number, a stream by name.
    const [said = ''] = /\d+$|NGHTTP2_\w+/.exec(message) ?? [];
    const number = Object.entries(constants).find(([name]) => name === said)?.[1] ?? said;
    return http2Codes.get(Number(number)) ?? null;
  }
  return null;
}

function resolve(meaning: Meaning, phase: Phase): ErrorClass {
  return typeof meaning === 'function' ? meaning(phase) : meaning;
}
