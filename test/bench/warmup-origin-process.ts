/**
 * The warm-up bench's endpoints: HTTP/1.1 over TLS on many addresses of loopback. Reads its order as one line of
 * JSON, prints a line when all listen, and ends when its stdin does.
 *
 * The far port holds every byte for half a round trip in each direction, and what comes first for a whole one more: a
 * kernel on loopback accepts at once, so that is what the handshake of TCP would have cost.
 */
import https from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { Duplex } from 'node:stream';
import { farRoundTripMs, type OriginOrder } from './warmup-origins.ts';

const dayMs = 86_400_000;
const backlog = 4_096;

function listen(server: Server, port: number, ip: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, ip, backlog, resolve);
  });
}

/** The socket's other side, `farRoundTripMs` away. */
class FarSocket extends Duplex {
  readonly #near: Socket;

  constructor(near: Socket) {
    super();
    this.#near = near;
    let readyMs = performance.now() + farRoundTripMs;
    near.on('data', (chunk) => {
      readyMs = Math.max(readyMs, performance.now() + farRoundTripMs / 2);
      setTimeout(() => this.push(chunk), readyMs - performance.now());
    });
    near.on('close', () => setTimeout(() => this.destroy(), farRoundTripMs / 2));
    near.on('error', () => undefined);
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    setTimeout(() => this.#near.write(chunk), farRoundTripMs / 2);
    done();
  }

  override _final(done: () => void): void {
    setTimeout(() => this.#near.end(), farRoundTripMs / 2);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#near.destroy();
    done(error);
  }
}

async function serve({ ips, keyPem, certificatePem, port, farPort }: OriginOrder): Promise<void> {
  const server = https.createServer(
    { key: keyPem, cert: certificatePem, keepAliveTimeout: dayMs, requestTimeout: 0, headersTimeout: 0 },
    (_request, response) => response.writeHead(200, { 'content-length': '0' }).end(),
  );
  server.on('tlsClientError', () => undefined);
  for (const ip of ips) {
    await listen(
      createServer({ noDelay: true }, (socket) => server.emit('connection', socket)),
      port,
      ip,
    );
    await listen(
      createServer({ noDelay: true }, (socket) => server.emit('connection', new FarSocket(socket))),
      farPort,
      ip,
    );
  }
  process.stdout.write('listening\n');
}

createInterface({ input: process.stdin }).once('line', (line) => serve(JSON.parse(line) as OriginOrder));
process.stdin.on('end', () => process.exit(0));
