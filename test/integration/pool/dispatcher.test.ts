/** The pool as an undici Dispatcher, on real TLS sockets: everything that rides on `{ dispatcher: pool }`. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { request, stream, fetch as undiciFetch, upgrade } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CertificateAuthority,
  createAuthority,
  type IssuedCertificate,
} from '../../../core/demo/certificate-authority.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { type RealPool, realPool } from '../../support/real-pool.ts';

type Handler = (request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse) => void;

const hostname = 'origin.test';
let authority: CertificateAuthority;
let certificate: IssuedCertificate;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  authority = await createAuthority();
  certificate = await authority.issue({ names: [hostname] });
});

afterAll(async () => {
  await Promise.all(closers.map((close) => close()));
});

interface Setting {
  readonly real: RealPool;
  readonly url: string;
  /** Connections that were accepted. */
  readonly accepted: () => number;
}

async function poolFor(protocol: 'h2' | 'http/1.1', handler: Handler): Promise<Setting> {
  const options = { key: certificate.privateKeyPem, cert: certificate.certificatePem };
  const server = protocol === 'h2' ? createSecureServer(options, handler) : createServer(options, handler);
  let accepted = 0;
  server.on('secureConnection', () => {
    accepted += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const real = realPool({ hostname, authority, endpoint: { host: parseHostName(hostname), ip: '127.0.0.1', port } });
  closers.push(async () => {
    await real.pool.close();
    server.close();
  });
  return { real, url: `https://${hostname}`, accepted: () => accepted };
}

const echo: Handler = (incoming, response) => {
  response.setHeader('x-method', incoming.method ?? '');
  incoming.pipe(response as Writable);
};

describe.each(['h2', 'http/1.1'] as const)('the pool as a dispatcher on %s', (protocol) => {
  it('serves undici’s fetch and request, Node’s own fetch, and its own request, on one connection', async () => {
    const { real, url, accepted } = await poolFor(protocol, (incoming, response) => {
      response.end(`answer to ${incoming.url}`);
    });
    const dispatcher = real.pool;
    expect(await (await undiciFetch(`${url}/a`, { dispatcher })).text()).toBe('answer to /a');
    expect(await (await request(`${url}/b`, { dispatcher })).body.text()).toBe('answer to /b');
    // Node's types know its own undici's Dispatcher only.
    const init = { dispatcher } as unknown as RequestInit;
    expect(await (await fetch(`${url}/c`, init)).text()).toBe('answer to /c');
    const own = await dispatcher.request({ origin: url, path: '/d', method: 'GET' });
    expect(await own.body.text()).toBe('answer to /d');
    expect(accepted()).toBe(1);
    expect(real.pool.stats()).toMatchObject({ activeConnections: 0, sinceStart: { leases: 4, successfulRequests: 4 } });
  });

  it('streams bodies both ways', async () => {
    const { real, url } = await poolFor(protocol, echo);
    const chunks = Array.from({ length: 64 }, (_, index) => String(index).padEnd(16_384, '.'));
    const received: string[] = [];
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        received.push(chunk.toString());
        done();
      },
    });
    await stream(`${url}/upload`, { dispatcher: real.pool, method: 'POST', body: Readable.from(chunks) }, () => sink);
    expect(received.join('')).toBe(chunks.join(''));
    const response = await fetch(`${url}/upload`, {
      dispatcher: real.pool,
      method: 'POST',
      body: Readable.toWeb(Readable.from(chunks.map((chunk) => Buffer.from(chunk)))),
      duplex: 'half',
    } as unknown as RequestInit);
    expect(await response.text()).toBe(chunks.join(''));
    using lease = await real.pool.acquireUrl(`${url}/upload`);
    const leased = await lease.fetch('/upload', {
      method: 'POST',
      body: Readable.toWeb(Readable.from(chunks.map((chunk) => Buffer.from(chunk)))),
      duplex: 'half',
    });
    const read: string[] = [];
    for await (const chunk of leased.body?.values() ?? []) {
      read.push(Buffer.from(chunk).toString());
    }
    expect(read.join('')).toBe(chunks.join(''));
    expect(read.length).toBeGreaterThan(1);
  });

  it('gives trailers', async () => {
    const { real, url } = await poolFor(protocol, (incoming, response) => {
      // The pool validates by HEAD, which has no body for a trailer to follow.
      if (incoming.method === 'GET') {
        response.setHeader('trailer', 'x-sum');
        (response as ServerResponse).write('body');
        response.addTrailers({ 'x-sum': '42' });
      }
      response.end();
    });
    const { body, trailers } = await request(url, { dispatcher: real.pool });
    expect(await body.text()).toBe('body');
    expect(trailers).toMatchObject({ 'x-sum': '42' });
  });

  it('holds the server back while nobody reads', async () => {
    const size = 64 * 1024 * 1024;
    let written = 0;
    const { real, url } = await poolFor(protocol, (incoming, response) => {
      if (incoming.method === 'HEAD') {
        response.end();
        return;
      }
      const chunk = Buffer.alloc(64 * 1024);
      Readable.from(
        (function* () {
          for (; written < size; written += chunk.length) {
            yield chunk;
          }
        })(),
      ).pipe(response as Writable);
    });
    const { body } = await request(url, { dispatcher: real.pool });
    const reader = body[Symbol.asyncIterator]();
    await reader.next();
    // What a stalled way can hold: buffers of both kernels and both streams, far less than the whole.
    const stalled = await new Promise<number>((resolve) => {
      let last = -1;
      const look = (): void => {
        if (written === last) {
          resolve(written);
        } else {
          last = written;
          setTimeout(look, 50);
        }
      };
      look();
    });
    expect(stalled).toBeLessThan(size / 2);
    let total = 0;
    for await (const chunk of body) {
      total += (chunk as Buffer).length;
    }
    expect(total).toBeGreaterThan(size / 2);
  });

  it('aborts at once, before and during an answer, and serves the next request', async () => {
    let hang = true;
    const { real, url } = await poolFor(protocol, (incoming, response) => {
      if (incoming.method === 'HEAD' || !hang) {
        response.end('fine');
      }
    });
    const leaving = new AbortController();
    const hanging = expect(request(url, { dispatcher: real.pool, signal: leaving.signal })).rejects.toThrow('gone');
    const fetching = new AbortController();
    const fetched = expect(
      fetch(url, { dispatcher: real.pool, signal: fetching.signal } as unknown as RequestInit),
    ).rejects.toThrow('gone');
    leaving.abort(new Error('gone'));
    fetching.abort(new Error('gone'));
    await Promise.all([hanging, fetched]);
    hang = false;
    const { body } = await request(url, { dispatcher: real.pool });
    expect(await text(body)).toBe('fine');
    expect(real.pool.stats().activeConnections).toBe(0);
  });
});

describe('the pool as a dispatcher', () => {
  it('refuses what is no https origin, and an upgrade', async () => {
    const { real } = await poolFor('http/1.1', echo);
    await expect(request('http://origin.test/', { dispatcher: real.pool })).rejects.toThrow('is not an https origin');
    await expect(upgrade(`https://${hostname}`, { dispatcher: real.pool })).rejects.toThrow('cannot be upgraded');
  });

  it('tells a closed pool to who asks', async () => {
    const { real, url } = await poolFor('http/1.1', echo);
    await real.pool.close();
    await expect(request(url, { dispatcher: real.pool })).rejects.toThrow('the pool is closed');
  });
});
