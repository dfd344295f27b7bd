/** The stores inside React: each hook wakes its component only when what it reads has changed. */
import { createContext, useCallback, useContext, useEffect, useSyncExternalStore } from 'react';
import type { AlertList, AlertWatch } from '../../core/contract/alerts.ts';
import type { ConnectionRow } from '../../core/contract/connections.ts';
import type { ConsoleSession } from '../../core/contract/console-session.ts';
import type { HostHealth, IpHealth, LocalOutage } from '../../core/contract/health.ts';
import type { LoadRun } from '../../core/contract/load-run.ts';
import type { PoolSample, PoolStatistics } from '../../core/contract/statistics.ts';
import type { WarmUpRun } from '../../core/contract/warm-up-run.ts';
import { flagOf, type IpFlag } from '../base/ip-flag.ts';
import type { LinkState } from '../bridge/console-bridge.ts';
import type { AccessPicture } from './access-store.ts';
import type { RunningConfig } from './config-store.ts';
import type { OrderedConnections } from './connection-order.ts';
import type { Departed } from './connections-store.ts';
import type { ConsoleStores } from './console-stores.ts';
import type { Past } from './past/time-machine.ts';
import { partOf, type ViewName, viewOf } from './view-route.ts';

const ConsoleContext = createContext<ConsoleStores | null>(null);
export const ConsoleProvider = ConsoleContext.Provider;

export function useConsole(): ConsoleStores {
  const stores = useContext(ConsoleContext);
  if (!stores) {
    throw new Error('useConsole needs a ConsoleProvider above it');
  }
  return stores;
}

export function useLink(): LinkState {
  const { bridge } = useConsole();
  const subscribe = useCallback((listener: () => void) => bridge.onLink(listener), [bridge]);
  return useSyncExternalStore(subscribe, () => bridge.link());
}

/** What of the past is shown; null: the present. */
export function usePast(): Past | null {
  const { timeMachine } = useConsole();
  return useSyncExternalStore(timeMachine.changes.subscribe, timeMachine.current);
}

/** Wakes on the ways there and back only. */
export function useIsPast(): boolean {
  const { timeMachine } = useConsole();
  return useSyncExternalStore(timeMachine.changes.subscribe, timeMachine.stores) !== null;
}

export function useSession(): ConsoleSession | null {
  const { session } = useConsole();
  return useSyncExternalStore(session.changes.subscribe, session.current);
}

export function useStatistics(): PoolStatistics | null {
  const { statistics } = useConsole();
  return useSyncExternalStore(statistics.changes.subscribe, statistics.latest);
}

export function useSamples(): readonly PoolSample[] {
  const { statistics } = useConsole();
  return useSyncExternalStore(statistics.changes.subscribe, statistics.samples);
}

/** The engine's time in milliseconds, renewed each second. */
export function useEngineSecond(): number {
  const { clock } = useConsole();
  return useSyncExternalStore(clock.subscribe, clock.second) * 1_000;
}

export function useWarmUpRuns(): readonly WarmUpRun[] {
  const { warmUp } = useConsole();
  return useSyncExternalStore(warmUp.changes.subscribe, warmUp.runs);
}

/** Newest first, while somebody looks at them; null before the first picture. */
export function useLoadRuns(): readonly LoadRun[] | null {
  const { load } = useConsole();
  useEffect(() => load.retain(), [load]);
  return useSyncExternalStore(load.changes.subscribe, load.runs);
}

/** Those that are not resolved, and the last that were. */
export function useAlerts(): AlertList {
  const { alerts } = useConsole();
  return useSyncExternalStore(alerts.changes.subscribe, alerts.list);
}

/** Everything that is watched; null before the first picture. Somebody has to retain it. */
export function useAlertWatches(): readonly AlertWatch[] | null {
  const { alerts } = useConsole();
  return useSyncExternalStore(alerts.watchChanges.subscribe, alerts.watched);
}

/** The running configuration, while somebody looks at it; null before the first answer. */
export function useConfig(): RunningConfig | null {
  const { config } = useConsole();
  useEffect(() => config.retain(), [config]);
  return useSyncExternalStore(config.changes.subscribe, config.current);
}

/** Every host's health, and this machine's own trouble. */
export function useHostHealth(): { readonly hosts: readonly HostHealth[]; readonly localOutage: LocalOutage | null } {
  const { health } = useConsole();
  const hosts = useSyncExternalStore(health.changes.subscribe, health.hosts);
  const localOutage = useSyncExternalStore(health.changes.subscribe, health.localOutage);
  return { hosts, localOutage };
}

/** Those that are out of use, on trial, or held in use; whoever is tried next comes first. */
export function useEjections(): readonly IpHealth[] {
  const { health } = useConsole();
  return useSyncExternalStore(health.changes.subscribe, health.ejections);
}

/** Every address of a host; wakes only when one comes or goes. */
export function useIpsOf(host: string): readonly string[] {
  const { health } = useConsole();
  return useSyncExternalStore(health.changes.subscribe, () => health.ipsOf(host));
}

type Endpoint = Pick<IpHealth, 'host' | 'ip' | 'port'>;

/** One address of one host; undefined while nothing is known of it. */
export function useIpHealth(endpoint: Endpoint): {
  readonly health: IpHealth | undefined;
  readonly flag: IpFlag | null;
} {
  const { health } = useConsole();
  const found = useSyncExternalStore(health.changes.subscribe, () => health.of(endpoint));
  return { health: found, flag: found === undefined ? null : flagOf(found) };
}

/** Wakes only when the flag changes, however often the figures behind it do. */
export function useIpFlag(endpoint: Endpoint): IpFlag | null {
  const { health } = useConsole();
  return useSyncExternalStore(health.changes.subscribe, () => health.flag(endpoint));
}

export function useAccess(): AccessPicture | null {
  const { access } = useConsole();
  useEffect(() => access.retain(), [access]);
  return useSyncExternalStore(access.changes.subscribe, access.picture);
}

/** A part of what the table shows; wakes only when that part is another. */
export function useOrderedConnections<Part>(partOf: (ordered: OrderedConnections) => Part): Part {
  const { connectionOrder } = useConsole();
  return useSyncExternalStore(connectionOrder.changes.subscribe, () => partOf(connectionOrder.current()));
}

/** The time that the rows are of, in milliseconds: the engine's, renewed each second, or that at which they were last watched. */
export function useRowSecond(): number {
  const { clock, connections } = useConsole();
  return useSyncExternalStore(clock.subscribe, connections.second) * 1_000;
}

/** When the rows were last watched, while the engine is lost and no newer ones can come; null: they are of the loss, or of now. */
export function useRowsLeftAt(): number | null {
  const { connections } = useConsole();
  const { phase } = useLink();
  useSyncExternalStore(connections.frames.subscribe, () => connections.leftAtMs);
  return phase === 'lost' ? connections.leftAtMs : null;
}

/** One row; wakes only when that row changes. */
export function useConnectionRow(id: number): ConnectionRow | Departed | undefined {
  const { connections } = useConsole();
  const subscribe = useCallback((listener: () => void) => connections.watch(id, listener), [connections, id]);
  return useSyncExternalStore(subscribe, () => connections.row(id) ?? connections.departed(id));
}

const onHashChange = (listener: () => void): (() => void) => {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
};

export function useView(): ViewName {
  return useSyncExternalStore(onHashChange, () => viewOf(location.hash));
}

/** What of the view is asked for: `7` of `#/alerts/7`; null when nothing is. */
export function useViewPart(): string | null {
  return useSyncExternalStore(onHashChange, () => partOf(location.hash));
}
