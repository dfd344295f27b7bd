/** The health of every IP and host as the console sees it. */
import type { AccessChangeListener, AccessPolicy } from '../access/access-policy.ts';
import type { Clock } from '../base/clock.ts';
import { toldBy } from '../base/phrase-error.ts';
import { ContractError, issueAt } from '../contract/errors.ts';
import type { HealthPicture, HostHealth, IpHealth, IpState } from '../contract/health.ts';
import { phrase } from '../contract/phrase.ts';
import { type Endpoint, parseHostName } from '../dial/endpoint.ts';
import type { IpGroup } from './ip-group.ts';
import type { IpHealthKeeper } from './ip-health-keeper.ts';
import type { IpRecord } from './ip-record.ts';

export class HealthPictures {
  readonly #keeper: IpHealthKeeper;
  readonly #access: Pick<AccessPolicy, 'verdict' | 'onChange'>;
  readonly #clock: Clock;

  constructor(keeper: IpHealthKeeper, access: Pick<AccessPolicy, 'verdict' | 'onChange'>, clock: Clock) {
    this.#keeper = keeper;
    this.#access = access;
    this.#clock = clock;
  }

  /** Of all hosts, or of one. @throws ContractError `not-found` for a host that the pool does not know. */
  picture(host?: string): HealthPicture {
    const { localOutage } = this.#keeper;
    const offsetMs = this.#clock.epochMs() - this.#clock.monotonicMs();
    const name = host === undefined ? null : nameOf(host);
    const hosts = [...this.#keeper.hosts].filter((group) => name === null || group.host === name);
    const records = [...this.#keeper.records].filter(({ group }) => name === null || group.host === name);
    if (name !== null && hosts.length === 0 && records.length === 0) {
      throw new ContractError('not-found', phrase('refused.unknown-host', { host: name }));
    }
    return {
      atMs: this.#clock.epochMs(),
      localOutage: localOutage && { ...localOutage, sinceMs: localOutage.sinceMs + offsetMs },
      hosts: hosts.map((group) => this.#host(group)),
      ips: records.map((record) => this.#ip(record, offsetMs)),
    };
  }

  /** What is told of all addresses together. */
  hosts(): Pick<HealthPicture, 'hosts' | 'localOutage'> {
    const { localOutage } = this.#keeper;
    const offsetMs = this.#clock.epochMs() - this.#clock.monotonicMs();
    return {
      hosts: Array.from(this.#keeper.hosts, (group) => this.#host(group)),
      localOutage: localOutage && { ...localOutage, sinceMs: localOutage.sinceMs + offsetMs },
    };
  }

  /** Of one address, by its canonical name; null when nothing is known of it. */
  ip(host: string, ip: string, port: number): IpHealth | null {
    const record = this.#keeper.record(host, ip, port);
    return record ? this.#ip(record, this.#clock.epochMs() - this.#clock.monotonicMs()) : null;
  }

  /** Of all of which anything is known, or of those of some IPs. */
  endpoints(ips?: ReadonlySet<string>): Endpoint[] {
    const records = ips ? Array.from(ips).flatMap((ip) => [...this.#keeper.recordsOf(ip)]) : [...this.#keeper.records];
    return records.map(({ endpoint }) => endpoint);
  }

  /** When the automaton has ejected, tried or brought back an address. Returns the function that stops listening. */
  onPhase(listener: (endpoint: Endpoint) => void): () => void {
    return this.#keeper.onPhase(listener);
  }

  /** When the lists are others: these addresses may be blocked now, or allowed; null: any. Returns the function that stops listening. */
  onRules(listener: AccessChangeListener): () => void {
    return this.#access.onChange(listener);
  }

  probe(host: string, ip: string, port: number): boolean {
    return this.#keeper.record(nameOf(host), ip, port)?.probeNow() ?? false;
  }

  #host(group: IpGroup): HostHealth {
    const { ejector } = this.#keeper;
    const ips = group.members.size;
    const permitted = ejector.permitted(group);
    const ejected = group.outOfUse;
    return {
      host: group.host,
      ips,
      available: permitted - ejected,
      blocked: ips - permitted,
      ejected,
      mayEject: ejector.mayEject(group),
      held: group.members.values().reduce((held, { heldFor }) => held + (heldFor === null ? 0 : 1), 0),
      panic: group.panic,
      blocksUs: group.blocksUs,
    };
  }

  #ip(record: IpRecord, offsetMs: number): IpHealth {
    const { endpoint, phase, outcomes, lastError } = record;
    const { good, bad } = outcomes.read(this.#clock.monotonicMs());
    return {
      host: endpoint.host.name,
      ip: endpoint.ip,
      port: endpoint.port,
      state: this.#state(record),
      reason: record.charge?.reason ?? null,
      ejectedUntilMs: phase === 'in-use' ? null : record.ejectedUntilMs + offsetMs,
      ejectedForMs: phase === 'in-use' ? null : record.lastEjectionMs,
      nextProbeAtMs: record.nextProbeMs === null ? null : record.nextProbeMs + offsetMs,
      ejections: record.ejections,
      ...(this.#keeper.isNamed(record) && { named: true }),
      heldInUse: record.heldFor !== null,
      consecutiveFailures: record.consecutiveFailures,
      goodProbes: record.goodProbes,
      successShare: good + bad === 0 ? null : good / (good + bad),
      asked: good + bad,
      latencyMs: record.latencyMs,
      lastError: lastError && { ...lastError, atMs: lastError.atMs + offsetMs },
    };
  }

  #state({ phase, endpoint, latencyMs }: IpRecord): IpState {
    if (phase !== 'in-use') {
      return phase;
    }
    const { allowed, list, rule } = this.#access.verdict(endpoint.ip);
    if (!allowed && rule?.origin !== 'automatic') {
      return 'blocked';
    }
    // Banned for another host that shares it: to this one, which it has answered, it is as good as any on the white list.
    const isOthersBan = !allowed && rule?.origin === 'automatic' && latencyMs !== null;
    return list === 'white' || isOthersBan ? 'allowed' : 'unknown';
  }
}

/** @throws ContractError `invalid-input` for what is no host. */
function nameOf(host: string): string {
  try {
    return parseHostName(host).name;
  } catch (error) {
    const told = toldBy(error);
    throw new ContractError('invalid-input', told, [issueAt('host', told)]);
  }
}
