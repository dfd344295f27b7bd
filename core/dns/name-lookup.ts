/** Asks for a name's addresses: the system's resolver, or the name servers that the configuration names. */
import { lookup, Resolver as NameServers } from 'node:dns/promises';

/** All addresses of a name, A and AAAA. @throws the system's error with its code. */
export type LookupAll = (hostname: string) => Promise<readonly string[]>;

/** What is used of `node:dns`: servers asked in their order, the next one when one does not answer. */
export interface Servers {
  resolve4(hostname: string): Promise<string[]>;
  resolve6(hostname: string): Promise<string[]>;
  setServers(servers: string[]): void;
}

/** Before the next server is asked; each is asked twice. */
const serverTimeoutMs = 2_000;
const serverTries = 2;
/** The servers have answered: there is no address of this family. */
const emptyCodes: ReadonlySet<string> = new Set(['ENODATA', 'ENOTFOUND']);

interface Families {
  readonly v4: readonly string[];
  readonly v6: readonly string[];
}

export interface NameLookupParts {
  readonly system: LookupAll;
  readonly servers: () => Servers;
}

const ofNode: NameLookupParts = {
  system: async (hostname) => {
    const found = await lookup(hostname, { all: true, order: 'verbatim' });
    return found.map(({ address }) => address);
  },
  servers: () => new NameServers({ timeout: serverTimeoutMs, tries: serverTries }),
};

export class NameLookup {
  readonly #parts: NameLookupParts;
  /** null: the system's resolver. */
  #servers: Servers | null = null;
  /** The last good answer of each family: one that cannot be asked for has not lost its addresses. */
  readonly #last = new Map<string, Families>();

  constructor(servers: readonly string[] = [], parts: NameLookupParts = ofNode) {
    this.#parts = parts;
    this.use(servers);
  }

  /** From the next question on. Empty: the system's resolver. */
  use(servers: readonly string[]): void {
    this.#servers = null;
    this.#last.clear();
    if (servers.length > 0) {
      this.#servers = this.#parts.servers();
      this.#servers.setServers([...servers]);
    }
  }

  readonly all: LookupAll = async (hostname) => {
    const servers = this.#servers;
    if (!servers) {
      return this.#parts.system(hostname);
    }
    const [v4, v6] = await Promise.allSettled([servers.resolve4(hostname), servers.resolve6(hostname)]);
    const last = this.#last.get(hostname);
    const found = { v4: addressesOf(v4, last?.v4), v6: addressesOf(v6, last?.v6) };
    const addresses = [...(found.v6 ?? []), ...(found.v4 ?? [])];
    if (addresses.length === 0 && (v4.status === 'rejected' || v6.status === 'rejected')) {
      // Where one family could not be asked, that is the reason, not that the other has no address.
      throw found.v6 === null ? failureOf(v6) : (failureOf(v4) ?? failureOf(v6));
    }
    this.#last.set(hostname, { v4: found.v4 ?? [], v6: found.v6 ?? [] });
    return addresses;
  };
}

/** null when it could not be asked for and nothing is remembered. */
function addressesOf(
  answer: PromiseSettledResult<string[]>,
  last: readonly string[] | undefined,
): readonly string[] | null {
  if (answer.status === 'fulfilled') {
    return answer.value;
  }
  const { reason } = answer;
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : '';
  return emptyCodes.has(code) ? [] : last && last.length > 0 ? last : null;
}

function failureOf(answer: PromiseSettledResult<string[]>): unknown {
  return answer.status === 'rejected' ? answer.reason : undefined;
}
