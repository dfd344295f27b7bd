import { errors } from 'undici';
import { describe, expect, it } from 'vitest';
import type { ErrorClass } from '../../../core/contract/vocabulary.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { classify, errorTraits, isNotTls, normalTlsCode, type Phase } from '../../../core/dial/error-classes.ts';

function coded(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

function classOf(error: unknown, phase: Phase = 'tls'): ErrorClass {
  return classify(error, phase).errorClass;
}

describe('the system', () => {
  it.each([
    ['ECONNREFUSED', 'tcp', 'refused'],
    ['ECONNRESET', 'tls', 'reset'],
    ['EPIPE', 'http', 'reset'],
    ['EHOSTUNREACH', 'tcp', 'unreachable'],
    ['ETIMEDOUT', 'tcp', 'timeout-tcp'],
    ['ETIMEDOUT', 'tls', 'timeout-tls'],
    ['ETIMEDOUT', 'http', 'timeout-response'],
    ['ENOTFOUND', 'dns', 'dns'],
    ['EAI_AGAIN', 'dns', 'dns'],
  ] as const)('%s in %s is %s', (code, phase, errorClass) => {
    expect(classOf(coded(code), phase)).toBe(errorClass);
  });

  it.each(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENETUNREACH', 'ENETDOWN', 'EAFNOSUPPORT'])(
    '%s is of this machine, and blames no IP',
    (code) => {
      const { errorClass } = classify(coded(code), 'tcp');
      expect(errorClass).toBe('local');
      expect(errorTraits[errorClass]).toMatchObject({ scope: 'local', follows: ['pause', 'retry'] });
    },
  );
});

it('a socket that never was is not said to have an address on this side', () => {
  const error = Object.assign(new Error('connect EMFILE 192.0.2.1:443 - Local (undefined:undefined)'), {
    code: 'EMFILE',
  });
  expect(classify(error, 'tcp').message).toBe('connect EMFILE 192.0.2.1:443');
});

describe('TLS', () => {
  it.each([
    ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'HANDSHAKE_FAILURE'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'HANDSHAKE_FAILURE'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'PROTOCOL_VERSION'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'CERTIFICATE_REQUIRED'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'WRONG_VERSION_NUMBER'],
    ['ECONNRESET', null],
  ])('%s is %s in both libraries', (code, name) => {
    expect(normalTlsCode(code)).toBe(name);
  });

  it.each([
    ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'tls-protocol'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls-protocol'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls-protocol'],
    ['ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 'tls-protocol'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-protocol'],
    ['ERR_SSL_SOMETHING_NEVER_HEARD_OF', 'tls-protocol'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls-client-certificate'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'tls-client-certificate'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'tls-client-certificate'],
    ['CERT_HAS_EXPIRED', 'tls-certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-certificate'],
    ['ERR_SSL_NO_CIPHER_MATCH', 'internal'],
  ] as const)('%s is %s', (code, errorClass) => {
    expect(classOf(coded(code))).toBe(errorClass);
  });

  it('an end without a goodbye is a reset before the connection is up, the peer’s leave afterwards', () => {
    const error = coded('ERR_SSL_UNEXPECTED_EOF_WHILE_READING');
    expect(classOf(error, 'tls')).toBe('reset');
    expect(classOf(error, 'http')).toBe('closed-by-peer');
  });

  it('tells what is not TLS at all from a profile that is refused', () => {
    expect(isNotTls('ERR_SSL_WRONG_VERSION_NUMBER')).toBe(true);
    expect(isNotTls('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')).toBe(false);
    expect(isNotTls('ECONNRESET')).toBe(false);
  });

  it('gives the library’s reason instead of its addresses and source files', () => {
    const error = Object.assign(
      coded('ERR_SSL_WRONG_VERSION_NUMBER', '4087:error:0A00010B:SSL routines:ssl/record.c\n'),
      {
        reason: 'wrong version number',
      },
    );
    expect(classify(error, 'tls').message).toBe('TLS: wrong version number');
  });
});

