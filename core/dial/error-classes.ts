/** Reads thrown values by the table of `error-table.ts`: which class is this? */
import { constants } from 'node:http2';
import type { ErrorClass } from '../contract/vocabulary.ts';
import { clientCertificateWords } from './certificate-words.ts';
import { ClassifiedError } from './classified-error.ts';
import { codes, http2Codes, type Phase, resolve, socketWords, tlsCodes } from './error-table.ts';
import { normalTlsCode } from './tls-codes.ts';

export { errorTraits, isOurOwnEnd, onTrialCode, type Phase, vanishedCode } from './error-table.ts';
export { normalTlsCode } from './tls-codes.ts';

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
  const errorClass = classOf(told, code, phase);
  const words = errorClass === 'tls-client-certificate' ? clientCertificateWords(code) : wordsOf(told);
  return new ClassifiedError(errorClass, code, words, { cause: error });
}

/** Node adds the address of this side, which a socket that never was has none of. */
const unboundLocal = / - Local \(undefined:undefined\)$/;

/** OpenSSL's own message has addresses and source files in it; its reason is what a person can read. */
function wordsOf(error: Error): string {
  const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : '';
  return normalTlsCode(codeOf(error) ?? '') !== null && reason !== ''
    ? `TLS: ${reason}`
    : error.message.replace(unboundLocal, '');
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
    const [said] = /\d+$|NGHTTP2_\w+/.exec(message) ?? [];
    if (said === undefined) {
      return null;
    }
    const number = Object.entries(constants).find(([name]) => name === said)?.[1] ?? said;
    return http2Codes.get(Number(number)) ?? null;
  }
  return null;
}
