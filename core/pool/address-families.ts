/** Which of IPv6 and IPv4 this machine cannot reach at all at the moment: a dial there fails at once and blames nobody. */
import type { ClassifiedError } from '../dial/classified-error.ts';
import type { Upstream } from './upstream.ts';

/** No route, no such family, no address of our own in it. */
const noRoute: ReadonlySet<string> = new Set(['ENETUNREACH', 'EAFNOSUPPORT', 'EADDRNOTAVAIL']);
/** Then it is tried again, when somebody dials such an address. */
const believedForMs = 60_000;

export class AddressFamilies {
  #v4DownUntilMs = 0;
  #v6DownUntilMs = 0;

  /** A failure may say that the address's whole family cannot be reached. */
  failed({ isIPv6 }: Upstream, error: ClassifiedError, nowMs: number): void {
    if (error.errorClass !== 'local' || !noRoute.has(error.code)) {
      return;
    }
    if (isIPv6) {
      this.#v6DownUntilMs = nowMs + believedForMs;
    } else {
      this.#v4DownUntilMs = nowMs + believedForMs;
    }
  }

  succeeded({ isIPv6 }: Upstream): void {
    if (isIPv6) {
      this.#v6DownUntilMs = 0;
    } else {
      this.#v4DownUntilMs = 0;
    }
  }

  canReach({ isIPv6 }: Upstream, nowMs: number): boolean {
    return nowMs >= (isIPv6 ? this.#v6DownUntilMs : this.#v4DownUntilMs);
  }
}
