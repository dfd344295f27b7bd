import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/base/clock.ts';
import { type CertificateAuthority, createAuthority } from '../../../core/demo/certificate-authority.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { type Endpoint, parseHostName } from '../../../core/dial/endpoint.ts';
import { TlsDialer } from '../../../core/dial/tls-dialer.ts';
import { tlsProfileNames } from '../../../core/dial/tls-profiles.ts';
import type { Transport } from '../../../core/dial/transport.ts';
import { listenDeafly } from '../../support/deaf-listener.ts';
import { startTlsOrigin, type TlsOriginOptions } from '../../support/tls-origin.ts';

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

interface Dialing {
  readonly profile?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly with?: TlsDialer;
}

async function dial(endpoint: Endpoint, options: Dialing = {}): Promise<Transport> {
  const transport = await (options.with ?? dialer).dial({
    endpoint,
    profile: options.profile ?? 'modern-h2',
    timeoutMs: options.timeoutMs ?? 10_000,
    signal: options.signal ?? new AbortController().signal,
  });
  transports.push(transport);
  return transport;
}

async function failure(endpoint: Endpoint, options: Dialing = {}): Promise<ClassifiedError> {
  const error: unknown = await dial(endpoint, options).then(
    () => new Error('the dial succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ClassifiedError)) {
    throw error;
  }
  return error;
}

function startOrigin(options: TlsOriginOptions = {}): ReturnType<typeof startTlsOrigin> {
  return startTlsOrigin({ authority, ...options });
}

describe('a handshake that succeeds', () => {
  it('gives HTTP/2 where the server has it, TCP and TLS timed apart', async () => {
    await using origin = await startOrigin();
    const before = performance.now();
    const transport = await dial(origin.endpoint);
    const tookMs = performance.now() - before;
    const { tcpMs, tlsMs } = transport.timings;
    expect(transport.protocol).toBe('h2');
    expect(transport.resumed).toBe(false);
    expect(tcpMs).toBeGreaterThan(0);
    expect(tlsMs).toBeGreaterThan(0);
    expect(tcpMs + tlsMs).toBeLessThanOrEqual(tookMs);
  });

  it('gives HTTP/1.1 where the server has nothing else', async () => {
    await using origin = await startOrigin({ protocols: ['http/1.1'] });
    expect((await dial(origin.endpoint)).protocol).toBe('http/1.1');
  });

  it('gives HTTP/1.1 under the profile that offers nothing else', async () => {
    await using origin = await startOrigin();
    expect((await dial(origin.endpoint, { profile: 'modern-h1' })).protocol).toBe('http/1.1');
  });

  it.each(['ec', 'rsa'] as const)('works with every profile against an %s certificate', async (key) => {
    const certificate = await authority.issue({ names: ['origin.test'], key });
    await using origin = await startOrigin({ certificate });
    for (const profile of tlsProfileNames) {
      const transport = await dial(origin.endpoint, { profile });
      const { status } = await transport.probe({ kind: 'GET', path: '/', timeoutMs: 5_000 });
      expect([profile, status]).toEqual([profile, 200]);
    }
  });

  it('checks an address that is the host itself against the addresses of the certificate', async () => {
    await using origin = await startOrigin();
    const endpoint = { ...origin.endpoint, host: parseHostName(`127.0.0.1:${origin.port}`) };
    expect((await dial(endpoint)).protocol).toBe('h2');
    const other = await failure({ ...endpoint, host: parseHostName('127.0.0.2') });
    expect(other).toMatchObject({ errorClass: 'tls-certificate', code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });
});

describe('TCP', () => {
  it('refused', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const error = await failure({ host: parseHostName('origin.test'), ip: '127.0.0.1', port });
    expect(error).toMatchObject({ errorClass: 'refused', code: 'ECONNREFUSED' });
    expect(error.message).toContain(`127.0.0.1:${port}`);
  });

  it('not accepted: its own deadline, half of the whole', async () => {
    await using listener = await listenDeafly('127.0.0.1', 0);
    const endpoint = { host: parseHostName('origin.test'), ip: '127.0.0.1', port: listener.port };
    expect((await failure(endpoint, { timeoutMs: 600 })).errorClass).toBe('timeout-tcp');
  });
});

describe('TLS', () => {
  it('no answer to the hello: its own deadline, and no socket is left', async () => {
    await using origin = await startOrigin();
    origin.helloFault = 'silent';
    const error = await failure(origin.endpoint, { timeoutMs: 600 });
    expect(error.errorClass).toBe('timeout-tls');
    await origin.until(() => origin.open === 0);
  });

  it.each([
    ['reset', 'reset'],
    ['close', 'reset'],
    ['plain', 'tls-protocol'],
  ] as const)('%s instead of a handshake: %s', async (fault, errorClass) => {
    await using origin = await startOrigin();
    origin.helloFault = fault;
    const error = await failure(origin.endpoint);
    expect(error.errorClass).toBe(errorClass);
    await origin.until(() => origin.open === 0);
  });

  it.each([
    ['expired', { notBefore: new Date('2020-01-01'), notAfter: new Date('2020-02-01') }, 'CERT_HAS_EXPIRED'],
    ['not yet valid', { notBefore: new Date('2090-01-01'), notAfter: new Date('2090-02-01') }, 'CERT_NOT_YET_VALID'],
    ['for another name', { names: ['other.test'] }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('a certificate that is %s', async (_what, request, code) => {
    const certificate = await authority.issue({ names: ['origin.test'], ...request });
    await using origin = await startOrigin({ certificate });
    expect(await failure(origin.endpoint)).toMatchObject({ errorClass: 'tls-certificate', code });
    await origin.until(() => origin.open === 0);
  });

  it('an authority that nobody trusts, and one that only another dialer trusts', async () => {
    await using stranger = await startTlsOrigin();
    expect((await failure(stranger.endpoint)).errorClass).toBe('tls-certificate');
    await using origin = await startOrigin();
    const other = new TlsDialer({ clock: systemClock });
    expect((await failure(origin.endpoint, { with: other })).errorClass).toBe('tls-certificate');
  });

  it.each([
    ['no common version', 'tls12-only', { minVersion: 'TLSv1.3' }],
    ['no common group', 'x25519-first', { ecdhCurve: 'X448', maxVersion: 'TLSv1.3', minVersion: 'TLSv1.3' }],
    ['no common cipher', 'tls12-only', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA' }],
  ] as const)('%s: the profile is refused', async (_what, profile, tls) => {
    await using origin = await startOrigin({ tls });
    const error = await failure(origin.endpoint, { profile });
    expect(error.errorClass).toBe('tls-protocol');
  });
});

describe('ALPN', () => {
  it('no common application protocol: the profile is refused', async () => {
    await using origin = await startOrigin({ protocols: ['acme-tls/1'] });
    const error = await failure(origin.endpoint);
    expect(error.errorClass).toBe('tls-protocol');
    expect(error.code).toContain('NO_APPLICATION_PROTOCOL');
  });
});

describe('giving up', () => {
  it('an abort ends the dial at once, and no socket is left', async () => {
    await using origin = await startOrigin();
    origin.helloFault = 'silent';
    const abort = new AbortController();
    const failed = failure(origin.endpoint, { signal: abort.signal });
    await origin.until(() => origin.accepted === 1);
    abort.abort(new Error('no longer wanted'));
    const error = await failed;
    expect(error.errorClass).toBe('aborted');
    expect(error.cause).toBe(abort.signal.reason);
    await origin.until(() => origin.open === 0);
  });

  it('a signal that has aborted before dials nobody', async () => {
    await using origin = await startOrigin();
    expect((await failure(origin.endpoint, { signal: AbortSignal.abort() })).errorClass).toBe('aborted');
    expect(origin.accepted).toBe(0);
  });

  it('a profile that does not exist is our own fault, and is named', async () => {
    await using origin = await startOrigin();
    const error = await failure(origin.endpoint, { profile: 'chrome-126' });
    expect(error).toMatchObject({ errorClass: 'internal', code: 'UNKNOWN_PROFILE' });
    expect(error.message).toContain('modern-h2');
    expect(origin.accepted).toBe(0);
  });
});
