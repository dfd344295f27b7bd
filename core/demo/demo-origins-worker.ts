/**
 * The thread in which the demo's origins live, so that their work never delays the engine's loop.
 * Per host there is one TLS server for each protocol; the listeners of all its endpoints hand it their connections, so
 * thousands of endpoints share a few secure contexts.
 */
import type { Http2SecureServer } from 'node:http2';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket, TlsOptions } from 'node:tls';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../base/clock.ts';
import { seededRandom } from '../base/random.ts';
import {
  type DemoCertificate,
  type FromOrigins,
  type OriginAddress,
  type OriginGuise,
  type OriginHost,
  type OriginPlan,
  type OriginsStart,
  originGuises,
  type SetFaultMessage,
} from './demo-messages.ts';
import { type ConnectionTaker, DemoOrigin, type OriginRequest, type OriginResponse } from './demo-origin.ts';

/** What a guise changes beside the certificate. */
const guiseOptions: Partial<Record<OriginGuise, TlsOptions>> = {
  'client-certificate': { requestCert: true, rejectUnauthorized: true },
  'old-tls': { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA' },
};

/**
 * Of this thread. Each connection of a Node server keeps its copy of the server's protocols, a few bytes of a slab of small
 * Buffers: for as long as it lives it keeps the whole slab, which is 64 KiB unless somebody asks for less.
 */
const slabBytes = 8_192;

/** Idle connections are the pool's to close, not the demo's. */
const keepAliveMs = 3_600_000;

class HostServers {
  readonly #h2: Http2SecureServer;
  readonly #h1: HttpsServer;

  constructor(certificate: DemoCertificate, options: TlsOptions, originOf: (socket: Socket) => DemoOrigin | undefined) {
    const credentials = { ...options, cert: certificate.certificatePem, key: certificate.privateKeyPem };
    this.#h2 = createSecureServer({ ...credentials, allowHTTP1: true });
    this.#h1 = createHttpsServer({ ...credentials, ALPNProtocols: ['http/1.1'] });
    for (const server of [this.#h2, this.#h1]) {
      server.on('secureConnection', (socket: TLSSocket) => originOf(socket)?.secured(socket));
      server.on('request', (request: OriginRequest, response: OriginResponse) =>
        originOf(request.socket)?.answer(request, response),
      );
    }
    this.#h2.on('session', (session) => originOf(session.socket)?.opened(session));
    this.#h1.keepAliveTimeout = keepAliveMs;
  }

  take(socket: Socket, plan: OriginPlan): void {
    (plan.protocols.includes('h2') ? this.#h2 : this.#h1).emit('connection', socket);
  }
}

class Origins implements ConnectionTaker {
  readonly #origins: readonly DemoOrigin[];
  readonly #byAddress = new Map<string, DemoOrigin>();
  readonly #servers = new Map<string, Record<OriginGuise, HostServers>>();

  constructor(start: OriginsStart) {
    const random = seededRandom(start.seed);
    const originOf = (socket: Socket): DemoOrigin | undefined =>
      this.#byAddress.get(addressKey(socket.localAddress, socket.localPort));
    for (const host of start.hosts) {
      this.#servers.set(host.hostname, serversOf(host, originOf));
    }
    this.#origins = start.origins.map((plan) => new DemoOrigin(plan, this, systemClock, random));
  }

  take(socket: Socket, plan: OriginPlan, guise: OriginGuise): void {
    this.#servers.get(plan.hostname)?.[guise].take(socket, plan);
  }

  /** All on one port where it is free everywhere, which is how a fleet looks. */
  async listen(): Promise<OriginAddress[]> {
    const [first, ...others] = this.#origins;
    if (!first) {
      return [];
    }
    const firstAddress = await first.listen(0);
    const addresses = [firstAddress, ...(await Promise.all(others.map((origin) => origin.listen(firstAddress.port))))];
    this.#origins.forEach((origin, index) => {
      const address = addresses[index];
      this.#byAddress.set(addressKey(address?.ip, address?.port), origin);
    });
    return addresses;
  }

  async setFault(message: SetFaultMessage): Promise<void> {
    await Promise.all(message.origins.map((index) => this.#origins[index]?.setFault(message.fault)));
  }
}

function serversOf(
  host: OriginHost,
  originOf: (socket: Socket) => DemoOrigin | undefined,
): Record<OriginGuise, HostServers> {
  const servers = originGuises.map((guise) => [
    guise,
    new HostServers(host.certificates[guise], guiseOptions[guise] ?? {}, originOf),
  ]);
  return Object.fromEntries(servers) as Record<OriginGuise, HostServers>;
}

function addressKey(ip: string | undefined, port: number | undefined): string {
  return `${ip}|${port}`;
}

function send(message: FromOrigins): void {
  parentPort?.postMessage(message);
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'EMFILE' || code === 'ENFILE'
    ? `${message}: the system allows too few open files for so many endpoints; ask for fewer or raise ulimit -n`
    : message;
}

Buffer.poolSize = slabBytes;
const origins = new Origins(workerData as OriginsStart);

parentPort?.on('message', (message: SetFaultMessage) => {
  const { requestId } = message;
  origins.setFault(message).then(
    () => send({ kind: 'fault-set', requestId }),
    (error: unknown) => send({ kind: 'fault-failed', requestId, message: messageOf(error) }),
  );
});

try {
  send({ kind: 'ready', addresses: await origins.listen() });
} catch (error) {
  send({ kind: 'start-failed', message: messageOf(error) });
}
