import { constants } from 'node:http2';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import type { Dispatcher } from 'undici';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/base/clock.ts';
import { type CertificateAuthority, createAuthority } from '../../../core/demo/certificate-authority.ts';
import { type Endpoint, parseHostName } from '../../../core/dial/endpoint.ts';
import { TlsDialer } from '../../../core/dial/tls-dialer.ts';
import type { Probe, ProbeResult, Transport, TransportEnd } from '../../../core/dial/transport.ts';
import { startTlsOrigin, type TlsOrigin, type TlsOriginOptions } from '../../support/tls-origin.ts';

let authority: CertificateAuthority;
let dialer: TlsDialer;
const transports: Transport[] = [];

beforeAll(async () => {
  authority = await createAuthority();
  dialer = new TlsDialer({ clock: systemClock, extraCa: [authority.certificatePem] });
});

afterEach(() => {
  for (const transport of transports.splice(0)) {
    transport.destroy();
  }
});

const both = ['modern-h2', 'modern-h1'] as const;

interface Connected {
  readonly transport: Transport;
  readonly ended: Promise<TransportEnd>;
  readonly ends: TransportEnd[];
}

async function connect(origin: TlsOrigin | Endpoint, profile: string = 'modern-h2'): Promise<Connected> {
  const endpoint = 'endpoint' in origin ? origin.endpoint : origin;
  const signal = new AbortController().signal;
  const transport = await dialer.dial({ endpoint, profile, timeoutMs: 10_000, signal });
  transports.push(transport);
  const ends: TransportEnd[] = [];
  const ended = new Promise<TransportEnd>((resolve) => {
    transport.onEnd((end) => {
      ends.push(end);
      resolve(end);
    });
  });
  return { transport, ended, ends };
}

function startOrigin(options: TlsOriginOptions = {}): Promise<TlsOrigin> {
  return startTlsOrigin({ authority, ...options });
}

function probe(transport: Transport, kind: Probe['kind'], options: Partial<Probe> = {}): Promise<ProbeResult> {
  return transport.probe({ kind, path: '/health', timeoutMs: 10_000, ...options });
}

