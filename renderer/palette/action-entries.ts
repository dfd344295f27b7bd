/** What can be done: the global actions, and those for what is chosen or going on just now. */
import type { AccessAuditRecord } from '../../core/contract/access.ts';
import type { AlertList } from '../../core/contract/alerts.ts';
import type { IpHealth } from '../../core/contract/health.ts';
import type { WarmUpRun } from '../../core/contract/warm-up-run.ts';
import { unblockIp, undoChange, undoLastAccess, undoName } from '../actions/access-actions.ts';
import { type Action, isPastShown, obstacleTo, reasonAgainst, runAction, subjectOf } from '../actions/action.ts';
import { showAlert } from '../actions/alert-actions.ts';
import { keysOf } from '../actions/bindings.ts';
import {
  blockIps,
  checkConnections,
  closeConnections,
  drainConnections,
  showConnections,
} from '../actions/connection-actions.ts';
import { probeIp } from '../actions/health-actions.ts';
import { openPalette } from '../actions/page-actions.ts';
import { globalActions } from '../actions/registry.ts';
import { inspectIp, viewActions } from '../actions/view-actions.ts';
import { cancelWarmUp, pauseWarmUp, resumeWarmUp, retryWarmUp, warmUpRest } from '../actions/warm-up-actions.ts';
import type { ConsoleStores } from '../store/console-stores.ts';
import { useScreen } from '../store/screen.ts';
import { viewOf } from '../store/view-route.ts';
import { together } from '../words/format.ts';
import { inEachLanguage } from '../words/language.ts';
import { alertSentence } from '../words/vocabulary.ts';
import type { EntryKind, PaletteEntry } from './entry.ts';
import { queryWords } from './fuzzy.ts';
import { words } from './words.ts';

const viewIds: ReadonlySet<string> = new Set(Object.values(viewActions).map(({ id }) => id));

function kindOf(action: Action): EntryKind {
  return viewIds.has(action.id) ? 'view' : subjectOf(action) === 'display' ? 'display' : 'action';
}

export function globalEntries(stores: ConsoleStores): PaletteEntry[] {
  return globalActions
    .filter((action) => action !== openPalette)
    .map((action) => ({
      id: action.id,
      kind: kindOf(action),
      ...action.words,
      terms: inEachLanguage(() => action.words.label),
      icon: action.icon,
      keys: keysOf(action),
      obstacle: reasonAgainst(action, stores),
      run: () => void runAction(action, stores, undefined),
    }));
}

/** An action with what it acts on: `label` is read in each language, so that both names find it. */
export function entryOf<Input>(
  stores: ConsoleStores,
  action: Action<Input>,
  input: Input,
  shown: {
    readonly kind: EntryKind;
    readonly id: string | number;
    readonly label: () => string;
    readonly hint?: string;
  },
): PaletteEntry {
  return {
    id: `${action.id} ${shown.id}`,
    kind: shown.kind,
    label: shown.label(),
    hint: shown.hint ?? action.words.hint,
    terms: inEachLanguage(shown.label),
    icon: action.icon,
    keys: null,
    obstacle: obstacleTo(action, stores.bridge.link(), isPastShown(stores)),
    run: () => void runAction(action, stores, input),
  };
}

/** The last change of the lists by what it did and when, in place of an undo of whatever that is. */
export function undoEntries(stores: ConsoleStores, change: AccessAuditRecord | null): PaletteEntry[] {
  return change === null
    ? []
    : [
        {
          ...entryOf(stores, undoChange, change, {
            kind: 'action',
            id: 'last',
            label: () => words.undoOf(undoName(change), stores.clock.now() - change.atMs),
            hint: undoLastAccess.words.hint,
          }),
          // Found by the name of the action as well.
          terms: inEachLanguage(() => `${undoLastAccess.words.label} ${undoName(change)}`),
        },
      ];
}

/** The connection whose drawer is open, else the lines that are chosen in the connections' table. */
function chosenEntries(stores: ConsoleStores): PaletteEntry[] {
  const { inspectedConnection, selected } = useScreen.getState();
  // Of the chosen lines those that the table shows, and only where it is shown.
  const shownIds = viewOf(location.hash) === 'connections' ? stores.connectionOrder.current().ids : [];
  const chosen = inspectedConnection === null ? shownIds.filter((id) => selected.has(id)) : [inspectedConnection];
  const rows = chosen.flatMap((id) => stores.connections.row(id) ?? []);
  if (rows.length === 0) {
    return [];
  }
  const ids = rows.map(({ id }) => id);
  const ips = [...new Set(rows.map(({ ip }) => ip))];
  const [ip] = ips;
  const shown = { kind: 'here', id: 'chosen' } as const;
  return [
    ...(ip !== undefined && ips.length === 1
      ? [entryOf(stores, inspectIp, ip, { ...shown, label: () => `${inspectIp.words.label} ${ip}` })]
      : []),
    entryOf(stores, checkConnections, ids, {
      ...shown,
      label: () => words.ofChosen(checkConnections.words.label, ids.length),
    }),
    entryOf(stores, drainConnections, ids, {
      ...shown,
      label: () => words.ofChosen(drainConnections.words.label, ids.length),
    }),
    entryOf(stores, closeConnections, ids, {
      ...shown,
      label: () => words.ofChosen(closeConnections.words.label, ids.length),
    }),
    entryOf(stores, blockIps, ips, { ...shown, label: () => words.block(ips) }),
  ];
}

