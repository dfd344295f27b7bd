/** The lists as the engine uses them: the controller on its file. */
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import { type AccessAuditedChange, accessKey } from '../contract/access.ts';
import type { AccessRecord } from './access-entry.ts';
import { AccessJournal } from './access-journal.ts';
import { AccessListFile } from './access-list-file.ts';
import type { FolderWatch } from './folder-watch.ts';
import { IpAccessController, type WhitelistMode } from './ip-access-controller.ts';

export interface AccessListsOptions {
  /** The data folder, where `access-lists.toml` is or will be. */
  readonly folder: string;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly whitelistMode?: WhitelistMode;
  /** Entries of the configuration, canonical. */
  readonly whitelist?: readonly string[];
  readonly blacklist?: readonly string[];
  readonly watch?: FolderWatch;
}

/**
 * Reads the stored lists and keeps them from here on; close the controller at the end. A file with faults does not stop
 * the start: its good entries are used and `frame().fileIssues` names the bad lines.
 * @throws the system's error when the folder cannot be made.
 */
export async function openAccessLists(options: AccessListsOptions): Promise<IpAccessController> {
  const { folder, clock, events, whitelistMode, watch } = options;
  const store = await AccessListFile.open({ folder, clock, events, ...(watch && { watch }) });
  const journal = await AccessJournal.open({ folder, clock, events });
  const stored = new Map(store.initial.map((record) => [accessKey(record.list, record.origin, record.value), record]));
  await journal.settle((changes) => changes.every((change) => isMade(change, stored)));
  const controller = new IpAccessController({
    clock,
    events,
    store,
    journal,
    records: store.initial,
    ...(whitelistMode && { whitelistMode }),
  });
  controller.setConfigEntries(options.whitelist ?? [], options.blacklist ?? []);
  return controller;
}

/** Whether the stored lists say what they would say after this change. */
function isMade({ before, after }: AccessAuditedChange, stored: ReadonlyMap<string, AccessRecord>): boolean {
  const words = after ?? before;
  const record = words && stored.get(accessKey(words.list, words.origin, words.value));
  return after ? record?.note === after.note && record.expiresAtMs === after.expiresAtMs : !record;
}