describe('HTTP', () => {
  it.each([
    ['ERR_HTTP2_SESSION_ERROR', 'Session closed with error code 11', 'busy'],
    ['ERR_HTTP2_SESSION_ERROR', 'Session closed with error code 0', 'closed-by-peer'],
    ['ERR_HTTP2_SESSION_ERROR', 'Session closed with error code 1', 'http-protocol'],
    ['ERR_HTTP2_STREAM_ERROR', 'Stream closed with error code NGHTTP2_REFUSED_STREAM', 'busy'],
    ['ERR_HTTP2_STREAM_ERROR', 'Stream closed with error code NGHTTP2_CANCEL', 'closed-by-peer'],
    ['ERR_HTTP2_STREAM_ERROR', 'Stream closed with error code NGHTTP2_PROTOCOL_ERROR', 'http-protocol'],
    ['ERR_HTTP2_GOAWAY_SESSION', '', 'closed-by-peer'],
    ['ERR_HTTP2_PING_CANCEL', '', 'closed-by-peer'],
    ['ERR_HTTP2_UNHEARD_OF', '', 'http-protocol'],
    ['HPE_INVALID_CONSTANT', '', 'http-protocol'],
    ['UND_ERR_SOCKET', 'other side closed', 'closed-by-peer'],
    ['UND_ERR_SOCKET', 'bad response', 'http-protocol'],
    ['UND_ERR_SOCKET', 'HTTP/2: connection unresponsive', 'timeout-response'],
    ['UND_ERR_SOCKET', 'HTTP/2: "GOAWAY" frame received with code 11', 'busy'],
    ['UND_ERR_INFO', 'HTTP/2: "GOAWAY" frame received with code 0', 'closed-by-peer'],
    ['UND_ERR_INFO', 'reset', 'closed-by-peer'],
    ['UND_ERR_INFO', 'aborted', 'aborted'],
    ['UND_ERR_HEADERS_TIMEOUT', '', 'timeout-response'],
    ['UND_ERR_BODY_TIMEOUT', '', 'timeout-response'],
  ] as const)('%s "%s" is %s', (code, message, errorClass) => {
    expect(classOf(coded(code, message), 'http')).toBe(errorClass);
  });

  it('knows every error that undici exports', () => {
    const ourOwnFault: string[] = [];
    for (const [name, ErrorOfUndici] of Object.entries(errors)) {
      // Each takes a message first; what follows differs and does not matter here.
      const error: unknown = Reflect.construct(ErrorOfUndici, ['text', '', {}]);
      if (classOf(error, 'http') === 'internal') {
        ourOwnFault.push(name);
      }
    }
    expect(ourOwnFault.sort()).toEqual([
      'BalancedPoolMissingUpstreamError',
      'InvalidArgumentError',
      'InvalidReturnValueError',
      'MaxOriginsReachedError',
      'NotSupportedError',
      'RequestContentLengthMismatchError',
      'UndiciError',
      'WebAssemblyNotSupportedError',
    ]);
  });
});

describe('what is thrown', () => {
  it('an abort, whoever made it', () => {
    expect(classOf(AbortSignal.abort().reason)).toBe('aborted');
    expect(classOf(new DOMException('late', 'TimeoutError'))).toBe('aborted');
    expect(classOf(coded('ABORT_ERR'))).toBe('aborted');
  });

  it('is read through what wraps it', () => {
    const fetchFailed = new TypeError('fetch failed', { cause: coded('ECONNREFUSED') });
    expect(classify(fetchFailed, 'tcp')).toMatchObject({
      errorClass: 'refused',
      code: 'ECONNREFUSED',
      cause: fetchFailed,
    });
    expect(classOf(new AggregateError([coded('EHOSTUNREACH'), coded('ECONNREFUSED')]), 'tcp')).toBe('unreachable');
  });

  it('is left as it is when it was read before', () => {
    const error = new ClassifiedError('busy', '503', 'busy');
    expect(classify(error, 'tcp')).toBe(error);
  });

  it('without a code is our own fault', () => {
    expect(classOf(new Error('what?'))).toBe('internal');
    expect(classify('a string', 'tcp')).toMatchObject({ errorClass: 'internal', message: 'a string' });
    expect(classOf(undefined)).toBe('internal');
  });
});

describe('a client certificate', () => {
  it.each([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'asks for a client certificate and got none: client_cert_file'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'does not know who issued our client certificate'],
    ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', 'finds our client certificate expired'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED', 'finds our client certificate revoked'],
  ])('%s: %s', (code, words) => {
    expect(classify(coded(code), 'http').message).toContain(words);
  });
});
