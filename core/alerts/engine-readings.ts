/** What the engine's other parts say of themselves: its hosts, its lists, its disk. */
import type { AccessStore } from '../access/access-store.ts';
import type { AlertSettings } from '../config/settings.ts';
import type { HistoryStatus } from '../contract/history.ts';
import { whyWords } from '../contract/why-text.ts';
import type { IpGroup } from '../health/ip-group.ts';
import { type AlertReading, figureReading, stateReading } from './alert-reading.ts';

export function hostReadings(hosts: Iterable<Pick<IpGroup, 'host' | 'blocksUs'>>): AlertReading[] {
  return Array.from(hosts, ({ host, blocksUs }) => stateReading('host-blocks-us', host, blocksUs));
}

export function listReadings({
  file,
  issues,
  saveFault,
  gone,
}: Pick<AccessStore, 'file' | 'issues' | 'saveFault' | 'gone'>): AlertReading[] {
  const [issue] = issues;
  return [
    stateReading(
      'lists-unread',
      file,
      issue !== undefined,
      issue ? `${issue.at}: ${issue.message}` : null,
      issues.length,
    ),
    stateReading(
      'lists-unsaved',
      file,
      saveFault !== null || gone,
      saveFault ?? (gone ? whyWords('lists-deleted', {}) : null),
    ),
  ];
}

/** `freeBytes`: null when the system does not tell. */
export function diskReadings(
  folder: string,
  freeBytes: number | null,
  { file, fault }: Pick<HistoryStatus, 'file' | 'fault'>,
  { diskFreeBytes, clearMargin }: Pick<AlertSettings, 'diskFreeBytes' | 'clearMargin'>,
): AlertReading[] {
  return [
    figureReading('disk-full', folder, freeBytes, diskFreeBytes, clearMargin),
    stateReading('disk-full', file, fault !== null, fault),
  ];
}