function request(transport: Transport, options: Partial<Dispatcher.DispatchOptions> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    let body = '';
    transport.dispatch(
      { method: 'GET', path: '/', ...options },
      {
        // undici insists on these three.
        onRequestStart: () => undefined,
        onResponseStart: () => undefined,
        onResponseData: (_controller, chunk) => {
          body += chunk.toString();
        },
        onResponseEnd: () => resolve(body),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}

describe.each(both)('probes over %s', (profile) => {
  it('HEAD and GET give the status, and leave the connection as it was', async () => {
    await using origin = await startOrigin();
    const { transport, ends } = await connect(origin, profile);
    for (const kind of ['HEAD', 'GET', 'HEAD', 'readable', 'GET'] as const) {
      const result = await probe(transport, kind);
      expect(result).toMatchObject({ kind, status: kind === 'readable' ? null : 200, closing: false });
      expect(result.durationMs).toBeGreaterThanOrEqual(0);
    }
    expect(await request(transport)).toBe('good');
    expect(origin.accepted).toBe(1);
    expect(origin.requests).toBe(5);
    expect(ends).toEqual([]);
  });

  it('reads Retry-After', async () => {
    await using origin = await startOrigin();
    origin.answer = { status: 503, headers: { 'retry-after': '7' } };
    const { transport } = await connect(origin, profile);
    expect(await probe(transport, 'HEAD')).toMatchObject({ status: 503, retryAfterMs: 7_000 });
    origin.answer = { status: 429, headers: { 'retry-after': new Date(Date.now() + 60_000).toUTCString() } };
    const { retryAfterMs } = await probe(transport, 'HEAD');
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it('counts the bytes of HTTP', async () => {
    await using origin = await startOrigin();
    origin.answer = { status: 200, body: 'x'.repeat(5_000) };
    const { transport } = await connect(origin, profile);
    await probe(transport, 'GET');
    expect(transport.bytesIn).toBeGreaterThan(5_000);
    expect(transport.bytesOut).toBeGreaterThan(10);
    const { bytesIn, bytesOut } = transport;
    transport.destroy();
    expect([transport.bytesIn, transport.bytesOut]).toEqual([bytesIn, bytesOut]);
  });

  it('gives up at its deadline when no answer comes', async () => {
    await using origin = await startOrigin();
    const { transport } = await connect(origin, profile);
    origin.holding = true;
    await expect(probe(transport, 'HEAD', { timeoutMs: 100 })).rejects.toMatchObject({
      errorClass: 'timeout-response',
    });
  });

  it('gives up when its signal does', async () => {
    await using origin = await startOrigin();
    const { transport } = await connect(origin, profile);
    origin.holding = true;
    const abort = new AbortController();
    const probing = probe(transport, 'HEAD', { signal: abort.signal });
    const refused = expect(probing).rejects.toMatchObject({ errorClass: 'aborted' });
    await origin.until(() => origin.requests === 1);
    abort.abort();
    await refused;
    await expect(probe(transport, 'HEAD', { signal: abort.signal })).rejects.toMatchObject({ errorClass: 'aborted' });
  });

  it('a Host header of its own does not make it dial anew', async () => {
    await using origin = await startOrigin();
    const { transport } = await connect(origin, profile);
    await probe(transport, 'HEAD');
    expect(await request(transport, { headers: { host: 'elsewhere.test' } })).toBe('good');
    expect(await request(transport)).toBe('good');
    expect(origin.accepted).toBe(1);
  });
});

describe.each(both)('the end of a connection over %s', (profile) => {
  it('closed by the peer while idle: told once, and never dialled again', async () => {
    await using origin = await startOrigin();
    const { transport, ended, ends } = await connect(origin, profile);
    await probe(transport, 'HEAD');
    origin.endAll();
    expect(await ended).toMatchObject({ reason: 'peer-closed' });
    await expect(probe(transport, 'HEAD')).rejects.toMatchObject({ errorClass: 'closed-by-peer' });
    await expect(probe(transport, 'readable')).rejects.toMatchObject({ errorClass: 'closed-by-peer' });
    await expect(request(transport)).rejects.toThrow();
    await origin.until(() => origin.open === 0);
    expect(origin.accepted).toBe(1);
    expect(ends).toHaveLength(1);
  });

  it('reset: broken, and the class says how', async () => {
    await using origin = await startOrigin();
    const { transport, ended } = await connect(origin, profile);
    await probe(transport, 'HEAD');
    // Nothing is under way any more: what is lost then is lost by reading, and reading knows why.
    await probe(transport, 'ping');
    origin.resetAll();
    expect(await ended).toMatchObject({ reason: 'broken', error: { errorClass: 'reset' } });
    await expect(probe(transport, 'HEAD')).rejects.toMatchObject({ errorClass: 'reset' });
  });

  it('reset in the middle of a request: the request fails, nothing is sent again', async () => {
    await using origin = await startOrigin();
    const { transport, ended } = await connect(origin, profile);
    await probe(transport, 'HEAD');
    origin.holding = true;
    const failed = expect(request(transport)).rejects.toThrow();
    await origin.until(() => origin.requests === 2);
    origin.resetAll();
    await failed;
    expect((await ended).reason).toBe('broken');
    expect([origin.accepted, origin.requests]).toEqual([1, 2]);
  });

  it.each([
    ['without its length', undefined],
    ['with its length', 10],
  ])('an answer %s that ends in the middle is no answer', async (_what, length) => {
    await using origin = await startOrigin();
    const headers = length === undefined ? {} : { 'content-length': length };
    for (const by of ['reset', 'end', constants.NGHTTP2_CANCEL, constants.NGHTTP2_INTERNAL_ERROR] as const) {
      const { transport } = await connect(origin, profile);
      origin.answer = { status: 200, headers, body: 'not all of', cut: { afterBytes: 4, by } };
      await expect(request(transport)).rejects.toThrow();
    }
  });

  it('by our own hand: at once, told to nobody, and requests in flight fail', async () => {
    await using origin = await startOrigin();
    const { transport, ends } = await connect(origin, profile);
    await probe(transport, 'HEAD');
    origin.holding = true;
    const failed = expect(request(transport)).rejects.toMatchObject({ errorClass: 'aborted' });
    const probing = expect(probe(transport, 'HEAD')).rejects.toMatchObject({ errorClass: 'aborted' });
    await origin.until(() => origin.requests >= 2);
    transport.destroy();
    transport.destroy();
    await Promise.all([failed, probing]);
    await origin.until(() => origin.open === 0);
    await expect(probe(transport, 'HEAD')).rejects.toMatchObject({ errorClass: 'aborted' });
    expect(ends).toEqual([]);
  });

  it('by our own hand before it carried anything: the socket goes', async () => {
    await using origin = await startOrigin();
    const { transport, ends } = await connect(origin, profile);
    transport.destroy();
    await origin.until(() => origin.open === 0);
    expect(ends).toEqual([]);
  });

  it('closed by the peer before it carried anything: still told', async () => {
    await using origin = await startOrigin();
    const { transport, ended } = await connect(origin, profile);
    await origin.until(() => origin.secured === 1);
    origin.resetAll();
    expect((await ended).reason).toBe('broken');
    await expect(probe(transport, 'HEAD')).rejects.toMatchObject({ errorClass: 'reset' });
    await expect(request(transport)).rejects.toThrow();
    expect(origin.accepted).toBe(1);
  });

  it('told to a listener that comes late', async () => {
    await using origin = await startOrigin();
    const { transport, ended } = await connect(origin, profile);
    await probe(transport, 'HEAD');
    // Nothing is under way any more: what is lost then is lost by reading, and reading knows why.
    await probe(transport, 'ping');
    origin.resetAll();
    await ended;
    const again = await new Promise<TransportEnd>((resolve) => transport.onEnd(resolve));
    expect(again.reason).toBe('broken');
  });

  it('a server that wants a client certificate: handshaken, but not usable, and the class says why', async () => {
    await using origin = await startOrigin({ tls: { requestCert: true, rejectUnauthorized: true } });
    const { transport, ended } = await connect(origin, profile);
    await expect(probe(transport, 'HEAD')).rejects.toMatchObject({ errorClass: 'tls-client-certificate' });
    expect(await ended).toMatchObject({ reason: 'broken', error: { errorClass: 'tls-client-certificate' } });
  });
});

describe('HTTP/2', () => {
  it('pings on its session, which the first request opens', async () => {
    await using origin = await startOrigin();
    const { transport } = await connect(origin);
    expect(await probe(transport, 'ping')).toMatchObject({ kind: 'HEAD', status: 200 });
    expect(await probe(transport, 'ping')).toMatchObject({ kind: 'ping', status: null });
    expect(origin.requests).toBe(1);
  });

  it('learns how many requests may be in flight', async () => {
    await using origin = await startOrigin({ tls: { settings: { maxConcurrentStreams: 7 } } });
    const { transport } = await connect(origin);
    expect(transport.maxStreams).toBe(1);
    await probe(transport, 'HEAD');
    expect(transport.maxStreams).toBe(7);
    expect(transport.serverIdleLimitMs).toBeNull();
  });

  it('an established connection on which nothing passes: the ping has its own deadline', async () => {
    await using origin = await startOrigin();
    const { transport, ends } = await connect(origin);
    await probe(transport, 'HEAD');
    origin.freeze();
    await expect(probe(transport, 'ping', { timeoutMs: 100 })).rejects.toMatchObject({
      errorClass: 'timeout-response',
    });
    expect(ends).toEqual([]);
    origin.thaw();
    expect((await probe(transport, 'ping')).kind).toBe('ping');
  });

  it('a request without an answer costs its stream only', async () => {
    await using origin = await startOrigin();
    const { transport, ends } = await connect(origin);
    await probe(transport, 'HEAD');
    origin.holding = true;
    await expect(probe(transport, 'HEAD', { timeoutMs: 50 })).rejects.toThrow();
    origin.letGo();
    expect((await probe(transport, 'HEAD')).status).toBe(200);
    expect(ends).toEqual([]);
    expect(origin.accepted).toBe(1);
  });

  it('GOAWAY: told at once, the request in flight lives on, no other begins', async () => {
    await using origin = await startOrigin();
    const { transport, ended } = await connect(origin);
    await probe(transport, 'HEAD');
    origin.holding = true;
    const inFlight = request(transport);
    await origin.until(() => origin.requests === 2);
    origin.goaway();
    expect(await ended).toEqual({ reason: 'goaway', error: null });
    await expect(request(transport)).rejects.toThrow();
    origin.letGo();
    expect(await inFlight).toBe('good');
    expect([origin.accepted, origin.requests]).toEqual([1, 2]);
    transport.destroy();
    await origin.until(() => origin.open === 0);
  });

  it('an answer that is not HTTP/2', async () => {
    const certificate = await authority.issue({ names: ['origin.test'] });
    const server = tls.createServer(
      { key: certificate.privateKeyPem, cert: certificate.certificatePem, ALPNProtocols: ['h2'] },
      (socket) => socket.once('data', () => socket.write('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { transport, ended } = await connect({ host: parseHostName('origin.test'), ip: '127.0.0.1', port });
    await expect(probe(transport, 'HEAD')).rejects.toMatchObject({ errorClass: 'http-protocol' });
    expect(await ended).toMatchObject({ reason: 'broken', error: { errorClass: 'http-protocol' } });
    await new Promise((resolve) => server.close(resolve));
  });

  it('GOAWAY with "enhance your calm": the server is busy', async () => {
    await using origin = await startOrigin();
    const { transport, ended } = await connect(origin);
    await probe(transport, 'HEAD');
    origin.goaway(11);
    expect(await ended).toMatchObject({ reason: 'goaway', error: { errorClass: 'busy' } });
  });
});

describe('HTTP/1.1', () => {
  it('learns the idle limit of the server, and leaves it to the pool to obey it', async () => {
    await using origin = await startOrigin();
    // undici on its own would close this one at once: it subtracts two seconds.
    origin.answer = { status: 200, headers: { 'keep-alive': 'timeout=1', connection: 'keep-alive' } };
    const { transport, ends } = await connect(origin, 'modern-h1');
    await probe(transport, 'HEAD');
    expect(transport.serverIdleLimitMs).toBe(1_000);
    expect((await probe(transport, 'GET')).status).toBe(200);
    expect(transport.maxStreams).toBe(1);
    expect([origin.accepted, ends.length]).toEqual([1, 0]);
  });

  it('notices "Connection: close", and the end that follows', async () => {
    await using origin = await startOrigin();
    origin.answer = { status: 200, headers: { connection: 'close' } };
    const { transport, ended } = await connect(origin, 'modern-h1');
    expect(await probe(transport, 'HEAD')).toMatchObject({ status: 200, closing: true });
    expect(await ended).toMatchObject({ reason: 'peer-closed' });
  });

  it('bytes that nobody asked for break it before a request can be answered with them', async () => {
    await using origin = await startOrigin();
    const { transport, ended } = await connect(origin, 'modern-h1');
    await probe(transport, 'HEAD');
    origin.writeAll('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    expect(await ended).toMatchObject({ reason: 'broken', error: { errorClass: 'http-protocol' } });
    await expect(probe(transport, 'readable')).rejects.toMatchObject({ errorClass: 'http-protocol' });
    expect(origin.requests).toBe(1);
  });

  it('an answer that is not HTTP', async () => {
    await using origin = await startOrigin();
    const { transport, ended } = await connect(origin, 'modern-h1');
    await probe(transport, 'HEAD');
    origin.holding = true;
    const probing = expect(probe(transport, 'GET')).rejects.toMatchObject({ errorClass: 'http-protocol' });
    await origin.until(() => origin.requests === 2);
    origin.writeAll('SSH-2.0-OpenSSH_9.2\r\n');
    await probing;
    expect((await ended).reason).toBe('broken');
  });

  it('a request without an answer costs the connection: its answer would be taken for the next one’s', async () => {
    await using origin = await startOrigin();
    const { transport, ended } = await connect(origin, 'modern-h1');
    await probe(transport, 'HEAD');
    origin.holding = true;
    await expect(probe(transport, 'HEAD', { timeoutMs: 50 })).rejects.toMatchObject({
      errorClass: 'timeout-response',
    });
    expect((await ended).reason).toBe('broken');
    await origin.until(() => origin.open === 0);
    expect(origin.accepted).toBe(1);
  });
});
