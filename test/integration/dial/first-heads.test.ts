/** HTTP/1.1 before the first request: the pool's own HEADs, and how the socket passes to who asks for more. */
import type { AddressInfo } from 'node:net';
import tls, { type TLSSocket } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/base/clock.ts';
import {
  type CertificateAuthority,
  createAuthority,
  type IssuedCertificate,
} from '../../../core/demo/certificate-authority.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { TlsDialer } from '../../../core/dial/tls-dialer.ts';
import type { ProbeResult, Transport, TransportEnd } from '../../../core/dial/transport.ts';

let authority: CertificateAuthority;
let certificate: IssuedCertificate;
let dialer: TlsDialer;

beforeAll(async () => {
  authority = await createAuthority();
  certificate = await authority.issue({ names: ['origin.test'] });
  dialer = new TlsDialer({ clock: systemClock, extraCa: [authority.certificatePem] });
});

const empty = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

/** A server that says what it is told to, and one connection to it. */
class Dialogue implements AsyncDisposable {
  readonly transport: Transport;
  readonly ended: Promise<TransportEnd>;
  readonly server: TLSSocket;
  readonly port: number;
  heard = '';
  readonly #stop: () => Promise<void>;
  #onHeard: () => void = () => undefined;

  constructor(transport: Transport, server: TLSSocket, port: number, stop: () => Promise<void>) {
    this.transport = transport;
    this.server = server;
    this.port = port;
    this.#stop = stop;
    this.ended = new Promise((resolve) => transport.onEnd(resolve));
    server.on('data', (chunk: Buffer) => {
      this.heard += chunk.toString('latin1');
      this.#onHeard();
    });
    server.on('error', () => undefined);
    // What is written is on its way when `write` returns.
    server.setNoDelay(true);
  }

  /** Requests that have arrived whole. */
  async requests(count: number): Promise<void> {
    while (this.heard.split('\r\n\r\n').length <= count) {
      await new Promise<void>((resolve) => {
        this.#onHeard = resolve;
      });
    }
  }

  head(path = '/health'): Promise<ProbeResult> {
    return this.transport.probe({ kind: 'HEAD', path, timeoutMs: 10_000 });
  }

  /** The next HEAD, answered with these bytes. */
  async headAnswered(bytes: string): Promise<ProbeResult> {
    const before = this.heard.split('\r\n\r\n').length - 1;
    const probing = this.head();
    await Promise.race([probing, this.requests(before + 1)]);
    this.server.write(bytes, 'latin1');
    return probing;
  }

