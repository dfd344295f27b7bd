/**
 * The origin of the benches, in a process of its own, so that its work is not the contenders' work. Prints where it
 * listens as one line of JSON, and ends when its stdin does.
 *
 * The far origin is the HTTP/1.1 one behind a proxy that holds every byte for half a round trip in each direction. A
 * kernel on loopback accepts at once, so the proxy lets the first byte pass only a whole round trip after it has accepted:
 * what a handshake of TCP would have cost.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import http2, { type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import https from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createAuthority } from '../../core/demo/certificate-authority.ts';
import { type OriginPlace, originHostname, roundTripMs, streamsPerConnection } from './origin.ts';

const body = Buffer.from('x'.repeat(256));
const dayMs = 86_400_000;

const headers = { 'content-type': 'text/plain', 'content-length': String(body.length) };

function answerH1(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : body);
}

function answerH2(request: Http2ServerRequest, response: Http2ServerResponse): void {
  response.writeHead(200, headers).end(request.method === 'HEAD' ? '' : body);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 10_000, resolve));
  return (server.address() as AddressInfo).port;
}

/** Every chunk comes out `delayMs` after it went in, and the end after the last. */
function delayed(from: Socket, to: Socket, delayMs: number): void {
  from.on('data', (chunk) => setTimeout(() => to.write(chunk), delayMs));
  from.on('close', () => setTimeout(() => to.destroy(), delayMs));
  from.on('error', () => undefined);
}

function farProxy(port: number): Server {
  return createServer({ noDelay: true, pauseOnConnect: true }, (near) => {
    setTimeout(() => {
      const far = connect({ port, host: '127.0.0.1', noDelay: true });
      delayed(near, far, roundTripMs / 2);
      delayed(far, near, roundTripMs / 2);
      near.resume();
    }, roundTripMs);
  });
}

const authority = await createAuthority();
const certificate = await authority.issue({ names: [originHostname], ips: ['127.0.0.1'] });
const tls = { key: certificate.privateKeyPem, cert: certificate.certificatePem };
// Nothing may close an idle connection while others are measured.
const first = https.createServer({ ...tls, keepAliveTimeout: dayMs, requestTimeout: 0, headersTimeout: 0 }, answerH1);
const second = http2.createSecureServer({ ...tls, settings: { maxConcurrentStreams: streamsPerConnection } }, answerH2);
const h1Port = await listen(first);
const place: OriginPlace = {
  authorityPem: authority.certificatePem,
  h1Port,
  h2Port: await listen(second),
  farPort: await listen(farProxy(h1Port)),
};

process.stdin.on('end', () => process.exit(0)).resume();
process.stdout.write(`${JSON.stringify(place)}\n`);
