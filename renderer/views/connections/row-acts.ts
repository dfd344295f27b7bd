/** What can be done with the chosen lines: the same by a menu and by the keys of the table. */
import type { LucideIcon } from 'lucide-react';
import Copy from 'lucide-react/icons/copy';
import {
  blockIps,
  checkConnections,
  closeConnections,
  drainConnections,
  inspectConnection,
} from '../../actions/connection-actions.ts';
import { type Press, pressOf } from '../../actions/key-rules.ts';
import { useAction, useObstacle } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import { copyText } from '../../parts/toast/copy-text.ts';
import { useScreen } from '../../store/screen.ts';
import { useConsole, useOrderedConnections } from '../../store/use-console.ts';
import { words } from './words.ts';

export interface Chosen {
  readonly ids: readonly number[];
  readonly ips: readonly string[];
}

/** The chosen ones that still live and fit the filter: nothing is done to a row that nobody sees. */
export function useChosen(): Chosen {
  const { connections } = useConsole();
  const selected = useScreen((state) => state.selected);
  // With nothing chosen it is all one which ones fit. A frozen order keeps its ids, and of those some go.
  const ordered = useOrderedConnections((each) => (selected.size === 0 ? null : each));
  const rows = (ordered?.ids ?? []).flatMap((id) => (selected.has(id) ? (connections.row(id) ?? []) : []));
  return { ids: rows.map((row) => row.id), ips: [...new Set(rows.map((row) => row.ip))] };
}

/** The one that they all have in common. */
export function only<Value>(values: readonly Value[]): Value | null {
  return values.length === 1 ? (values[0] ?? null) : null;
}

export function copyIps(ips: readonly string[]): void {
  copyText(ips.join('\n'), () => words.copied(ips.length));
}

export interface RowAct {
  readonly icon: LucideIcon;
  readonly label: string;
  /** What of it matters beside the like. */
  readonly note?: string;
  /** As tinykeys writes them; they belong to the table, as its arrows do. */
  readonly keys: string;
  /** The table itself has the key. */
  readonly isGrids?: boolean;
  /** Nothing is chosen that it could be done with, or it cannot be done now. */
  readonly isOff: boolean;
  /** Why it cannot be done now. */
  readonly obstacle: string | null;
  readonly run: () => void;
}

export function useRowActs({ ids, ips }: Chosen): readonly RowAct[] {
  const check = useAction(checkConnections);
  const drain = useAction(drainConnections);
  const close = useAction(closeConnections);
  const block = useAction(blockIps);
  const open = useAction(inspectConnection);
  const inspect = useAction(inspectIp);
  const unable = useObstacle(checkConnections);
  const unableToBlock = useObstacle(blockIps);
  const none = ids.length === 0;
  const [id, ip] = [only(ids), only(ips)];
  const toAll = { isOff: none || unable !== null, obstacle: unable };
  return [
    {
      icon: inspectConnection.icon,
      label: inspectConnection.words.label,
      keys: 'Enter',
      isGrids: true,
      isOff: id === null,
      obstacle: null,
      run: () => id !== null && void open(id),
    },
    {
      icon: inspectIp.icon,
      label: inspectIp.words.label,
      keys: 'i',
      isOff: ip === null,
      obstacle: null,
      run: () => ip !== null && void inspect(ip),
    },
    {
      icon: checkConnections.icon,
      label: checkConnections.words.label,
      keys: 'c',
      ...toAll,
      run: () => void check(ids),
    },
    {
      icon: drainConnections.icon,
      label: drainConnections.words.label,
      note: words.drainNote,
      keys: 'Delete',
      ...toAll,
      run: () => void drain(ids),
    },
    {
      icon: closeConnections.icon,
      label: closeConnections.words.label,
      note: words.closeNote,
      keys: 'Shift+Delete',
      ...toAll,
      run: () => void close(ids),
    },
    {
      icon: blockIps.icon,
      label: words.blockIps(ips.length),
      keys: 'x',
      isOff: none || unableToBlock !== null,
      obstacle: unableToBlock,
      run: () => void block(ips),
    },
    { icon: Copy, label: words.copyIps, keys: '$mod+c', isOff: none, obstacle: null, run: () => copyIps(ips) },
  ];
}

/** The one whose key was pressed, unless it is off; undefined: the key means nothing here. */
export function pressedAct(acts: readonly RowAct[], press: Press): RowAct | undefined {
  const keys = pressOf(press);
  return acts.find((act) => act.keys === keys && act.isGrids !== true && !act.isOff);
}