  get(): Promise<string> {
    return new Promise((resolve, reject) => {
      let body = '';
      this.transport.dispatch(
        { method: 'GET', path: '/' },
        {
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

  async [Symbol.asyncDispose](): Promise<void> {
    this.transport.destroy();
    this.server.destroy();
    await this.#stop();
  }
}

async function connect(): Promise<Dialogue> {
  const { privateKeyPem: key, certificatePem: cert } = certificate;
  const server = tls.createServer({ key, cert, ALPNProtocols: ['http/1.1'] });
  const accepted = new Promise<TLSSocket>((resolve) => server.once('secureConnection', resolve));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const endpoint = { host: parseHostName(`origin.test:${port}`), ip: '127.0.0.1', port };
  const { signal } = new AbortController();
  const transport = await dialer.dial({ endpoint, profile: 'modern-h1', timeoutMs: 10_000, signal });
  const stop = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return new Dialogue(transport, await accepted, port, stop);
}

describe('a HEAD', () => {
  it('says whom it is for, and that the connection is to stay', async () => {
    await using dialogue = await connect();
    await dialogue.headAnswered(empty);
    expect(dialogue.heard).toBe(
      `HEAD /health HTTP/1.1\r\nhost: origin.test:${dialogue.port}\r\nconnection: keep-alive\r\n\r\n`,
    );
  });

  it.each([
    ['HTTP/1.1 200 OK', '', false],
    ['HTTP/1.1 204 No Content', '', false],
    ['HTTP/1.1 200 OK', 'Content-Length: 5\r\n', false],
    ['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked\r\n', false],
    ['HTTP/1.1 200 OK', 'Connection: Keep-Alive\r\n', false],
    ['HTTP/1.0 200 OK', 'Connection: keep-alive\r\n', false],
    ['HTTP/1.0 200 OK', 'Content-Length: 0\r\n', true],
    ['HTTP/1.1 200 OK', 'Connection: close\r\n', true],
  ])('answered with %s and "%s": closing is %s, and so it happens', async (status, headers, closing) => {
    await using dialogue = await connect();
    const answer = `${status}\r\n${headers}\r\n`;
    expect(await dialogue.headAnswered(answer)).toMatchObject({ closing });
    if (closing) {
      expect(await dialogue.ended).toMatchObject({ reason: 'peer-closed' });
      await expect(dialogue.head()).rejects.toMatchObject({ errorClass: 'closed-by-peer' });
    } else {
      expect(await dialogue.headAnswered(answer)).toMatchObject({ closing });
    }
  });

  it('is answered however its bytes arrive', async () => {
    await using dialogue = await connect();
    const probing = dialogue.head();
    await dialogue.requests(1);
    for (const byte of `HTTP/1.1 103 Hints\r\n\r\n${empty}`) {
      await new Promise((resolve) => dialogue.server.write(byte, resolve));
    }
    expect(await probing).toMatchObject({ status: 200 });
  });

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a body', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc'],
  ])('answered with %s breaks the connection', async (_what, bytes) => {
    await using dialogue = await connect();
    await expect(dialogue.headAnswered(bytes)).rejects.toMatchObject({ errorClass: 'http-protocol' });
    expect(await dialogue.ended).toMatchObject({ reason: 'broken', error: { errorClass: 'http-protocol' } });
  });

  it('whose answer ends in the middle: the server closed the connection', async () => {
    await using dialogue = await connect();
    const refused = expect(dialogue.headAnswered('HTTP/1.1 200 OK\r\nCont')).rejects.toMatchObject({
      errorClass: 'closed-by-peer',
    });
    await dialogue.requests(1);
    dialogue.server.end();
    await refused;
    expect(await dialogue.ended).toMatchObject({ reason: 'peer-closed' });
  });

  it('for a path that would be more than one is not sent', async () => {
    await using dialogue = await connect();
    await expect(dialogue.head('/ HTTP/1.1\r\nx: y')).rejects.toMatchObject({ errorClass: 'internal' });
    await dialogue.headAnswered(empty);
    expect(dialogue.heard).toMatch(/^HEAD \/health /);
  });
});

describe('the first request', () => {
  it('waits until the answer to a HEAD is there', async () => {
    await using dialogue = await connect();
    const probing = dialogue.head();
    const getting = dialogue.get();
    const second = dialogue.head();
    await dialogue.requests(1);
    expect(dialogue.heard.split('\r\n\r\n')).toHaveLength(2);
    dialogue.server.write(empty);
    expect(await probing).toMatchObject({ status: 200 });
    await dialogue.requests(2);
    dialogue.server.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody');
    expect(await getting).toBe('body');
    await dialogue.requests(3);
    dialogue.server.write(empty);
    expect(await second).toMatchObject({ status: 200 });
  });

  it('fails with the connection when that answer is none', async () => {
    await using dialogue = await connect();
    const probing = expect(dialogue.headAnswered('nothing\r\n')).rejects.toMatchObject({ errorClass: 'http-protocol' });
    const getting = expect(dialogue.get()).rejects.toThrow();
    await Promise.all([probing, getting]);
    expect(dialogue.heard).toMatch(/^HEAD/);
    expect(dialogue.heard).not.toContain('GET');
  });

  it('is not answered with what arrived before it was sent', async () => {
    await using dialogue = await connect();
    await dialogue.headAnswered(empty);
    dialogue.server.write('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged');
    await expect(dialogue.get()).rejects.toThrow();
    expect(await dialogue.ended).toMatchObject({ reason: 'broken', error: { errorClass: 'http-protocol' } });
  });
});
