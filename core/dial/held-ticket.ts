/** The tickets of an open connection: OpenSSL keeps the last one, and is asked for it when somebody wants it. */
import type { TLSSocket } from 'node:tls';
import { ownBytes } from './own-bytes.ts';
import type { Ticket, TicketEnd, TicketHolder } from './session-tickets.ts';

type SessionKeeper = Pick<TLSSocket, 'getProtocol' | 'getTLSTicket' | 'getSession'>;

/**
 * Node documents `getSession` for TLS 1.2 alone. OpenSSL gives the session that came last in TLS 1.3 as well
 * (SSL_get_session); BoringSSL gives one that cannot be resumed, so there tickets are kept as they come.
 */
export class HeldTicket implements TicketHolder {
  readonly until: TicketEnd;
  readonly #socket: SessionKeeper;
  readonly #offered: Buffer | null;

  /** `offered`: the session that its handshake resumed. */
  constructor(socket: SessionKeeper, until: TicketEnd, offered: Buffer | null) {
    this.#socket = socket;
    this.until = until;
    this.#offered = offered;
  }

  ticket(): Ticket | null {
    const singleUse = this.#socket.getProtocol() === 'TLSv1.3';
    // There the handshake leaves nothing to resume: tickets come after it, whenever the server likes.
    if (singleUse && !this.#socket.getTLSTicket()) {
      return null;
    }
    const session = this.#socket.getSession();
    // Resumed, and given no new one: what it has is the one that it used up.
    const isUsed = singleUse && session !== undefined && this.#offered?.equals(session);
    return session && !isUsed ? { session: ownBytes(session), until: this.until, singleUse } : null;
  }
}
