import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAuthority } from '../../../core/demo/certificate-authority.ts';

describe('certificate authority', () => {
  it('issues certificates for names and addresses that chain to its root', async () => {
    const authority = await createAuthority();
    const root = new X509Certificate(authority.certificatePem);
    const issued = await authority.issue({ names: ['edge.demo.test', 'alias.test'], ips: ['127.0.0.1', '::1'] });
    const leaf = new X509Certificate(issued.certificatePem);

    expect(root.ca).toBe(true);
    expect(root.verify(root.publicKey)).toBe(true);
    expect(leaf.ca).toBe(false);
    expect(leaf.checkIssued(root)).toBe(true);
    expect(leaf.verify(root.publicKey)).toBe(true);
    expect(leaf.checkHost('edge.demo.test')).toBe('edge.demo.test');
    expect(leaf.checkHost('alias.test')).toBe('alias.test');
    expect(leaf.checkHost('other.test')).toBeUndefined();
    expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(leaf.checkIP('::1')).toBe('::1');
    expect(leaf.checkIP('127.0.0.2')).toBeUndefined();
    expect(leaf.checkPrivateKey(createPrivateKey(issued.privateKeyPem))).toBe(true);
    expect(leaf.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  });

  it('issues RSA keys when asked', async () => {
    const authority = await createAuthority();
    const issued = await authority.issue({ names: ['rsa.test'], key: 'rsa' });
    const leaf = new X509Certificate(issued.certificatePem);
    expect(leaf.publicKey.asymmetricKeyType).toBe('rsa');
    expect(leaf.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(leaf.verify(new X509Certificate(authority.certificatePem).publicKey)).toBe(true);
  });

  it('issues the validity it is asked for, the past included', async () => {
    const authority = await createAuthority();
    const issued = await authority.issue({
      names: ['old.test'],
      notBefore: new Date('2020-01-01T00:00:00Z'),
      notAfter: new Date('2020-02-01T00:00:00Z'),
    });
    const leaf = new X509Certificate(issued.certificatePem);
    expect(new Date(leaf.validFrom).toISOString()).toBe('2020-01-01T00:00:00.000Z');
    expect(new Date(leaf.validTo).toISOString()).toBe('2020-02-01T00:00:00.000Z');
  });

  it('is another authority each time, and does not vouch for the other one', async () => {
    const [one, other] = await Promise.all([createAuthority(), createAuthority()]);
    const issued = await one.issue({ names: ['edge.demo.test'] });
    const leaf = new X509Certificate(issued.certificatePem);
    expect(leaf.verify(new X509Certificate(other.certificatePem).publicKey)).toBe(false);
  });

  it('refuses to issue for no name', async () => {
    const authority = await createAuthority();
    await expect(authority.issue({ names: [] })).rejects.toThrow(RangeError);
  });
});
