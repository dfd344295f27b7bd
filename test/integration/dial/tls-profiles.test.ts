/** Each profile is what its name says: seen from the server, in the hello that it received and in what it then chose. */
import { type AddressInfo, createServer, type Server } from 'node:net';
import tls, { type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/base/clock.ts';
import { createAuthority, type IssuedCertificate } from '../../../core/demo/certificate-authority.ts';
import { type Endpoint, parseHostName } from '../../../core/dial/endpoint.ts';
import { TlsDialer } from '../../../core/dial/tls-dialer.ts';
import { type TlsProfileName, tlsProfileNames } from '../../../core/dial/tls-profiles.ts';
import { type ClientHello, readClientHello } from '../../support/client-hello.ts';

interface Seen {
  readonly hello: ClientHello;
  readonly version: string | null;
  readonly cipher: string;
  readonly alpn: string | false | null;
}

/** IANA's numbers. */
const [tls12, tls13] = [0x0303, 0x0304];
const [p256, p384, x25519, mlkem] = [0x0017, 0x0018, 0x001d, 0x11ec];
const suites13 = { aes128: 0x1301, aes256: 0x1302, chacha: 0x1303 };
const suites12 = { aes128: 0xc02b, aes256: 0xc02c, chacha: 0xcca9 };
const rsaPss = [0x0804, 0x0805, 0x0806];

let certificate: IssuedCertificate;
let dialer: TlsDialer;
let secure: tls.Server;
let listener: Server;
let endpoint: Endpoint;
let seen: PromiseWithResolvers<Seen>;

beforeAll(async () => {
  const authority = await createAuthority();
  certificate = await authority.issue({ names: ['origin.test'] });
  dialer = new TlsDialer({ clock: systemClock, extraCa: [authority.certificatePem] });
  secure = tls.createServer({
    key: certificate.privateKeyPem,
    cert: certificate.certificatePem,
    ALPNProtocols: ['h2', 'http/1.1'],
    // As a server that has no mind of its own: so the client's order is what is seen.
    honorCipherOrder: false,
  });
  listener = createServer({ pauseOnConnect: true }, async (socket) => {
    socket.on('error', () => undefined);
    const hello = await readClientHello(socket);
    secure.once('secureConnection', (server: TLSSocket) => {
      server.on('error', () => undefined);
      seen.resolve({
        hello,
        version: server.getProtocol(),
        cipher: server.getCipher().standardName,
        alpn: server.alpnProtocol,
      });
    });
    secure.emit('connection', socket);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  endpoint = { host: parseHostName('origin.test'), ip: '127.0.0.1', port };
});

afterAll(async () => {
  await new Promise((resolve) => listener.close(resolve));
});

async function handshake(profile: TlsProfileName): Promise<Seen> {
  seen = Promise.withResolvers();
  const transport = await dialer.dial({ endpoint, profile, timeoutMs: 10_000, signal: new AbortController().signal });
  const what = await seen.promise;
  transport.destroy();
  return what;
}

function positions(all: readonly number[], some: readonly number[]): number[] {
  return some.map((one) => all.indexOf(one));
}

const modern: Partial<Record<keyof Seen, unknown>> = {
  version: 'TLSv1.3',
  cipher: 'TLS_AES_128_GCM_SHA256',
  alpn: 'h2',
};

/** What the server chose; the hello has its own tests below. */
const chosen: Record<TlsProfileName, Partial<Record<keyof Seen, unknown>>> = {
  'modern-h2': modern,
  'modern-h1': { ...modern, alpn: 'http/1.1' },
  'runtime-default': { version: 'TLSv1.3', alpn: 'h2' },
  'tls13-only': modern,
  'tls12-only': { version: 'TLSv1.2', cipher: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', alpn: 'h2' },
  'x25519-first': modern,
  'p256-first': modern,
  'chacha-first': { ...modern, cipher: 'TLS_CHACHA20_POLY1305_SHA256' },
  'aes256-first': { ...modern, cipher: 'TLS_AES_256_GCM_SHA384' },
  'rsa-pss-first': modern,
  'no-tickets': modern,
};

/** What is special in the hello; what is not said here is as in modern-h2. */
const offered: Partial<Record<TlsProfileName, Partial<ClientHello>>> = {
  'modern-h1': { alpn: ['http/1.1'] },
  'tls13-only': { versions: [tls13] },
  'tls12-only': { versions: [], groups: [x25519, p256, p384], keyShares: [] },
  'x25519-first': { groups: [x25519, p256, p384], keyShares: [x25519] },
  'p256-first': { groups: [p256, x25519, p384], keyShares: [p256] },
  'no-tickets': { ticketExtension: false },
};

it.each(tlsProfileNames)('%s: what the server negotiates', async (profile) => {
  expect(await handshake(profile)).toMatchObject(chosen[profile]);
});

/** What the library offers by itself is the library's to say. */
const ownHellos = tlsProfileNames.filter((name) => name !== 'runtime-default');

it.each(ownHellos)('%s: what the server receives', async (profile) => {
  const { hello } = await handshake(profile);
  const { versions, groups, keyShares, alpn, ticketExtension, serverName } = hello;
  expect({ versions, groups, keyShares, alpn, ticketExtension, serverName }).toEqual({
    versions: [tls13, tls12],
    groups: [mlkem, x25519, p256, p384],
    keyShares: [mlkem, x25519],
    alpn: ['h2', 'http/1.1'],
    ticketExtension: true,
    serverName: 'origin.test',
    ...offered[profile],
  });
});

describe('the order of what is offered', () => {
  it('AES-128 first by default, in both versions', async () => {
    const { suites } = (await handshake('modern-h2')).hello;
    expect(suites[0]).toBe(suites13.aes128);
    const [aes128, aes256, chacha] = positions(suites, [suites12.aes128, suites12.aes256, suites12.chacha]);
    expect(aes128).toBeLessThan(aes256 ?? -1);
    expect(aes256).toBeLessThan(chacha ?? -1);
  });

  it.each([
    ['chacha-first', 'chacha', ['aes128', 'aes256']],
    ['aes256-first', 'aes256', ['aes128', 'chacha']],
  ] as const)('%s: before all others, in both versions', async (profile, first, others) => {
    const { suites } = (await handshake(profile)).hello;
    for (const suites1x of [suites13, suites12]) {
      const [at, ...after] = positions(suites, [suites1x[first], ...others.map((name) => suites1x[name])]);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(Math.min(...after)).toBeGreaterThan(at ?? Number.POSITIVE_INFINITY);
    }
  });

  it('tls12-only: no suite of TLS 1.3', async () => {
    const { suites } = (await handshake('tls12-only')).hello;
    expect(suites.filter((suite) => Object.values(suites13).includes(suite))).toEqual([]);
  });

  it('rsa-pss-first: RSA-PSS before the others, which are ECDSA first elsewhere', async () => {
    const { signatures } = (await handshake('rsa-pss-first')).hello;
    expect(signatures.slice(0, rsaPss.length)).toEqual(rsaPss);
    const others = (await handshake('modern-h2')).hello.signatures;
    expect(others[0]).not.toBe(rsaPss[0]);
    expect(signatures.toSorted()).toEqual(others.toSorted());
  });
});
