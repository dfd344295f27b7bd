import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../core/config/config-error.ts';
import { parseConfig } from '../../../core/config/load-config.ts';
import type { TargetTls } from '../../../core/config/settings.ts';
import { createAuthority } from '../../../core/demo/certificate-authority.ts';

const passphrase = 'correct horse battery staple';
let folder: string;
let file: string;
let clientKey: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-target-tls-'));
  file = join(folder, 'hotpool.toml');
  const authority = await createAuthority();
  const [client, other] = await Promise.all([
    authority.issue({ names: ['client.test'], purpose: 'client' }),
    authority.issue({ names: ['other.test'], purpose: 'client' }),
  ]);
  clientKey = client.privateKeyPem;
  const encrypted = createPrivateKey(clientKey).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase,
  });
  const files = {
    'ca.pem': authority.certificatePem,
    'client.pem': client.certificatePem,
    'client.key': clientKey,
    'other.key': other.privateKeyPem,
    'encrypted.key': String(encrypted),
    'right.pass': `${passphrase}\n`,
    'wrong.pass': 'wrong',
    'empty.pem': 'nothing here\n',
    'broken.pem': authority.certificatePem.replace(/\n[\w+/]{8}/, '\nAAAAAAAA'),
  };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), content);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

function text(...lines: string[]): string {
  return ['[[targets]]', 'host = "example.com"', ...lines, ''].join('\n');
}

function read(...lines: string[]): TargetTls | undefined {
  return parseConfig(text(...lines), file).settings.targets[0]?.tls;
}

function fault(...lines: string[]): string {
  try {
    parseConfig(text(...lines), file);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.message;
    }
    throw error;
  }
  throw new Error('it was taken');
}

describe('the profiles of a target', () => {
  it('are the default ones when nothing is said', () => {
    expect(read()).toBeUndefined();
  });

  it('are a set, and a way to choose among it', () => {
    expect(read('profiles = ["tls12-only", "no-tickets", "tls12-only"]', 'profile_choice = "rotate"')).toEqual({
      profileSet: { profiles: ['tls12-only', 'no-tickets'], choice: 'rotate' },
      credentials: null,
    });
    expect(read('profiles = ["p256-first"]')?.profileSet).toEqual({ profiles: ['p256-first'], choice: 'first' });
    expect(read('profile_choice = "random"')?.profileSet.profiles[0]).toBe('modern-h2');
  });

  it.each([
    ['profiles = []', ':3:1: [[targets]] number 1: targets.0.profiles = [] is not a list of TLS profiles'],
    ['profiles = "modern-h2"', 'targets.0.profiles = "modern-h2" is not a list of TLS profiles'],
    ['profiles = ["modern-h3"]', 'targets.0.profiles has "modern-h3", which is not a TLS profile'],
    ['profiles = ["chrome"]', 'allowed: a list of at least one of modern-h2, modern-h1'],
    [
      'profile_choice = "any"',
      'targets.0.profile_choice = "any" is no way to choose; allowed: "first", "random", "rotate"',
    ],
  ])('%s is refused', (line, message) => {
    expect(fault(line)).toContain(message);
  });
});

describe('the files of a target', () => {
  it('are found from the folder of the configuration', () => {
    const tls = read('ca_file = "ca.pem"', 'client_cert_file = "client.pem"', 'client_key_file = "client.key"');
    expect(tls?.credentials?.authorities).toHaveLength(1);
    expect(tls?.credentials?.clientOptions()).toMatchObject({ key: clientKey });
    expect(read(`ca_file = ${JSON.stringify(join(folder, 'ca.pem'))}`)?.credentials?.authorities).toHaveLength(1);
  });

  it('may hold an encrypted key, opened by a passphrase from a file of its own', () => {
    const client = ['client_cert_file = "client.pem"', 'client_key_file = "encrypted.key"'];
    const tls = read(...client, 'client_key_passphrase_file = "right.pass"');
    expect(tls?.credentials?.clientOptions()).toMatchObject({ passphrase });
    expect(fault(...client)).toContain(':4:1: ');
    expect(fault(...client)).toContain('"encrypted.key" is encrypted, and no passphrase is given');
    expect(fault(...client, 'client_key_passphrase_file = "wrong.pass"')).toContain(
      '"encrypted.key" cannot be opened with the passphrase that is given',
    );
  });

  it.each([
    [['ca_file = "no.pem"'], ':3:1: [[targets]] number 1: targets.0.ca_file = "no.pem": there is no '],
    [['ca_file = "."'], 'cannot be read (EISDIR)'],
    [['ca_file = 3'], 'targets.0.ca_file = 3 is not a path'],
    [['ca_file = "empty.pem"'], '"empty.pem" has no certificate in PEM form'],
    [['ca_file = "broken.pem"'], '"broken.pem" has a certificate that cannot be read: number 1 of 1'],
    [['client_cert_file = "client.pem"'], 'targets.0.client_cert_file has no client_key_file beside it'],
    [['client_key_file = "client.key"'], 'targets.0.client_key_file has no client_cert_file beside it'],
    [
      ['client_cert_file = "client.pem"', 'client_key_file = "other.key"'],
      ':4:1: [[targets]] number 1: targets.0.client_key_file = "other.key" has a key that is not that of the client',
    ],
    [
      ['client_cert_file = "client.pem"', 'client_key_file = "empty.pem"'],
      'client_key_file = "empty.pem" has no private key in PEM form',
    ],
  ])('%s: refused', (lines, message) => {
    expect(fault(...lines)).toContain(message);
  });

  it('never show a key or a passphrase: not in a fault, not in the settings however they are printed', () => {
    const secrets = [passphrase, clientKey.split('\n')[1] ?? '-'];
    const client = ['client_cert_file = "client.pem"', 'client_key_file = "encrypted.key"'];
    const config = parseConfig(text(...client, 'client_key_passphrase_file = "right.pass"'), file);
    const shown = [
      JSON.stringify(config),
      inspect(config, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
      fault(...client),
      fault('client_cert_file = "client.pem"', 'client_key_file = "other.key"'),
    ].join('\n');
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(10);
      expect(shown).not.toContain(secret);
    }
  });
});
