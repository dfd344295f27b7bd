/** The health of each IP of each host, as the engine's automaton sees it. */
import type { HealthFrame, HostHealth, IpHealth, LocalOutage } from '../../core/contract/health.ts';
import type { ConsoleApi } from '../../core/contract/index.ts';
import { flagOf, type IpFlag } from '../base/ip-flag.ts';
import { Observable } from '../base/observable.ts';
import { type PageVisibility, RetainedStream } from './retained-stream.ts';

interface Endpoint {
  readonly host: string;
  readonly ip: string;
  readonly port: number;
}

function keyOf({ host, ip, port }: Endpoint): string {
  return `${host} ${ip} ${port}`;
}

const none: readonly HostHealth[] = [];
const noIps: readonly IpHealth[] = [];

/** What is held in use goes on without a probe of its own, and stands last. */
function byProbe(one: IpHealth, other: IpHealth): number {
  const atOf = ({ nextProbeAtMs }: IpHealth): number => nextProbeAtMs ?? Number.MAX_SAFE_INTEGER;
  return Number(one.heldInUse) - Number(other.heldInUse) || atOf(one) - atOf(other);
}

export class HealthStore {
  readonly changes = new Observable();
  readonly #stream: RetainedStream<'health'>;
  readonly #ips = new Map<string, IpHealth>();
  /** Addresses of the hosts that were asked for; forgotten when one comes or goes. */
  readonly #ipsOf = new Map<string, readonly string[]>();
  /** Hosts of which an address has answered, or failed. */
  readonly #asked = new Set<string>();
  #hosts = none;
  #ejections = noIps;
  #localOutage: LocalOutage | null = null;

  constructor(api: ConsoleApi, visibility: PageVisibility) {
    this.#stream = new RetainedStream(api, 'health', visibility, (frame) => this.apply(frame));
  }

  readonly retain = (): (() => void) => this.#stream.retain();

  /** Empty before the first frame. A new array with each frame. */
  readonly hosts = (): readonly HostHealth[] => this.#hosts;

  /** Ejected, on trial, or held in use; whoever is tried next comes first. A new array with each frame. */
  readonly ejections = (): readonly IpHealth[] => this.#ejections;

  /** This machine's own trouble: while it lasts no IP is blamed. */
  readonly localOutage = (): LocalOutage | null => this.#localOutage;

  /** Every address of every host. */
  all(): IterableIterator<IpHealth> {
    return this.#ips.values();
  }

  /** One address of one host. */
  of(endpoint: Endpoint): IpHealth | undefined {
    return this.#ips.get(keyOf(endpoint));
  }

  /** Every address of a host; the same array until one comes or goes. */
  ipsOf(host: string): readonly string[] {
    let ips = this.#ipsOf.get(host);
    if (ips === undefined) {
      ips = [
        ...new Set(
          this.#ips
            .values()
            .filter((one) => one.host === host)
            .map(({ ip }) => ip),
        ),
      ];
      this.#ipsOf.set(host, ips);
    }
    return ips;
  }

  /** Something is known of how it is: without that it is neither well nor ill. */
  wasAsked(host: string): boolean {
    return this.#asked.has(host);
  }

  flag(endpoint: Endpoint): IpFlag | null {
    const health = this.of(endpoint);
    return health === undefined ? null : flagOf(health);
  }

  apply(frame: HealthFrame): void {
    const isNew = (health: IpHealth): boolean => !this.#ips.has(keyOf(health));
    if (frame.reset || frame.removes.length > 0 || frame.upserts.some(isNew)) {
      this.#ipsOf.clear();
    }
    if (frame.reset) {
      this.#ips.clear();
      this.#asked.clear();
    }
    for (const health of frame.upserts) {
      this.#ips.set(keyOf(health), health);
      if (health.latencyMs !== null || health.lastError !== null) {
        this.#asked.add(health.host);
      }
    }
    for (const gone of frame.removes) {
      this.#ips.delete(keyOf(gone));
    }
    this.#ejections = [...this.#ips.values()]
      .filter((health) => health.state === 'ejected' || health.state === 'probing' || health.heldInUse)
      .sort(byProbe);
    this.#hosts = frame.hosts;
    this.#localOutage = frame.localOutage;
    this.changes.changed();
  }
}
