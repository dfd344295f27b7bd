/** A host's addresses, as name servers tell them; what fails for a moment is asked again. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { type Clock, sleep } from '../base/clock.ts';
import { whyWords } from '../contract/why-text.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import type { HostName } from '../dial/endpoint.ts';
import { abortable } from './abortable.ts';
import type { LookupAll } from './name-lookup.ts';
import type { ResolvedAddress, Resolver } from './resolver.ts';

/** Three retries, exponential from a second (document 000). */
const retryDelaysMs = [1_000, 2_000, 4_000];
/** The name does not exist, or has no address: asking again at once gives the same answer. */
const finalCodes: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NONAME', 'EAI_NODATA', 'EBADNAME']);

export class SystemResolver implements Resolver {
  readonly #clock: Clock;
  readonly #lookupAll: LookupAll;

  constructor(clock: Clock, lookupAll: LookupAll) {
    this.#clock = clock;
    this.#lookupAll = lookupAll;
  }

  async resolve(host: HostName, signal?: AbortSignal): Promise<readonly ResolvedAddress[]> {
    if (isIP(host.hostname) !== 0) {
      return toAddresses([host.hostname], host.port);
    }
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#resolveOnce(host, signal);
      } catch (error) {
        signal?.throwIfAborted();
        const failure = dnsError(host, error);
        const delayMs = retryDelaysMs[attempt];
        if (delayMs === undefined || finalCodes.has(failure.code)) {
          throw failure;
        }
        await sleep(this.#clock, delayMs, signal);
      }
    }
  }

  async #resolveOnce(host: HostName, signal: AbortSignal | undefined): Promise<readonly ResolvedAddress[]> {
    // The system's lookup cannot be cancelled; when the caller has gone, its answer is nobody's.
    const addresses = toAddresses(await abortable(this.#lookupAll(host.hostname), signal), host.port);
    if (addresses.length === 0) {
      throw new ClassifiedError('dns', 'ENODATA', whyWords('no-address', { host: host.hostname }));
    }
    return addresses;
  }
}

/** Canonical, each once, in the order given. */
export function toAddresses(ips: readonly string[], port: number): readonly ResolvedAddress[] {
  return [...new Set(ips.map((ip) => ipaddr.process(ip).toString()))].map((ip) => ({ ip, port }));
}

function dnsError(host: HostName, error: unknown): ClassifiedError {
  if (error instanceof ClassifiedError) {
    return error;
  }
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EAI_FAIL';
  // Whatever the code says elsewhere (EMFILE, ETIMEDOUT): here it means that this machine could not ask.
  return new ClassifiedError('dns', code, dnsSentence(host.hostname, code), { cause: error });
}

function dnsSentence(host: string, code: string): string {
  if (finalCodes.has(code)) {
    return whyWords('dns-unknown', { host, code });
  }
  return whyWords(code === 'EAI_AGAIN' ? 'dns-silent' : 'dns-not-asked', { host, code });
}
