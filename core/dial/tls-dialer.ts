/** The real dialer: one `tls.connect` to one address, TCP and TLS timed apart, the certificate always verified. */
import { isIP } from 'node:net';
import tls, { type SecureContext, type TLSSocket } from 'node:tls';
import type { Clock, Timer } from '../base/clock.ts';
import { ClassifiedError } from './classified-error.ts';
import type { Endpoint } from './endpoint.ts';
import { classify } from './error-classes.ts';
import { HttpTransport } from './http-transport.ts';
import { isTlsProfileName, type TlsProfile, tlsProfile, tlsProfileNames } from './tls-profiles.ts';
import type { Dialer, DialRequest, Transport } from './transport.ts';

export interface TlsDialerOptions {
  readonly clock: Clock;
  /** Authorities, in PEM, that this dialer trusts beside the runtime's own; nothing else in the process does. */
  readonly extraCa?: readonly string[];
}

interface ReadyProfile {
  readonly profile: TlsProfile;
  readonly secureContext: SecureContext;
}

/**
 * TCP may take this share of the whole: TLS needs at least as many round trips as TCP, so one that took longer for its
 * first cannot be in time.
 */
const tcpShare = 0.5;
/** Between TCP keep-alive probes: the system notices a peer that vanished without a word. */
const tcpKeepAliveMs = 60_000;

export class TlsDialer implements Dialer {
  readonly #clock: Clock;
  readonly #authorities: readonly string[] | null;
  /** One context for all connections of a profile: a third less memory and CPU than one for each. */
  readonly #profiles = new Map<string, ReadyProfile>();

  constructor(options: TlsDialerOptions) {
    this.#clock = options.clock;
    const extraCa = options.extraCa ?? [];
    // To name authorities replaces the runtime's own, so they are named as well; naming none shares one store.
    this.#authorities = extraCa.length > 0 ? [...tls.getCACertificates('default'), ...extraCa] : null;
  }

  async dial(request: DialRequest): Promise<Transport> {
    const { endpoint, signal } = request;
    if (signal.aborted) {
      throw aborted(endpoint, signal);
    }
    const { profile, secureContext } = this.#ready(request.profile);
    const connect = (): TLSSocket =>
      tls.connect({
        host: endpoint.ip,
        port: endpoint.port,
        secureContext,
        ALPNProtocols: [...profile.alpn],
        // An address is no server name (RFC 6066, section 3); the certificate is checked against it all the same.
        servername: isIP(endpoint.host.hostname) === 0 ? endpoint.host.hostname : '',
        checkServerIdentity: (_name, certificate) => tls.checkServerIdentity(endpoint.host.hostname, certificate),
        rejectUnauthorized: true,
      });
    return handshake(this.#clock, request, connect);
  }

  /** @throws ClassifiedError of class `internal`: no such profile, or one that this TLS library cannot carry out. */
  #ready(name: string): ReadyProfile {
    let ready = this.#profiles.get(name);
    if (!ready) {
      if (!isTlsProfileName(name)) {
        const known = tlsProfileNames.join(', ');
        throw new ClassifiedError('internal', 'UNKNOWN_PROFILE', `no TLS profile "${name}": there are ${known}`);
      }
      const profile = tlsProfile(name);
      ready = { profile, secureContext: this.#secureContext(profile) };
      this.#profiles.set(name, ready);
    }
    return ready;
  }

  #secureContext(profile: TlsProfile): SecureContext {
    try {
      return tls.createSecureContext({
        ...profile.options,
        ...(this.#authorities ? { ca: [...this.#authorities] } : {}),
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new ClassifiedError(
        'internal',
        'PROFILE_REFUSED',
        `the TLS library refuses the profile ${profile.name}: ${message}`,
        { cause: error },
      );
    }
  }
}

/** Brings one socket up. Whatever ends the attempt early also destroys the socket. */
function handshake(clock: Clock, request: DialRequest, connect: () => TLSSocket): Promise<Transport> {
  const { endpoint, signal, timeoutMs } = request;
  return new Promise((resolve, reject) => {
    const startedMs = clock.monotonicMs();
    let connectedMs: number | null = null;
    let deadline: Timer;
    let socket: TLSSocket;

    const stopListening = (): void => {
      deadline.cancel();
      signal.removeEventListener('abort', onAbort);
      socket.off('connect', onConnect).off('secureConnect', onSecure).off('error', onError).off('close', onClose);
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
      deadline.cancel();
      deadline = clock.after(timeoutMs - (connectedMs - startedMs), onLate);
    };
    const onSecure = (): void => {
      const tcpMs = (connectedMs ?? startedMs) - startedMs;
      const tlsMs = clock.monotonicMs() - startedMs - tcpMs;
      stopListening();
      socket.setNoDelay(true);
      socket.setKeepAlive(true, tcpKeepAliveMs);
      // Made in this very turn: the alert of a server that wants a certificate may be next in line, and needs a listener.
      resolve(new HttpTransport({ socket, host: endpoint.host, timings: { tcpMs, tlsMs }, clock }));
    };
    const onError = (error: Error): void =>
      fail(named(classify(error, connectedMs === null ? 'tcp' : 'tls'), endpoint));
    const onClose = (): void =>
      fail(new ClassifiedError('reset', 'ECONNRESET', `${place(endpoint)} closed the connection in its handshake`));
    const onAbort = (): void => fail(aborted(endpoint, signal));
    const onLate = (): void => fail(late(endpoint, connectedMs === null, clock.monotonicMs() - startedMs));

    try {
      socket = connect();
    } catch (error) {
      reject(named(classify(error, 'tcp'), endpoint));
      return;
    }
    socket.on('connect', onConnect).on('secureConnect', onSecure).on('error', onError).on('close', onClose);
    signal.addEventListener('abort', onAbort, { once: true });
    deadline = clock.after(timeoutMs * tcpShare, onLate);
  });
}

function late(endpoint: Endpoint, inTcp: boolean, afterMs: number): ClassifiedError {
  const within = `within ${Math.round(afterMs)} ms`;
  return inTcp
    ? new ClassifiedError('timeout-tcp', 'ETIMEDOUT', `${place(endpoint)} did not accept a connection ${within}`)
    : new ClassifiedError('timeout-tls', 'ETIMEDOUT', `${place(endpoint)} did not finish its TLS handshake ${within}`);
}

function place({ ip, port }: Endpoint): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}

/** Advice to whoever starts Node by hand, which says nothing to the operator of a console. */
const adviceOnNode = /; if the root CA is installed locally, try running Node\.js with .*$/;

/** The libraries' messages often do not say whom they speak of. */
function named(error: ClassifiedError, endpoint: Endpoint): ClassifiedError {
  const said = error.message.replace(adviceOnNode, '');
  const message = said.includes(endpoint.ip) ? said : `${place(endpoint)}: ${said}`;
  return new ClassifiedError(error.errorClass, error.code, message, { cause: error.cause });
}

function aborted(endpoint: Endpoint, signal: AbortSignal): ClassifiedError {
  return new ClassifiedError('aborted', 'ABORT_ERR', `the dial to ${place(endpoint)} was given up`, {
    cause: signal.reason,
  });
}

function ignore(): void {}
