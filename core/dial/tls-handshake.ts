/** Brings one socket up: TCP and TLS timed apart, each with its own deadline, the certificate verified. */
import type { Clock, Timer } from '../base/clock.ts';
import { whyWords } from '../contract/why-text.ts';
import { certificateRefused, clientCertificateWords } from './certificate-words.ts';
import { ClassifiedError } from './classified-error.ts';
import type { DialledSocket } from './dialled-socket.ts';
import { type Endpoint, endpointPlace } from './endpoint.ts';
import { classify, normalTlsCode } from './error-classes.ts';
import { refusedCertificate } from './server-identity.ts';
import type { DialRequest, DialTimings } from './transport.ts';

/**
 * TCP may take this share of the whole: TLS needs at least as many round trips as TCP, so one that took longer for its
 * first cannot be in time.
 */
const tcpShare = 0.5;
/** Between TCP keep-alive probes: the system notices a peer that vanished without a word. */
const tcpKeepAliveMs = 60_000;

export interface HandshakeParts<Ready> {
  readonly clock: Clock;
  /** Begins the handshake; the socket is not to refuse a certificate by itself. */
  readonly connect: () => DialledSocket;
  /**
   * Tells a missing client certificate from a refused profile, also in TLS 1.2: costs a tenth of a handshake's work, so it
   * is for a handshake that has been refused before.
   */
  readonly watchKeys: boolean;
  /**
   * Takes the socket over, in the very turn in which it is up: the alert of a server that wants a certificate may be next
   * in line, and needs a listener.
   */
  readonly ready: (socket: DialledSocket, timings: DialTimings) => Ready;
}

/**
 * Whatever ends the attempt early also destroys the socket.
 * @throws ClassifiedError
 */
export function tlsHandshake<Ready>(request: DialRequest, parts: HandshakeParts<Ready>): Promise<Ready> {
  const { clock, connect, watchKeys, ready } = parts;
  const { endpoint, signal, timeoutMs } = request;
  if (signal.aborted) {
    return Promise.reject(aborted(endpoint, signal));
  }
  return new Promise((resolve, reject) => {
    const startedMs = clock.monotonicMs();
    let connectedMs: number | null = null;
    let keysAgreed = false;
    let deadline: Timer;
    let socket: DialledSocket;

    const stopListening = (): void => {
      deadline.cancel();
      signal.removeEventListener('abort', onAbort);
      socket.off('connect', onConnect).off('secureConnect', onSecure).off('error', onError).off('close', onClose);
      socket.off('keylog', onKeys);
    };
    const fail = (error: ClassifiedError): void => {
      stopListening();
      // What the dying socket still has to say is of no interest, but must not go unheard.
      socket.on('error', ignore);
      socket.destroy();
      reject(error);
    };
    const onConnect = (): void => {
      connectedMs = clock.monotonicMs();
    };
    const onSecure = (): void => {
      if (!socket.authorized) {
        fail(certificateRefused(refusalCode(socket), refusedCertificate(socket), endpoint));
        return;
      }
      const tcpMs = (connectedMs ?? startedMs) - startedMs;
      const tlsMs = clock.monotonicMs() - startedMs - tcpMs;
      stopListening();
      socket.setNoDelay(true);
      socket.setKeepAlive(true, tcpKeepAliveMs);
      resolve(ready(socket, { tcpMs, tlsMs }));
    };
    const onError = (error: Error): void => {
      const read = classify(error, connectedMs === null ? 'tcp' : 'tls');
      fail(named(keysAgreed ? afterKeys(read) : read, endpoint));
    };
    const onClose = (): void =>
      fail(
        new ClassifiedError('reset', 'ECONNRESET', whyWords('closed-in-handshake', { place: endpointPlace(endpoint) })),
      );
    const onAbort = (): void => fail(aborted(endpoint, signal));
    const onLate = (): void => {
      const afterMs = clock.monotonicMs() - startedMs;
      if (connectedMs !== null && afterMs < timeoutMs) {
        deadline = clock.after(timeoutMs - afterMs, onLate);
      } else {
        fail(late(endpoint, connectedMs === null, afterMs));
      }
    };
    // That there are keys is all that is noticed: what they are is nobody's business.
    const onKeys = (): void => {
      keysAgreed = true;
    };

    try {
      socket = connect();
    } catch (error) {
      reject(named(classify(error, 'tcp'), endpoint));
      return;
    }
    socket.on('connect', onConnect).on('secureConnect', onSecure).on('error', onError).on('close', onClose);
    if (watchKeys) {
      socket.once('keylog', onKeys);
    }
    signal.addEventListener('abort', onAbort, { once: true });
    deadline = clock.after(timeoutMs * tcpShare, onLate);
  });
}

/** The code of what verification has found; types and documentation of Node differ on what this is. */
function refusalCode(socket: DialledSocket): string {
  const reason: unknown = socket.authorizationError;
  return reason instanceof Error && 'code' in reason ? String(reason.code) : String(reason);
}

/**
 * A server that agreed on keys has taken version, ciphers and groups. When it then refuses the handshake, it misses the
 * certificate that it has asked for (RFC 5246, section 7.4.6; TLS 1.3 has an alert of its own for this).
 */
function afterKeys(error: ClassifiedError): ClassifiedError {
  return normalTlsCode(error.code) === 'HANDSHAKE_FAILURE'
    ? new ClassifiedError('tls-client-certificate', error.code, clientCertificateWords(error.code), {
        cause: error.cause,
      })
    : error;
}

function late(endpoint: Endpoint, inTcp: boolean, afterMs: number): ClassifiedError {
  const place = endpointPlace(endpoint);
  const late = { place, ms: Math.round(afterMs) };
  return inTcp
    ? new ClassifiedError('timeout-tcp', 'ETIMEDOUT', whyWords('not-accepted', late))
    : new ClassifiedError('timeout-tls', 'ETIMEDOUT', whyWords('no-handshake', late));
}

/** The libraries' messages often do not say whom they speak of. */
function named(error: ClassifiedError, endpoint: Endpoint): ClassifiedError {
  const said = error.message;
  const message = said.includes(endpoint.ip) ? said : `${endpointPlace(endpoint)}: ${said}`;
  return new ClassifiedError(error.errorClass, error.code, message, { cause: error.cause });
}

function aborted(endpoint: Endpoint, signal: AbortSignal): ClassifiedError {
  return new ClassifiedError('aborted', 'ABORT_ERR', whyWords('dial-given-up', { place: endpointPlace(endpoint) }), {
    cause: signal.reason,
  });
}

function ignore(): void {}
