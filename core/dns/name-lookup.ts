/** Asks for a name's addresses: the system's resolver, or the name servers that the configuration names. */
import { lookup, Resolver } from 'node:dns/promises';

/** All addresses of a name, A and AAAA. @throws the system's error with its code. */
export type LookupAll = (hostname: string) => Promise<readonly string[]>;

/** What is used of `node:dns`: one name server. */
export interface NameServer {
  resolve4(hostname: string): Promise<string[]>;
  resolve6(hostname: string): Promise<string[]>;
}

/** Then the next server is asked; whether a whole round is repeated is the resolver's business. */
const serverTimeoutMs = 2_000;
const rememberedNames = 10_000;
/** The servers have answered: there is no address of this family. */
const emptyCodes: ReadonlySet<string> = new Set(['ENODATA', 'ENOTFOUND']);

interface Families {
  readonly v4: readonly string[];
  readonly v6: readonly string[];
}

export interface NameLookupParts {
  readonly system: LookupAll;
  /** `address` as the configuration has it: an IP, with a port where it is not 53. */
  readonly server: (address: string) => NameServer;
}

const ofNode: NameLookupParts = {
  system: async (hostname) => {
    const found = await lookup(hostname, { all: true, order: 'verbatim' });
    return found.map(({ address }) => address);
  },
  server: (address) => {
    // One for each: with several, node:dns moves on after silence, but takes a server's failure for the answer.
    const server = new Resolver({ timeout: serverTimeoutMs, tries: 1 });
    server.setServers([address]);
    return server;
  },
};

export class NameLookup {
  readonly #parts: NameLookupParts;
  /** In the order of asking; empty: the system's resolver. */
  #servers: readonly NameServer[] = [];
  /** The last good answer of each family: one that cannot be asked for has not lost its addresses. */
  readonly #last = new Map<string, Families>();

  constructor(servers: readonly string[] = [], parts: NameLookupParts = ofNode) {
    this.#parts = parts;
    this.use(servers);
  }

  /** From the next question on. Empty: the system's resolver. */
  use(servers: readonly string[]): void {
    this.#servers = servers.map(this.#parts.server);
    this.#last.clear();
  }

  readonly all: LookupAll = async (hostname) => {
    const servers = this.#servers;
    if (servers.length === 0) {
      return this.#parts.system(hostname);
    }
    const [v4, v6] = await Promise.allSettled([
      inOrder(servers, (server) => server.resolve4(hostname)),
      inOrder(servers, (server) => server.resolve6(hostname)),
    ]);
    const last = this.#last.get(hostname);
    const found = { v4: addressesOf(v4, last?.v4), v6: addressesOf(v6, last?.v6) };
    const addresses = [...(found.v6 ?? []), ...(found.v4 ?? [])];
    if (addresses.length === 0 && (v4.status === 'rejected' || v6.status === 'rejected')) {
      // Where one family could not be asked, that is the reason, not that the other has no address.
      throw found.v6 === null ? failureOf(v6) : (failureOf(v4) ?? failureOf(v6));
    }
    this.#remember(hostname, { v4: found.v4 ?? [], v6: found.v6 ?? [] });
    return addresses;
  };

  /** The name asked for longest ago goes first. */
  #remember(hostname: string, families: Families): void {
    this.#last.delete(hostname);
    this.#last.set(hostname, families);
    for (const oldest of this.#last.keys()) {
      if (this.#last.size <= rememberedNames) {
        return;
      }
      this.#last.delete(oldest);
    }
  }
}

/** The first that answers, be it that there is nothing. @throws what the last one fails with. */
async function inOrder(
  servers: readonly NameServer[],
  ask: (server: NameServer) => Promise<string[]>,
): Promise<string[]> {
  let failure: unknown;
  for (const server of servers) {
    try {
      return await ask(server);
    } catch (error) {
      failure = error;
      if (isEmpty(error)) {
        break;
      }
    }
  }
  throw failure;
}

function isEmpty(error: unknown): boolean {
  return error instanceof Error && 'code' in error && emptyCodes.has(String(error.code));
}

/** null when it could not be asked for and nothing is remembered. */
function addressesOf(
  answer: PromiseSettledResult<string[]>,
  last: readonly string[] | undefined,
): readonly string[] | null {
  if (answer.status === 'fulfilled') {
    return answer.value;
  }
  return isEmpty(answer.reason) ? [] : last && last.length > 0 ? last : null;
}

function failureOf(answer: PromiseSettledResult<string[]>): unknown {
  return answer.status === 'rejected' ? answer.reason : undefined;
}
