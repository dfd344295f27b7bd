/**
 * Session tickets: what lets the next handshake with the same address skip the certificate and a round trip. A resumed
 * handshake checks nothing, so a ticket never leaves its address and name, and none outlives the hour after the
 * handshake that did check.
 */
import type { Buffer } from 'node:buffer';
import type { Clock } from '../base/clock.ts';
import type { Endpoint } from './endpoint.ts';

/** A full handshake at least this often. */
export const ticketLifetimeMs = 3_600_000;
/** Servers commonly send two. More would only be of use to as many dials at once. */
const ticketsPerKey = 4;
/** What an entry costs beside its bytes. */
const entryBytes = 200;

/**
 * From when on it may not be offered. By both clocks: the monotonic one may stand still while a laptop sleeps, the other
 * may be set back.
 */
export interface TicketEnd {
  readonly monotonicMs: number;
  readonly epochMs: number;
}

export interface Ticket {
  /** In memory of its own: what is kept of it is what is counted. */
  readonly session: Buffer;
  readonly until: TicketEnd;
  /** Of TLS 1.3: offered once, so that nobody on the way can tell two connections to be the same client's (RFC 8446, appendix C.4). */
  readonly singleUse: boolean;
}

/**
 * An open connection that may have been given tickets. To read one costs a thirtieth of a handshake, and most are never
 * offered: so it is asked when a dial wants one, or when it ends, and gives the last.
 */
export interface TicketHolder {
  /** Of its tickets: none of them may be offered from then on. */
  readonly until: TicketEnd;
  /** null: it has none that could be offered, or not yet. */
  ticket(): Ticket | null;
}

type Source = Ticket | TicketHolder;

/** Everything that has to be the same for a ticket to be offered; `credentials` is the digest of what was shown and trusted. */
export function ticketKey(profile: string, endpoint: Endpoint, credentials: string): string {
  return `${profile}|${endpoint.ip}|${endpoint.port}|${endpoint.host.hostname}|${credentials}`;
}

export class SessionTickets {
  /** The key used last is at the end. Of each the newest last: connections that hold theirs, tickets of those that have ended. */
  readonly #byKey = new Map<string, Source[]>();
  readonly #clock: Clock;
  readonly #mostBytes: number;
  #bytes = 0;
  #sweptMs: number;

  /** `mostBytes`: those of the address that has waited longest go first. */
  constructor(clock: Clock, mostBytes: number = 16 * 1024 * 1024) {
    this.#clock = clock;
    this.#mostBytes = mostBytes;
    this.#sweptMs = clock.monotonicMs();
  }

  /** What is held in memory. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The newest that may be offered now; one of TLS 1.3 is then gone. */
  take(key: string): Ticket | null {
    const tickets = this.#byKey.get(key);
    if (!tickets) {
      return null;
    }
    this.#dropEnded(key, tickets);
    for (let at = tickets.length - 1; at >= 0; at -= 1) {
      const ticket = ticketOf(tickets[at]);
      if (ticket) {
        if (ticket.singleUse) {
          this.#drop(key, tickets, at);
        }
        return ticket;
      }
    }
    return null;
  }

  add(key: string, ticket: Ticket): void {
    const tickets = this.#byKey.get(key) ?? [];
    // One of TLS 1.2 serves again and again: the newest is enough.
    while (tickets.length >= (ticket.singleUse ? ticketsPerKey : 1)) {
      this.#drop(key, tickets, 0);
    }
    this.#put(key, tickets, ticket);
  }

  /** Until {@link ended} is called, its tickets are among those that are offered. */
  hold(key: string, holder: TicketHolder): void {
    const tickets = this.#byKey.get(key) ?? [];
    while (tickets.length >= ticketsPerKey) {
      this.#drop(key, tickets, 0);
    }
    this.#put(key, tickets, holder);
  }

  /** The connection is about to end: what it has and nobody took is kept. */
  ended(key: string, holder: TicketHolder): void {
    const tickets = this.#byKey.get(key);
    const at = tickets?.indexOf(holder) ?? -1;
    if (tickets && at >= 0) {
      const ticket = holder.ticket();
      this.#drop(key, tickets, at);
      if (ticket) {
        this.add(key, ticket);
      }
    }
  }

  /** Forgets all. */
  close(): void {
    this.#byKey.clear();
    this.#bytes = 0;
  }

  #put(key: string, tickets: Source[], one: Source): void {
    this.#sweep();
    tickets.push(one);
    this.#bytes += sizeOf(key, one);
    this.#byKey.delete(key);
    this.#byKey.set(key, tickets);
    if (this.#bytes > this.#mostBytes) {
      this.#forgetOldest();
    }
  }

  #forgetOldest(): void {
    for (const oldest of this.#byKey.keys()) {
      if (this.#bytes <= this.#mostBytes) {
        return;
      }
      this.forget(oldest);
    }
  }

  /** What a dial with one of them made go wrong, the next is to begin without. */
  forget(key: string): void {
    const tickets = this.#byKey.get(key) ?? [];
    while (tickets.length > 0) {
      this.#drop(key, tickets, 0);
    }
  }

  /** Once in a ticket's lifetime, those of addresses that nobody dials any more. */
  #sweep(): void {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#sweptMs >= ticketLifetimeMs) {
      this.#sweptMs = nowMs;
      for (const [key, tickets] of this.#byKey) {
        this.#dropEnded(key, tickets);
      }
    }
  }

  #dropEnded(key: string, tickets: Source[]): void {
    for (let at = tickets.length - 1; at >= 0; at -= 1) {
      const until = tickets[at]?.until;
      if (until && (this.#clock.monotonicMs() >= until.monotonicMs || this.#clock.epochMs() >= until.epochMs)) {
        this.#drop(key, tickets, at);
      }
    }
  }

  #drop(key: string, tickets: Source[], at: number): void {
    for (const dropped of tickets.splice(at, 1)) {
      this.#bytes -= sizeOf(key, dropped);
    }
    if (tickets.length === 0) {
      this.#byKey.delete(key);
    }
  }
}

function ticketOf(one: Source | undefined): Ticket | null {
  return one && 'ticket' in one ? one.ticket() : (one ?? null);
}

function sizeOf(key: string, one: Source): number {
  return key.length + ('session' in one ? one.session.byteLength : 0) + entryBytes;
}
