/** Certificates of both sides on real sockets: what is refused, and in which words an operator hears of it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/base/clock.ts';
import {
  type CertificateAuthority,
  type CertificateRequest,
  createAuthority,
  type IssuedCertificate,
} from '../../../core/demo/certificate-authority.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { type Endpoint, parseHostName } from '../../../core/dial/endpoint.ts';
import { errorTraits } from '../../../core/dial/error-classes.ts';
import { TlsCredentials } from '../../../core/dial/tls-credentials.ts';
import { TlsDialer } from '../../../core/dial/tls-dialer.ts';
import { realPool } from '../../support/real-pool.ts';
import { startTlsOrigin, type TlsOriginOptions } from '../../support/tls-origin.ts';

let authority: CertificateAuthority;

beforeAll(async () => {
  authority = await createAuthority();
});

function dialerWith(credentials?: TlsCredentials): TlsDialer {
  const host = parseHostName('origin.test');
  return new TlsDialer({
    clock: systemClock,
    extraCa: [authority.certificatePem],
    ...(credentials ? { credentials: [[host, credentials]] } : {}),
  });
}

/** The status of one request, or what went wrong on the way to it: once more, as the pool does, where that was not clear. */
async function visit(dialer: TlsDialer, endpoint: Endpoint, profile = 'modern-h2'): Promise<number | ClassifiedError> {
  const first = await tryToVisit(dialer, endpoint, profile);
  return typeof first === 'object' && first.isInconclusive ? tryToVisit(dialer, endpoint, profile) : first;
}

async function tryToVisit(dialer: TlsDialer, endpoint: Endpoint, profile: string): Promise<number | ClassifiedError> {
  try {
    const transport = await dialer.dial({
      endpoint,
      profile,
      timeoutMs: 10_000,
      signal: new AbortController().signal,
    });
    try {
      const { status } = await transport.probe({ kind: 'HEAD', path: '/', timeoutMs: 10_000 });
      return status ?? 0;
    } finally {
      transport.destroy();
    }
  } catch (error) {
    if (error instanceof ClassifiedError) {
      return error;
    }
    throw error;
  }
}

