/** Everything the screen reads, wired to one bridge. Made once, before the first render. */
import type { ConsoleBridge } from '../bridge/console-bridge.ts';
import { AccessStore } from './access-store.ts';
import { AlertsStore } from './alerts-store.ts';
import { ConfigStore } from './config-store.ts';
import { ConnectionOrder } from './connection-order.ts';
import { ConnectionsStore } from './connections-store.ts';
import { EngineClock } from './engine-clock.ts';
import { EventsStore } from './events-store.ts';
import { HealthStore } from './health-store.ts';
import { LoadStore } from './load-store.ts';
import type { PageVisibility } from './retained-stream.ts';
import { SessionStore } from './session-store.ts';
import { StatisticsStore } from './statistics-store.ts';
import { WarmUpStore } from './warm-up-store.ts';

export interface ConsoleStores {
  readonly bridge: ConsoleBridge;
  readonly clock: EngineClock;
  readonly session: SessionStore;
  readonly statistics: StatisticsStore;
  readonly connections: ConnectionsStore;
  readonly connectionOrder: ConnectionOrder;
  readonly warmUp: WarmUpStore;
  readonly access: AccessStore;
  readonly health: HealthStore;
  readonly alerts: AlertsStore;
  readonly events: EventsStore;
  readonly config: ConfigStore;
  readonly load: LoadStore;
}

export function createConsoleStores(bridge: ConsoleBridge, visibility: PageVisibility): ConsoleStores {
  const clock = new EngineClock();
  const connections = new ConnectionsStore(bridge, visibility, clock);
  const statistics = new StatisticsStore(bridge, clock);
  return {
    bridge,
    clock,
    session: new SessionStore(bridge, statistics),
    statistics,
    connections,
    connectionOrder: new ConnectionOrder(connections, clock),
    warmUp: new WarmUpStore(bridge, visibility),
    access: new AccessStore(bridge, visibility),
    health: new HealthStore(bridge, visibility),
    alerts: new AlertsStore(bridge, visibility),
    events: new EventsStore(bridge, visibility),
    config: new ConfigStore(bridge, visibility),
    load: new LoadStore(bridge, visibility),
  };
}
