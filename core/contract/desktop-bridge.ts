/**
 * What the desktop's preload puts into the console's window as `window.hotpool`, and nothing beside it. What comes
 * back is `unknown` on purpose: it crossed a process, so the console parses it as a `HostMessage` before use.
 */
import type { StreamName } from './index.ts';
import type { Language } from './language.ts';
import type { ClientMessage } from './messages.ts';

export interface DesktopBridge {
  /** Resolves to a `response` or an `error` with the request's id. Rejects when the main process refuses the sender. */
  request(message: Extract<ClientMessage, { type: 'request' }>): Promise<unknown>;
  /** The listener hears each `frame`, or the `error` that ended it. Returns the function that ends the subscription. */
  subscribe(stream: StreamName, listener: (message: unknown) => void): () => void;
  /** How large the window shows the page; 1 is as it is made. */
  zoom(): number;
  setZoom(factor: number): void;
  /** What the console is shown in, for what main itself says. Rejects when it is none, or the sender is refused. */
  setLanguage(language: Language): Promise<void>;
}