describe.each(['modern-h2', 'tls12-only'])('a certificate under %s that', (profile) => {
  async function refused(request: Partial<CertificateRequest>): Promise<{ error: ClassifiedError; place: string }> {
    const certificate = await authority.issue({ names: ['origin.test', 'www.origin.test'], ...request });
    await using origin = await startTlsOrigin({ authority, certificate });
    const error = await visit(dialerWith(), origin.endpoint, profile);
    if (!(error instanceof ClassifiedError)) {
      throw new Error(`the certificate was taken: ${error}`);
    }
    expect(error.errorClass).toBe('tls-certificate');
    expect(errorTraits[error.errorClass]).toMatchObject({ scope: 'remote', duration: 'permanent' });
    await origin.until(() => origin.open === 0);
    expect(origin.requests).toBe(0);
    return { error, place: `127.0.0.1:${origin.port}` };
  }

  const dates = { notBefore: new Date('2020-01-01T12:00:00Z'), notAfter: new Date('2020-02-01T12:00:00Z') };

  it('has expired', async () => {
    const { error, place } = await refused(dates);
    expect(error.message).toBe(
      `${place}: the certificate of "CN=origin.test", for origin.test, www.origin.test, ` +
        'valid from 2020-01-01 to 2020-02-01, expired on 2020-02-01',
    );
  });

  it('is not valid yet', async () => {
    const { error } = await refused({ notBefore: new Date('2090-03-01'), notAfter: new Date('2090-04-01') });
    expect(error.message).toContain('valid from 2090-03-01 to 2090-04-01, is not valid before 2090-03-01');
  });

  it('is for another name', async () => {
    const names = ['a.test', 'b.test', 'c.test', 'd.test', 'e.test', 'f.test'];
    const { error } = await refused({
      names,
      ...{ notBefore: new Date('2026-01-02'), notAfter: new Date('2090-01-03') },
    });
    expect(error.message).toContain(
      'the certificate of "CN=a.test", for a.test, b.test, c.test, d.test and 2 more, ' +
        'valid from 2026-01-02 to 2090-01-03, is not for origin.test',
    );
  });

  it('is for a name below one that begins with a dot, which OpenSSL would take for any', async () => {
    await using origin = await startTlsOrigin({ authority, hostname: 'www.origin.test' });
    const endpoint = { ...origin.endpoint, host: { ...origin.endpoint.host, hostname: '.origin.test' } };
    const error = await visit(dialerWith(), endpoint, profile);
    expect(error).toMatchObject({ errorClass: 'tls-certificate', code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(origin.requests).toBe(0);
  });

  it('is self-signed', async () => {
    const { error } = await refused({ selfSigned: true });
    expect(error.code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(error.message).toMatch(/"CN=origin\.test".*valid from \d{4}-\d\d-\d\d to .*, is self-signed;.*ca_file/);
  });

  it('is of an authority that nobody here knows', async () => {
    const stranger = await createAuthority();
    const certificate = await stranger.issue({ names: ['origin.test'] });
    const { error } = await (async () => {
      await using origin = await startTlsOrigin({ certificate });
      return { error: await visit(dialerWith(), origin.endpoint, profile) };
    })();
    expect(error).toMatchObject({ errorClass: 'tls-certificate' });
    expect(String(error)).toMatch(
      /"CN=origin\.test".* is issued by "CN=Hotpool Console demo authority", which nobody here trusts;.*ca_file/,
    );
  });
});

it.each(['expired', 'another name'])('is verified by every profile that follows a refused one: %s', async (fault) => {
  const certificate = await authority.issue({
    names: [fault === 'expired' ? 'origin.test' : 'other.test'],
    ...(fault === 'expired' ? { notBefore: new Date('2020-01-01'), notAfter: new Date('2020-02-01') } : {}),
  });
  await using origin = await startTlsOrigin({ authority, certificate });
  await using real = realPool(origin);
  origin.helloFault = 'alert-once';
  const asked = real.pool.acquire(real.host, { timeoutMs: 500 }).catch((error: unknown) => error);
  await origin.until(() => real.health.failures.length > 0);
  expect(real.health.failures[0]?.error.errorClass).toBe('tls-certificate');
  expect(real.pool.explain(origin.endpoint.ip)).toMatchObject({
    endpoints: [{ events: expect.arrayContaining([expect.objectContaining({ kind: 'profile-refused' })]) }],
  });
  expect(await asked).toBeInstanceOf(Error);
  expect(origin.requests).toBe(0);
});

it('a certificate whose names hold control characters stays on one line', async () => {
  const certificate = await authority.issue({ names: ['evil\u001b[2J\n.test'] });
  await using origin = await startTlsOrigin({ authority, certificate });
  const error = await visit(dialerWith(), origin.endpoint);
  expect(String(error)).toMatch(/^[\x20-\x7e…]+$/);
  expect(String(error)).toContain('evil');
});

describe('an authority of the target', () => {
  it('is trusted for its host, and for no other', async () => {
    const own = await createAuthority();
    const certificate = await own.issue({ names: ['origin.test', 'other.test'] });
    await using origin = await startTlsOrigin({ certificate });
    const dialer = dialerWith(new TlsCredentials({ authorities: [own.certificatePem], clientCertificate: null }));
    expect(await visit(dialer, origin.endpoint)).toBe(200);
    const other = { ...origin.endpoint, host: parseHostName('other.test') };
    expect(await visit(dialer, other)).toMatchObject({ errorClass: 'tls-certificate' });
  });

  it('is trusted from the change of the settings on, and no longer than to the next', async () => {
    const own = await createAuthority();
    await using origin = await startTlsOrigin({ certificate: await own.issue({ names: ['origin.test'] }) });
    const dialer = dialerWith();
    expect(await visit(dialer, origin.endpoint)).toMatchObject({ errorClass: 'tls-certificate' });
    const credentials = new TlsCredentials({ authorities: [own.certificatePem], clientCertificate: null });
    dialer.configure([[origin.endpoint.host, credentials]]);
    expect(await visit(dialer, origin.endpoint)).toBe(200);
    dialer.configure([]);
    expect(await visit(dialer, origin.endpoint)).toMatchObject({ errorClass: 'tls-certificate' });
  });
});

describe.each(['modern-h2', 'modern-h1', 'tls12-only'])('a client certificate under %s', (profile) => {
  const wanting = (): TlsOriginOptions => ({
    authority,
    tls: { requestCert: true, rejectUnauthorized: true, ca: [authority.certificatePem] },
  });

  function credentials({ certificatePem, privateKeyPem }: IssuedCertificate): TlsCredentials {
    return new TlsCredentials({
      authorities: [],
      clientCertificate: { chain: certificatePem, key: privateKeyPem, passphrase: null },
    });
  }

  it('that is asked for and missing is told from a profile that is refused', async () => {
    await using origin = await startTlsOrigin(wanting());
    const error = await visit(dialerWith(), origin.endpoint, profile);
    expect(error).toMatchObject({ errorClass: 'tls-client-certificate' });
    expect(String(error)).toContain('asks for a client certificate and got none: client_cert_file and client_key_file');
  });

  it('of the target is shown to its host', async () => {
    await using origin = await startTlsOrigin(wanting());
    const own = await authority.issue({ names: ['client.test'], purpose: 'client' });
    expect(await visit(dialerWith(credentials(own)), origin.endpoint, profile)).toBe(200);
  });

  it('is not asked for: all is as without it, and a session of the one is none of the other', async () => {
    await using origin = await startTlsOrigin({ authority });
    const dialer = dialerWith();
    expect(await visit(dialer, origin.endpoint, profile)).toBe(200);
    const own = await authority.issue({ names: ['client.test'], purpose: 'client' });
    dialer.configure([[origin.endpoint.host, credentials(own)]]);
    const { endpoint } = origin;
    const transport = await dialer.dial({ endpoint, profile, timeoutMs: 10_000, signal: new AbortController().signal });
    expect(transport.resumed).toBe(false);
    transport.destroy();
  });
});
