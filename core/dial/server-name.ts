/** The name of the server on each request of a client. */
import type { Dispatcher } from 'undici';
import type { NamedServer } from './transport.ts';

/** Without the name, a request with a Host header of its own makes undici drop this connection and dial another. */
export function withServerName(
  options: Dispatcher.DispatchOptions & Partial<NamedServer>,
  servername: string,
): Dispatcher.DispatchOptions {
  // undici closes an HTTP/1.1 connection after a HEAD unless it is told not to.
  const keeps = options.method !== 'HEAD' || options.reset !== undefined;
  if (keeps && options.servername === servername) {
    return options;
  }
  const sent: Dispatcher.DispatchOptions & NamedServer = { ...options, servername };
  if (!keeps) {
    sent.reset = false;
  }
  return sent;
}
