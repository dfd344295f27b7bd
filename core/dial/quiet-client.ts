/** An undici `Client` that does nothing of its own accord: the pool owns idling, lifetime and reconnecting. */
import type { TLSSocket } from 'node:tls';
import { Client } from 'undici';
import { type HostName, hostUrl } from './endpoint.ts';

/** As good as never: 24 days, the longest time a timer can hold. undici has no way to switch its own idle limit off. */
const neverMs = 2 ** 31 - 1;
/** Our own ceiling of requests in flight on one connection; servers commonly say 100 to 250. */
export const mostStreams = 1_000;

/** Takes the socket, or the reason why there is none; never to be called within the call that asks for it, which would hang for ever. */
export type SocketTaker = (...result: [Error, null] | [null, TLSSocket]) => void;

/** `connect` is called when its first request needs the socket. */
export function quietClient(host: HostName, connect: (taker: SocketTaker) => void): Client {
  const client = new Client(hostUrl(host, ''), {
    connect: (_options, taker) => connect(taker),
    pipelining: 1,
    keepAliveTimeout: neverMs,
    keepAliveMaxTimeout: neverMs,
    // Subtracted from the server's own limit: this much less than zero, it is never what decides.
    keepAliveTimeoutThreshold: -neverMs,
    maxCachedSessions: 0,
    h2Options: { maxConcurrentStreams: mostStreams, pingInterval: 0 },
  });
  // A client whose socket has gone dials again at its next request, unless it is destroyed within this event.
  client.on('disconnect', (_origin, _targets, error) => client.destroy(error, () => undefined));
  return client;
}