/** Of one IP, what is known of it to each host. */
function healthOf(stores: ConsoleStores, ip: string): readonly IpHealth[] {
  return Iterator.from(stores.health.all())
    .filter((health) => health.ip === ip)
    .toArray();
}

function unblockEntry(stores: ConsoleStores, ip: string, kind: 'here' | 'ip'): PaletteEntry {
  return entryOf(stores, unblockIp, ip, { kind, id: ip, label: () => words.unblock(ip) });
}

/** As many as the palette shows of a kind: a range that is blocked may hold thousands. */
const mostBlocked = 12;
const partOfIp = /^[\da-f.:]*[\d.:][\da-f.:]*$/;

/** Of IPs that may not be dialled the way out of that: of those that have what was typed of an address. */
export function blockedEntries(stores: ConsoleStores, query: string): PaletteEntry[] {
  const parts = queryWords(query).filter((word) => partOfIp.test(word));
  const blocked = new Set<string>();
  for (const { ip, state } of stores.health.all()) {
    if (state === 'blocked' && parts.every((part) => ip.includes(part))) {
      blocked.add(ip);
    }
    if (blocked.size === mostBlocked) {
      break;
    }
  }
  return [...blocked].map((ip) => unblockEntry(stores, ip, 'ip'));
}

/** What can be done about one IP. `isBlocked`: as the engine has said; null where it has not, and its health tells. */
export function ipEntries(
  stores: ConsoleStores,
  ip: string,
  kind: 'here' | 'ip',
  isBlocked: boolean | null,
): PaletteEntry[] {
  const shown = { kind, id: ip } as const;
  const known = healthOf(stores, ip);
  const ejected = known.filter(({ state }) => state === 'ejected');
  return [
    entryOf(stores, showConnections, `ip:${ip}`, { ...shown, label: () => words.connectionsOf(ip) }),
    (isBlocked ?? known.some(({ state }) => state === 'blocked'))
      ? unblockEntry(stores, ip, kind)
      : entryOf(stores, blockIps, [ip], { ...shown, label: () => words.block([ip]) }),
    ...ejected.map(({ host, port }) =>
      entryOf(
        stores,
        probeIp,
        { host, ip, port },
        { ...shown, id: `${host} ${ip}`, label: () => words.probe(ip, host) },
      ),
    ),
  ];
}

function warmUpEntries(stores: ConsoleStores, run: WarmUpRun): PaletteEntry[] {
  const hosts = together(run.job.hosts);
  const entry = (action: Action<number>): PaletteEntry =>
    entryOf(stores, action, run.id, {
      kind: 'here',
      id: run.id,
      label: () => words.ofWarmUp(action.words.label, hosts),
    });
  switch (run.state) {
    case 'running':
      return [entry(pauseWarmUp), entry(cancelWarmUp)];
    case 'paused':
      return [entry(resumeWarmUp), entry(cancelWarmUp)];
    default:
      return [
        ...(run.failed > 0 ? [entry(retryWarmUp)] : []),
        // Of a run of an engine that was killed nobody knows which connections were left.
        ...(stores.warmUp.cells(run.id).some((cell) => cell?.state === 'cancelled') ? [entry(warmUpRest)] : []),
      ];
  }
}

/** Runs that go on, and the last one where something failed in it. */
function runsAtHand(runs: readonly WarmUpRun[]): readonly WarmUpRun[] {
  const going = runs.filter(({ state }) => state !== 'finished');
  return going.length > 0 ? going : runs.slice(0, 1);
}

/** `isBlocked`: of the IP whose drawer is open. */
export function hereEntries(stores: ConsoleStores, isBlocked: boolean | null): PaletteEntry[] {
  const { inspectedIp } = useScreen.getState();
  return [
    ...(inspectedIp === null ? [] : ipEntries(stores, inspectedIp, 'here', isBlocked)),
    ...chosenEntries(stores),
    ...runsAtHand(stores.warmUp.runs()).flatMap((run) => warmUpEntries(stores, run)),
  ];
}

export function alertEntries(stores: ConsoleStores, { active }: AlertList = stores.alerts.list()): PaletteEntry[] {
  return active
    .filter(({ state }) => state !== 'pending')
    .map((alert) =>
      entryOf(stores, showAlert, alert.id, {
        kind: 'alert',
        id: alert.id,
        label: () => alertSentence(alert.rule, alert),
        hint: showAlert.words.hint,
      }),
    );
}
