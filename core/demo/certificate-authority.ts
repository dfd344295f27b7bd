/** A certificate authority made at start, kept in memory only, and trusted by nobody but the engine that made it. */
// The x509 library's own dependency injection needs this polyfill, loaded before it.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { type Clock, systemClock } from '../base/clock.ts';

export interface CertificateRequest {
  /** DNS names; the first is the subject's common name as well. At least one. */
  readonly names: readonly string[];
  readonly ips?: readonly string[];
  /** By default a minute ago, so that a clock slightly behind still accepts it. */
  readonly notBefore?: Date;
  /** By default thirty days from now; a date in the past makes an expired certificate. */
  readonly notAfter?: Date;
  readonly key?: 'ec' | 'rsa';
  /** By default for a server. */
  readonly purpose?: 'server' | 'client';
  /** By its own key instead of the authority's: one that nobody trusts. */
  readonly selfSigned?: boolean;
}

export interface IssuedCertificate {
  readonly certificatePem: string;
  /** PKCS #8. */
  readonly privateKeyPem: string;
}

export interface CertificateAuthority {
  readonly certificatePem: string;
  /** @throws RangeError when no name is given. */
  issue(request: CertificateRequest): Promise<IssuedCertificate>;
}

const ecAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const rsaAlgorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** An EC P-256 root, valid for a year from the clock's today. */
export async function createAuthority(clock: Pick<Clock, 'epochMs'> = systemClock): Promise<CertificateAuthority> {
  const keys = await crypto.subtle.generateKey(ecAlgorithm, true, ['sign', 'verify']);
  const now = clock.epochMs();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: ['Hotpool Console demo authority'] }],
    notBefore: new Date(now - dayMs),
    notAfter: new Date(now + 365 * dayMs),
    signingAlgorithm: ecAlgorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });

  return {
    certificatePem: root.toString('pem'),
    async issue(request) {
      const [commonName] = request.names;
      if (commonName === undefined) {
        throw new RangeError('a certificate needs at least one DNS name');
      }
      const rsa = request.key === 'rsa';
      const subjectKeys = await crypto.subtle.generateKey(rsa ? rsaAlgorithm : ecAlgorithm, true, ['sign', 'verify']);
      // Key encipherment is what RSA key exchange would use; it means nothing for an EC key (RFC 5480, section 3).
      const usage = rsa
        ? x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment
        : x509.KeyUsageFlags.digitalSignature;
      const certificate = await x509.X509CertificateGenerator.create({
        subject: [{ CN: [commonName] }],
        issuer: request.selfSigned ? `CN=${commonName}` : root.subject,
        notBefore: request.notBefore ?? new Date(clock.epochMs() - minuteMs),
        notAfter: request.notAfter ?? new Date(clock.epochMs() + 30 * dayMs),
        signingAlgorithm: request.selfSigned && rsa ? rsaAlgorithm : ecAlgorithm,
        publicKey: subjectKeys.publicKey,
        signingKey: request.selfSigned ? subjectKeys.privateKey : keys.privateKey,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(usage, true),
          new x509.ExtendedKeyUsageExtension([
            request.purpose === 'client' ? x509.ExtendedKeyUsage.clientAuth : x509.ExtendedKeyUsage.serverAuth,
          ]),
          new x509.SubjectAlternativeNameExtension([
            ...request.names.map((value) => ({ type: 'dns' as const, value })),
            ...(request.ips ?? []).map((value) => ({ type: 'ip' as const, value })),
          ]),
          await x509.SubjectKeyIdentifierExtension.create(subjectKeys.publicKey),
          await x509.AuthorityKeyIdentifierExtension.create((request.selfSigned ? subjectKeys : keys).publicKey),
        ],
      });
      const privateKey = await crypto.subtle.exportKey('pkcs8', subjectKeys.privateKey);
      return {
        certificatePem: certificate.toString('pem'),
        privateKeyPem: x509.PemConverter.encode(privateKey, 'PRIVATE KEY'),
      };
    },
  };
}
