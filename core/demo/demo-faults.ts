/** The fleet's faults as the console switches them: by host, by IP, or at so many endpoints picked at random. */
import { canonicalIp } from '../access/ip-range.ts';
import type { EventSink } from '../base/event-bus.ts';
import { PhraseError } from '../base/phrase-error.ts';
import { type Random, randomIndex } from '../base/random.ts';
import type { DemoFault, DemoFaultWish, DemoPicture } from '../contract/demo.ts';
import { ContractError, issueAt } from '../contract/errors.ts';
import { type Phrase, phrase } from '../contract/phrase.ts';
import type { DemoEndpoint, DemoFleet } from './demo-fleet.ts';

export interface DemoFaultsOptions {
  readonly fleet: Pick<DemoFleet, 'endpoints' | 'faults' | 'setFault'>;
  readonly random: Random;
  readonly events: EventSink;
}

export class DemoFaults {
  readonly #options: DemoFaultsOptions;

  constructor(options: DemoFaultsOptions) {
    this.#options = options;
  }

  /** Of the whole fleet. */
  addresses(): ReadonlySet<string> {
    return new Set(this.#options.fleet.endpoints.map(({ ip }) => ip));
  }

  picture(): DemoPicture {
    const { endpoints, faults } = this.#options.fleet;
    const counts = Map.groupBy(endpoints, ({ hostname }) => hostname);
    const lines = new Map<string, DemoPicture['faults'][number]>();
    for (const [{ hostname, ip }, fault] of faults) {
      const key = `${hostname} ${fault}`;
      const line = lines.get(key) ?? { fault, host: hostname, ips: [] };
      line.ips.push(ip);
      lines.set(key, line);
    }
    return {
      hosts: Array.from(counts, ([host, { length }]) => ({ host, endpoints: length })),
      faults: [...lines.values()],
    };
  }

  /** Resolves with how many endpoints it is in force at. @throws ContractError `invalid-input`, `conflict`. */
  async set({ fault, host, ips, count }: DemoFaultWish): Promise<number> {
    const { fleet, events } = this.#options;
    const among = this.#endpointsOf(host, ips);
    const chosen = count === null ? among : this.#pick(this.#fit(among, fault), count);
    if (chosen.length === 0) {
      throw new ContractError('conflict', phrase(fault === null ? 'refused.no-demo-fault' : 'refused.all-demo-faults'));
    }
    try {
      await fleet.setFault(chosen, fault);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new ContractError('conflict', phrase('refused.demo-fault', { message }));
    }
    const told = { fault, endpoints: chosen.length, of: fleet.endpoints.length };
    events.emit('info', 'demo.fault', host ?? 'demo', told);
    return chosen.length;
  }

  #endpointsOf(host: string | null, ips: readonly string[] | null): readonly DemoEndpoint[] {
    const { endpoints } = this.#options.fleet;
    const ofHost = host === null ? endpoints : endpoints.filter(({ hostname }) => hostname === host.toLowerCase());
    if (ofHost.length === 0) {
      const known = [...new Set(endpoints.map(({ hostname }) => hostname))].join(', ');
      throw invalid('host', phrase('demo.no-host', { host: host ?? '', known }));
    }
    if (ips === null) {
      return ofHost;
    }
    const chosen = new Set<DemoEndpoint>();
    for (const [index, text] of ips.entries()) {
      const ip = read(text, `ips.${index}`);
      const found = ofHost.filter((endpoint) => endpoint.ip === ip);
      if (found.length === 0) {
        const wrong =
          host === null ? phrase('demo.no-address-at-all', { ip }) : phrase('demo.no-address', { ip, host });
        throw invalid(`ips.${index}`, wrong);
      }
      for (const endpoint of found) {
        chosen.add(endpoint);
      }
    }
    return [...chosen];
  }

  /** Where so many are to be struck, those that are well; where so many are to be healed, those that are not. */
  #fit(among: readonly DemoEndpoint[], fault: DemoFault | null): readonly DemoEndpoint[] {
    const { faults } = this.#options.fleet;
    return among.filter((endpoint) => faults.has(endpoint) === (fault === null));
  }

  #pick(among: readonly DemoEndpoint[], count: number): DemoEndpoint[] {
    const left = [...among];
    const picked: DemoEndpoint[] = [];
    while (picked.length < count && left.length > 0) {
      picked.push(...left.splice(randomIndex(this.#options.random, left.length), 1));
    }
    return picked;
  }
}

function read(text: string, at: string): string {
  try {
    return canonicalIp(text.trim());
  } catch (error) {
    if (!(error instanceof PhraseError)) {
      throw error;
    }
    throw invalid(at, error.phrase);
  }
}

function invalid(at: string, wrong: Phrase): ContractError {
  return new ContractError('invalid-input', phrase('refused.not-switched', { wrong }), [issueAt(at, wrong)]);
}
