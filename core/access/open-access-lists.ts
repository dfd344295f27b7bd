/** The lists as the engine uses them: the controller on its file. */
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { Random } from '../base/random.ts';
import { AccessListFile } from './access-list-file.ts';
import type { BanBackOffSettings } from './ban-back-off.ts';
import type { FolderWatch } from './folder-watch.ts';
import { IpAccessController, type WhitelistMode } from './ip-access-controller.ts';

export interface AccessListsOptions {
  /** The data folder, where `access-lists.toml` is or will be. */
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventSink;
  readonly whitelistMode?: WhitelistMode;
  /** Entries of the configuration, canonical. */
  readonly whitelist?: readonly string[];
  readonly blacklist?: readonly string[];
  readonly mayListAutomatically?: (ip: string) => boolean;
  readonly backOff?: BanBackOffSettings;
  readonly blacklistCheckIntervalMs?: number;
  readonly watch?: FolderWatch;
}

/**
 * Reads the stored lists and keeps them from here on; close the controller at the end. A file with faults does not stop
 * the start: its good entries are used and `frame().fileIssues` names the bad lines.
 * @throws the system's error when the folder cannot be made.
 */
export async function openAccessLists(options: AccessListsOptions): Promise<IpAccessController> {
  const { folder, clock, random, events, whitelistMode, mayListAutomatically, backOff, watch } = options;
  const { blacklistCheckIntervalMs } = options;
  const store = await AccessListFile.open({ folder, clock, events, ...(watch && { watch }) });
  const controller = new IpAccessController({
    clock,
    random,
    events,
    store,
    records: store.initial,
    ...(whitelistMode && { whitelistMode }),
    ...(mayListAutomatically && { mayListAutomatically }),
    ...(backOff && { backOff }),
    ...(blacklistCheckIntervalMs !== undefined && { blacklistCheckIntervalMs }),
  });
  controller.setConfigEntries(options.whitelist ?? [], options.blacklist ?? []);
  return controller;
}
