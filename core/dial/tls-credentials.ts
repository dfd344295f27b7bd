/** What one host is trusted by and what we show it: authorities of its own, and a client certificate. */
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import tls, { type SecureContextOptions } from 'node:tls';
import { PhraseError } from '../base/phrase-error.ts';
import { phrase } from '../contract/phrase.ts';

export interface ClientCertificate {
  /** PEM: the certificate, and those that lead to its authority. */
  readonly chain: string;
  /** PEM. */
  readonly key: string;
  /** null for a key that is not encrypted. */
  readonly passphrase: string | null;
}

export interface TlsCredentialParts {
  /** PEM, trusted beside the runtime's own; empty: those alone. */
  readonly authorities: readonly string[];
  readonly clientCertificate: ClientCertificate | null;
}

/** The parts are out of sight of whatever prints, compares or sends an object: a private key is among them. */
export class TlsCredentials {
  /** Equal for equal parts, and tells nothing of them. */
  readonly digest: string;
  readonly #parts: TlsCredentialParts;

  /** @throws PhraseError that says which part is unfit and why, without showing any of it. */
  constructor(parts: TlsCredentialParts) {
    for (const authority of parts.authorities) {
      readAuthorities(authority);
    }
    if (parts.clientCertificate) {
      checkClientCertificate(parts.clientCertificate);
    }
    this.#parts = parts;
    this.digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  }

  get authorities(): readonly string[] {
    return this.#parts.authorities;
  }

  /** For `createSecureContext`. */
  clientOptions(): SecureContextOptions {
    const client = this.#parts.clientCertificate;
    if (!client) {
      return {};
    }
    const { chain, key, passphrase } = client;
    return { cert: chain, key, ...(passphrase === null ? {} : { passphrase }) };
  }
}

const pemCertificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** @throws PhraseError when there is none, or one that cannot be read: the TLS library would leave it out in silence. */
function readAuthorities(pem: string): void {
  const blocks = pem.match(pemCertificate) ?? [];
  if (blocks.length === 0) {
    throw new PhraseError(phrase('pem.no-certificate'));
  }
  for (const [index, block] of blocks.entries()) {
    try {
      new X509Certificate(block);
    } catch {
      throw new PhraseError(phrase('pem.bad-certificate', { number: index + 1, count: blocks.length }));
    }
  }
}

/** The libraries' own messages are left out: they speak of decoders, and nobody knows what they quote. */
function checkClientCertificate({ chain, key, passphrase }: ClientCertificate): void {
  readAuthorities(chain);
  let fits: boolean;
  try {
    const privateKey = createPrivateKey({ key, ...(passphrase === null ? {} : { passphrase }) });
    fits = new X509Certificate(chain).checkPrivateKey(privateKey);
  } catch {
    const why = /ENCRYPTED/.test(key) ? (passphrase === null ? 'pem.encrypted' : 'pem.wrong-passphrase') : 'pem.no-key';
    throw new ClientKeyError(phrase(why));
  }
  if (!fits) {
    throw new ClientKeyError(phrase('pem.other-key'));
  }
  try {
    tls.createSecureContext({ cert: chain, key, ...(passphrase === null ? {} : { passphrase }) });
  } catch {
    throw new PhraseError(phrase('pem.weak'));
  }
}

/** The certificate is right, its key is not. */
export class ClientKeyError extends PhraseError {
  override readonly name = 'ClientKeyError';
}
