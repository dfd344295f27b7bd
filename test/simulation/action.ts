/** What may happen in a step. Each act says what it did, or null when there was nothing to do it to. */
import { type SimulatedHost, strayIp } from './scenario.ts';
import type { SimulatedTransport } from './simulated-transport.ts';
import type { World } from './world.ts';

export interface Action {
  readonly name: string;
  /** How often, beside the others, where the scenario has no emphasis of its own. */
  readonly weight: number;
  /** Without it there is no schedule; the others a scenario may leave out. */
  readonly always?: boolean;
  /** It asks for a path or an IP, or takes leases that callers do not see. */
  readonly notPlain?: boolean;
  act(world: World): string | null;
}

export function anyHost({ scenario, dice }: World): SimulatedHost {
  return dice.pick(scenario.hosts);
}

export function anyIp(world: World): string {
  const { dice } = world;
  return dice.chance(0.05) ? strayIp : dice.pick(anyHost(world).addresses).ip;
}

export function anyTransport({ network, dice }: World): SimulatedTransport | null {
  return network.alive.size === 0 ? null : dice.pick([...network.alive]);
}
