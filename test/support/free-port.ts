/** TCP ports of loopback. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Free now. */
export function freePort(): Promise<number> {
  return listenOnce(0);
}

/** Free now, and none that a system gives to outgoing connections: nobody comes by it between two starts. */
export async function lastingPort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      return await listenOnce(20_000 + Math.floor(Math.random() * 12_000));
    } catch {
      // Somebody listens there: another one.
    }
  }
  throw new Error('No port from 20,000 to 32,000 is free');
}

async function listenOnce(wanted: number): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
