/** Everything the screen reads, wired to one bridge. Made once, before the first render. */
import type { ConsoleApi } from '../../core/contract/index.ts';
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
import { PastBridge } from './past/past-bridge.ts';
import { TimeMachine } from './past/time-machine.ts';
import type { PageVisibility } from './retained-stream.ts';
import { SessionStore } from './session-store.ts';
import { type RecallSamples, StatisticsStore } from './statistics-store.ts';
import { WarmUpStore } from './warm-up-store.ts';

/** How the pool is at the time that the clock tells: now, or at a moment of the past. */
interface PoolStores {
  readonly clock: EngineClock;
  readonly statistics: StatisticsStore;
  readonly connections: ConnectionsStore;
  readonly connectionOrder: ConnectionOrder;
  readonly health: HealthStore;
}

export interface ConsoleStores extends PoolStores {
  readonly bridge: ConsoleBridge;
  readonly session: SessionStore;
  readonly warmUp: WarmUpStore;
  readonly access: AccessStore;
  readonly alerts: AlertsStore;
  readonly events: EventsStore;
  readonly config: ConfigStore;
  readonly load: LoadStore;
  readonly timeMachine: TimeMachine;
}

/** What is shown of the past costs nobody anything while it is not seen; and who listened to the page would never be let go. */
const alwaysSeen: PageVisibility = { visible: () => true, listen: () => () => undefined };

export function createConsoleStores(bridge: ConsoleBridge, visibility: PageVisibility): ConsoleStores {
  const recall: RecallSamples = async (fromMs, toMs) =>
    (await bridge.request('history.samples', { fromMs, toMs })).samples;
  const pool = createPoolStores(bridge, visibility, new EngineClock(), recall);
  const timeMachine: TimeMachine = new TimeMachine({
    bridge,
    clock: pool.clock,
    makeStores: (feed, clock) => {
      const present = { ...stores, bridge: new PastBridge(bridge) };
      return {
        present,
        past: { ...present, ...createPoolStores(feed, alwaysSeen, clock), warmUp: new WarmUpStore(feed, alwaysSeen) },
      };
    },
  });
  const stores: ConsoleStores = {
    ...pool,
    bridge,
    session: new SessionStore(bridge, pool.statistics),
    warmUp: new WarmUpStore(bridge, visibility),
    access: new AccessStore(bridge, visibility),
    alerts: new AlertsStore(bridge, visibility),
    events: new EventsStore(bridge, visibility),
    config: new ConfigStore(bridge, visibility),
    load: new LoadStore(bridge, visibility),
    timeMachine,
  };
  return stores;
}

function createPoolStores(
  api: ConsoleApi,
  visibility: PageVisibility,
  clock: EngineClock,
  recall: RecallSamples | null = null,
): PoolStores {
  const connections = new ConnectionsStore(api, visibility, clock);
  return {
    clock,
    connections,
    connectionOrder: new ConnectionOrder(connections, clock),
    statistics: new StatisticsStore(api, clock, recall),
    health: new HealthStore(api, visibility),
  };
}
