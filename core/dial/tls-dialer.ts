/** The real dialer: one `tls.connect` to one address, the certificate verified, or a session resumed that was verified before. */
import { isIP } from 'node:net';
import tls, { type SecureContext } from 'node:tls';
import type { Clock } from '../base/clock.ts';
import { ClassifiedError } from './classified-error.ts';
import { asDialled, type DialledSocket } from './dialled-socket.ts';
import type { Endpoint, HostName } from './endpoint.ts';
import { normalTlsCode } from './error-classes.ts';
import { HeldTicket } from './held-ticket.ts';
import { HttpTransport } from './http-transport.ts';
import { ownBytes } from './own-bytes.ts';
import { type ReadyProfile, SecureContexts } from './secure-contexts.ts';
import { certificateEndMs, identityFault } from './server-identity.ts';
import { SessionTickets, type Ticket, type TicketEnd, ticketKey, ticketLifetimeMs } from './session-tickets.ts';
import type { TlsCredentials } from './tls-credentials.ts';
import { tlsHandshake } from './tls-handshake.ts';
import { isBoringSsl } from './tls-library.ts';
import type { Dialer, DialRequest, Transport } from './transport.ts';

export interface TlsDialerOptions {
  readonly clock: Clock;
  /** Authorities, in PEM, that this dialer trusts beside the runtime's own; nothing else in the process does. */
  readonly extraCa?: readonly string[];
  /** Of the hosts that have some of their own; see {@link TlsDialer.configure}. */
  readonly credentials?: HostCredentials;
  /** Tickets are kept as they come, not when they are wanted: for a TLS library that does not keep them itself. */
  readonly keepsEachTicket?: boolean;
}

/** One forgotten costs one more handshake. */
const mostRefusals = 1_000;

export type HostCredentials = Iterable<readonly [HostName, TlsCredentials]>;

export class TlsDialer implements Dialer {
  readonly #clock: Clock;
  readonly #contexts: SecureContexts;
  readonly #tickets: SessionTickets;
  readonly #keepsEachTicket: boolean;
  readonly #credentials = new Map<string, TlsCredentials>();
  /** Keys, as of tickets, under which the last handshake was refused without a word: the next one's keys are watched. */
  readonly #refusals = new Set<string>();

  constructor(options: TlsDialerOptions) {
    this.#clock = options.clock;
    this.#contexts = new SecureContexts(options.extraCa ?? []);
    this.#tickets = new SessionTickets(options.clock);
    this.#keepsEachTicket = options.keepsEachTicket ?? isBoringSsl;
    this.configure(options.credentials ?? []);
  }

  /** For dials from now on. */
  configure(credentials: HostCredentials): void {
    this.#credentials.clear();
    for (const [host, its] of credentials) {
      this.#credentials.set(host.name, its);
    }
    this.#contexts.keepOnly(new Set(this.#credentials.values().map(({ digest }) => digest)));
  }

  /**
   * One handshake. It is inconclusive where it offered a ticket, which is to blame when the handshake fails: refusing one
   * is a full handshake, no error (RFC 8446, section 4.2.11); and where the server's alert did not say what was missing:
   * asked once more, it is seen.
   */
  async dial(request: DialRequest): Promise<Transport> {
    const { endpoint } = request;
    const credentials = this.#credentials.get(endpoint.host.name) ?? null;
    const ready = this.#contexts.get(request.profile, credentials);
    const { profile } = ready;
    const key = ticketKey(profile.name, endpoint, credentials?.digest ?? '');
    const ticket = profile.tickets ? this.#tickets.take(key) : null;
    const watchKeys = this.#refusals.has(key);
    try {
      const transport = await this.#handshake(request, ready, key, ticket, watchKeys);
      if (watchKeys) {
        this.#refusals.delete(key);
      }
      return transport;
    } catch (error) {
      if (ticket) {
        this.#tickets.forget(key);
      }
      if (!isProtocolError(error)) {
        throw error;
      }
      const isUnclear = isHandshakeFailure(error) && !watchKeys;
      if (isUnclear) {
        this.#remember(key);
      }
      const { errorClass, code, message, cause } = error;
      throw new ClassifiedError(errorClass, code, message, { cause, isInconclusive: isUnclear || ticket !== null });
    }
  }

