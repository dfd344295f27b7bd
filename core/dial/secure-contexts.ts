/** One secure context for all connections of a profile to a host's kind of trust: a third less memory and CPU than one each. */
import tls, { type SecureContext } from 'node:tls';
import { ClassifiedError } from './classified-error.ts';
import { ownBytes } from './own-bytes.ts';
import type { TlsCredentials } from './tls-credentials.ts';
import { isTlsProfileName, type TlsProfile, tlsProfile, tlsProfileNames } from './tls-profiles.ts';

export interface ReadyProfile {
  readonly profile: TlsProfile;
  readonly secureContext: SecureContext;
  /**
   * The profile's protocols as TLS writes them, which Node would work out at each dial. A DataView, for of one Node makes a
   * copy with memory of its own, and each socket keeps it; see {@link ownBytes}.
   */
  readonly alpn: DataView;
}

export class SecureContexts {
  readonly #extraCa: readonly string[];
  /** By the digest of the credentials, '' for none, then by profile. */
  readonly #ready = new Map<string, Map<string, ReadyProfile>>();

  /** `extraCa`, in PEM, is trusted in every context beside the runtime's own authorities. */
  constructor(extraCa: readonly string[]) {
    this.#extraCa = extraCa;
  }

  /** @throws ClassifiedError of class `internal`: no such profile, or one that this TLS library cannot carry out. */
  get(name: string, credentials: TlsCredentials | null): ReadyProfile {
    const digest = credentials?.digest ?? '';
    let profiles = this.#ready.get(digest);
    if (!profiles) {
      profiles = new Map();
      this.#ready.set(digest, profiles);
    }
    let ready = profiles.get(name);
    if (!ready) {
      if (!isTlsProfileName(name)) {
        const known = tlsProfileNames.join(', ');
        throw new ClassifiedError('internal', 'UNKNOWN_PROFILE', `no TLS profile "${name}": there are ${known}`);
      }
      const profile = tlsProfile(name);
      ready = { profile, secureContext: this.#create(profile, credentials), alpn: protocolList(profile.alpn) };
      profiles.set(name, ready);
    }
    return ready;
  }

  /** Forgets those whose credentials are no longer in use. */
  keepOnly(digests: ReadonlySet<string>): void {
    for (const digest of this.#ready.keys()) {
      if (digest !== '' && !digests.has(digest)) {
        this.#ready.delete(digest);
      }
    }
  }

  #create(profile: TlsProfile, credentials: TlsCredentials | null): SecureContext {
    const extra = [...this.#extraCa, ...(credentials?.authorities ?? [])];
    // To name authorities replaces the runtime's own, so they are named as well; naming none shares one store.
    const ca = extra.length > 0 ? [...tls.getCACertificates('default'), ...extra] : null;
    try {
      return tls.createSecureContext({
        ...profile.options,
        ...(credentials?.clientOptions() ?? {}),
        ...(ca ? { ca } : {}),
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new ClassifiedError(
        'internal',
        'PROFILE_REFUSED',
        `the TLS library refuses the profile ${profile.name}: ${message}`,
        { cause: error },
      );
    }
  }
}

/** ProtocolNameList of RFC 7301, section 3.1: each name behind its length. */
function protocolList(names: readonly string[]): DataView {
  const list = ownBytes(Buffer.concat(names.flatMap((name) => [Buffer.of(name.length), Buffer.from(name)])));
  return new DataView(list.buffer);
}
