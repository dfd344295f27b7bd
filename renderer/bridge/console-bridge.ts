/** What the console needs from whatever carries its messages: the contract, and how the carrying goes. */
import type { ConsoleApi } from '../../core/contract/index.ts';

export type LinkPhase =
  /** The first attempt is under way. */
  | 'connecting'
  | 'live'
  /** It was or should have been there, and is not; attempts go on. */
  | 'lost'
  /** The host knows this page's key not, or not any more. No attempts. */
  | 'unauthorised';

export interface LinkState {
  readonly phase: LinkPhase;
  /** Failed attempts in a row. */
  readonly attempts: number;
  /** When the next attempt begins, by `performance.now()`; null when none is planned. */
  readonly retryAt: number | null;
  /** A message that this page could not read: the host speaks another version. null when all is well. */
  readonly fault: string | null;
}

export interface ConsoleBridge extends ConsoleApi {
  link(): LinkState;
  onLink(listener: () => void): () => void;
  /** Tries again now instead of when the back-off ends. Does nothing while the link is live. */
  retryNow(): void;
  /** Ends every subscription and the link itself. */
  close(): void;
}