  #remember(key: string): void {
    this.#refusals.add(key);
    for (const oldest of this.#refusals) {
      if (this.#refusals.size <= mostRefusals) {
        return;
      }
      this.#refusals.delete(oldest);
    }
  }

  /** Nothing is dialled any more: connections that end are not asked for their tickets, which costs more than to close them. */
  close(): void {
    this.#tickets.close();
  }

  #handshake(
    request: DialRequest,
    { profile, secureContext, alpn }: ReadyProfile,
    key: string,
    ticket: Ticket | null,
    watchKeys: boolean,
  ): Promise<Transport> {
    const { endpoint } = request;
    const clock = this.#clock;
    const mayKeep = profile.tickets;
    return tlsHandshake(request, {
      clock,
      connect: () => {
        const socket = beginHandshake(endpoint, alpn, secureContext, ticket?.session);
        if (mayKeep && this.#keepsEachTicket) {
          this.#keepTickets(socket, key, ticket?.until ?? null);
        }
        return socket;
      },
      watchKeys,
      ready: (socket, timings) => {
        const transport = new HttpTransport({ socket, host: endpoint.host, timings, clock });
        if (mayKeep && !this.#keepsEachTicket) {
          this.#holdTickets(socket, key, transport.resumed ? ticket : null);
        }
        return transport;
      },
    });
  }

  /** Left with the connection until a dial wants them, or it ends. */
  #holdTickets(socket: DialledSocket, key: string, resumed: Ticket | null): void {
    const held = new HeldTicket(socket, resumed?.until ?? this.#ticketEnd(socket), resumed?.session ?? null);
    this.#tickets.hold(key, held);
    socket.beforeEnd = () => this.#tickets.ended(key, held);
  }

  /** Servers send them whenever they like, in TLS 1.3 after the handshake. */
  #keepTickets(socket: DialledSocket, key: string, offeredUntil: TicketEnd | null): void {
    // Asked once: most servers send two.
    let kind: Pick<Ticket, 'until' | 'singleUse'> | null = null;
    socket.on('session', (session) => {
      if (!socket.authorized) {
        return;
      }
      kind ??= {
        until: (socket.isSessionReused() ? offeredUntil : null) ?? this.#ticketEnd(socket),
        singleUse: socket.getProtocol() === 'TLSv1.3',
      };
      this.#tickets.add(key, { session: ownBytes(session), until: kind.until, singleUse: kind.singleUse });
    });
  }

  /** Of what a full handshake brings: an hour from now, and never beyond the life of its certificate. */
  #ticketEnd(socket: DialledSocket): TicketEnd {
    return {
      monotonicMs: this.#clock.monotonicMs() + ticketLifetimeMs,
      epochMs: Math.min(this.#clock.epochMs() + ticketLifetimeMs, certificateEndMs(socket)),
    };
  }
}

/** Apart from who calls it: a socket keeps its options, and all that these can see, for as long as it lives. */
function beginHandshake(
  { host, ip, port }: Endpoint,
  alpn: DataView,
  secureContext: SecureContext,
  session: Buffer | undefined,
): DialledSocket {
  const { hostname } = host;
  const socket = tls.connect({
    host: ip,
    port,
    secureContext,
    ALPNProtocols: alpn,
    // An address is no server name (RFC 6066, section 3); the certificate is checked against it all the same.
    servername: isIP(hostname) === 0 ? hostname : '',
    checkServerIdentity: (): Error | undefined => identityFault(socket, hostname),
    // The certificate is verified in any case; what has failed is refused by the handshake's end, which can then say of
    // which certificate it speaks: Node's own refusal closes the socket first, and forgets it.
    rejectUnauthorized: false,
    ...(session ? { session } : {}),
  });
  return asDialled(socket);
}

function isHandshakeFailure({ code }: ClassifiedError): boolean {
  return normalTlsCode(code) === 'HANDSHAKE_FAILURE';
}

function isProtocolError(error: unknown): error is ClassifiedError {
  return error instanceof ClassifiedError && error.errorClass === 'tls-protocol';
}
