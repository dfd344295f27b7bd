/**
 * Who may speak to the headless console. It listens on loopback only, but every page in the operator's browser can reach
 * loopback: a foreign Host is DNS rebinding, a foreign Origin another page, and data is only for who has the token.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The names under which the page itself reaches this host. */
export function ownAuthorities(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

/** What is wrong with the Host or Origin header; null when they are ours. */
export function foreignHeader(headers: IncomingHttpHeaders, port: number): string | null {
  const authorities = ownAuthorities(port);
  const host = headers.host?.toLowerCase();
  if (host === undefined || !authorities.includes(host)) {
    return 'Host';
  }
  const { origin } = headers;
  // Node joins repeated headers of other names, and keeps the first Origin; `null` is the origin of a sandboxed page.
  if (origin !== undefined && !authorities.some((authority) => origin.toLowerCase() === `http://${authority}`)) {
    return 'Origin';
  }
  return null;
}

export class TokenCheck {
  readonly #digest: Buffer;

  constructor(token: string) {
    this.#digest = sha256(token);
  }

  /** In constant time, whatever is offered. */
  accepts(offered: string | null): boolean {
    return offered !== null && timingSafeEqual(sha256(offered), this.#digest);
  }
}

/**
 * A key for one opening of the page. Whoever is on this machine can read the command line of the browser that is being
 * started, so the token may not stand there: this code is worth nothing once the browser has come with it.
 */
export class OpeningCode {
  #open: { readonly check: TokenCheck; readonly untilMs: number } | null = null;

  /** A new code; the one before it ends. `nowMs` is monotonic. */
  make(nowMs: number): string {
    const code = randomBytes(openingCodeBytes).toString('base64url');
    this.#open = { check: new TokenCheck(code), untilMs: nowMs + openingTimeMs };
    return code;
  }

  /** True once, and within a minute. */
  take(offered: string, nowMs: number): boolean {
    if (!this.#open || nowMs > this.#open.untilMs || !this.#open.check.accepts(offered)) {
      return false;
    }
    this.#open = null;
    return true;
  }
}

const openingCodeBytes = 24;
const openingTimeMs = 60_000;

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

export function bearerToken(headers: IncomingHttpHeaders): string | null {
  return /^Bearer +([\w.~+/=-]+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** The page cannot set headers on a WebSocket; it offers the subprotocols `hotpool` and `token.TOKEN`. */
export function subprotocolToken(headers: IncomingHttpHeaders): string | null {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (!offered.includes(socketProtocol)) {
    return null;
  }
  return offered.find((name) => name.startsWith('token.'))?.slice('token.'.length) ?? null;
}

export const socketProtocol = 'hotpool';
