/** Faults of the fake fleet: shown and switched, without any effect on it. */

import type { ConfigTarget, ConfigTargetKey } from '../../../core/contract/config.ts';
import type { DemoFault, DemoFaultWish, DemoPicture } from '../../../core/contract/demo.ts';
import type { FakeHost } from './fake-fleet.ts';

export class FakeDemo {
  readonly #fleet: readonly FakeHost[];
  /** By host and IP. */
  readonly #faults = new Map<string, { readonly host: string; readonly ip: string; readonly fault: DemoFault }>();

  constructor(fleet: readonly FakeHost[]) {
    this.#fleet = fleet;
  }

  picture(): DemoPicture {
    const lines = Map.groupBy(this.#faults.values(), ({ host, fault }) => `${host} ${fault}`);
    return {
      hosts: this.#fleet.map(({ host, ips }) => ({ host, endpoints: ips.length })),
      faults: [...lines.values()].flatMap((line) =>
        line.slice(0, 1).map(({ fault, host }) => ({ fault, host, ips: line.map(({ ip }) => ip) })),
      ),
    };
  }

  set({ fault, host, ips, count }: DemoFaultWish): number {
    const meant = this.#fleet
      .filter((one) => host === null || one.host === host)
      .flatMap((one) => one.ips.map((ip) => ({ host: one.host, ip })))
      .filter(({ ip }) => ips === null || ips.includes(ip));
    const chosen = meant.slice(0, count ?? meant.length);
    for (const endpoint of chosen) {
      const key = `${endpoint.host} ${endpoint.ip}`;
      if (fault === null) {
        this.#faults.delete(key);
      } else {
        this.#faults.set(key, { ...endpoint, fault });
      }
    }
    return chosen.length;
  }
}

/** The targets as the engine describes them, with a few of their keys. */
export function fakeTargets(fleet: readonly FakeHost[]): {
  targets: ConfigTarget[];
  targetKeys: ConfigTargetKey[];
} {
  const key = (name: string, kind: ConfigTargetKey['kind'], meaning: string, options: string[] = []) => ({
    key: name,
    kind,
    meaning,
    options,
    applies: 'at-once' as const,
  });
  return {
    targets: fleet.map(({ host, path }) => ({ host, values: { path } })),
    targetKeys: [
      key('host', 'text', 'The host to watch, as host or host:port.'),
      key('path', 'text', 'The path that validates a connection.'),
      key('ips', 'addresses', 'Its addresses, where DNS is not to be asked.'),
      key('warm', 'number-or-all', 'Connections that are warmed at the start.'),
      key('profiles', 'choices', 'TLS profiles that it may be offered.', ['modern-h2', 'modern-h1']),
    ],
  };
}
