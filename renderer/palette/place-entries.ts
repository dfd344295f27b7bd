/** Where one can go: a host, an IP, a connection, a key of the configuration. */
import Network from 'lucide-react/icons/network';
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal';
import type { IpHealth } from '../../core/contract/health.ts';
import { runAction } from '../actions/action.ts';
import { showConfigKey } from '../actions/config-actions.ts';
import { inspectConnection, showConnections, showSavedView } from '../actions/connection-actions.ts';
import { goToMoment } from '../actions/past-actions.ts';
import { prepareRequestTo } from '../actions/request-actions.ts';
import { inspectIp } from '../actions/view-actions.ts';
import { prepareWarmUp } from '../actions/warm-up-actions.ts';
import { flagOf } from '../base/ip-flag.ts';
import { ipSortKey, isIp } from '../base/ip-key.ts';
import { keyMeaning } from '../config-edit/key-words.ts';
import { readMoment } from '../past/read-moment.ts';
import type { ConsoleStores } from '../store/console-stores.ts';
import { usePreferences } from '../store/preferences.ts';
import { longMoment } from '../words/dates.ts';
import { together } from '../words/format.ts';
import { ipFlagWords } from '../words/vocabulary.ts';
import { entryOf, ipEntries } from './action-entries.ts';
import type { PaletteEntry } from './entry.ts';
import { queryWords } from './fuzzy.ts';
import { words } from './words.ts';

export function hostEntries(stores: ConsoleStores, session = stores.session.current()): PaletteEntry[] {
  return (session?.hosts ?? []).flatMap(({ host, ips }) => [
    {
      ...entryOf(stores, showConnections, `host:${host}`, {
        kind: 'host',
        id: host,
        label: () => host,
        hint: words.hostHint(ips),
      }),
      icon: Network,
    },
    entryOf(
      stores,
      prepareWarmUp,
      { host, scenario: null },
      {
        kind: 'host',
        id: host,
        label: () => words.warmUp(host),
      },
    ),
    entryOf(stores, prepareRequestTo, { host, ip: null }, { kind: 'host', id: host, label: () => words.request(host) }),
  ]);
}

/** Views of the connections table that the operator has given a name. */
export function savedViewEntries(stores: ConsoleStores): PaletteEntry[] {
  return usePreferences.getState().savedViews.map((view) =>
    entryOf(stores, showSavedView, view, {
      kind: 'view',
      id: view.name,
      label: () => view.name,
      hint: [showSavedView.words.hint, view.connectionFilter].filter(Boolean).join(' · '),
    }),
  );
}

export function settingEntries(stores: ConsoleStores, config = stores.config.current()): PaletteEntry[] {
  return (config?.keys ?? []).map(({ path, meaning }) => ({
    id: `${showConfigKey.id} ${path}`,
    kind: 'setting',
    label: path,
    hint: keyMeaning({ path, meaning }),
    // `max connections` finds `pool.max_connections`.
    terms: [path.replaceAll(/[._]/g, ' ')],
    icon: SlidersHorizontal,
    keys: null,
    obstacle: null,
    run: () => void runAction(showConfigKey, stores, path),
  }));
}

/** Listed at most: who looks for one IP among thousands types on. */
const mostIps = 12;

/** What looks like a part of an IP address; a number of one digit would be found in all of them. */
const ipPart = /^(?=.*[\d:])[\da-f.:]{2,}$/i;

function typedIpPart(query: string): { readonly typed: string | undefined; readonly isAlone: boolean } {
  const queried = queryWords(query);
  const isAlone = queried.length === 1;
  // Beside a verb (`block 10.0.0.7`) a bare number is no address.
  return { typed: queried.find((word) => ipPart.test(word) && (isAlone || /[.:]/.test(word))), isAlone };
}

/** The whole address that is typed, alone or beside a verb; null when there is none. */
export function typedIp(query: string): string | null {
  const { typed } = typedIpPart(query);
  return typed !== undefined && isIp(typed) ? typed : null;
}

/**
 * The IPs that begin with what was typed, then those that hold it; an address that nobody knows can be asked about too. Of a
 * whole one, or beside a verb, what can be done about it; `isBlocked`: whether that one is, where the engine has said so.
 */
export function typedIpEntries(stores: ConsoleStores, query: string, isBlocked: boolean | null = null): PaletteEntry[] {
  const { typed, isAlone } = typedIpPart(query);
  if (typed === undefined) {
    return [];
  }
  const known = new Map<string, IpHealth[]>();
  for (const health of stores.health.all()) {
    if (health.ip.includes(typed)) {
      known.set(health.ip, [...(known.get(health.ip) ?? []), health]);
    }
  }
  const place = (ip: string): string => `${ip.startsWith(typed) ? 0 : 1}${ipSortKey(ip)}`;
  const ips = [...known.keys()].sort((one, other) => (place(one) < place(other) ? -1 : 1)).slice(0, mostIps);
  const whole = isIp(typed);
  return [
    ...(whole && !known.has(typed) ? [ipEntry(stores, typed, [])] : []),
    ...ips.map((ip) => ipEntry(stores, ip, known.get(ip) ?? [])),
    ...(whole ? [typed] : isAlone ? [] : ips).flatMap((ip) => ipEntries(stores, ip, 'ip', whole ? isBlocked : null)),
  ];
}

function ipEntry(stores: ConsoleStores, ip: string, known: readonly IpHealth[]): PaletteEntry {
  const flags = new Set(known.flatMap((health) => flagOf(health) ?? []).map((flag) => ipFlagWords[flag].word));
  const hosts = known.map(({ host }) => host);
  return entryOf(stores, inspectIp, ip, {
    kind: 'ip',
    id: ip,
    label: () => ip,
    hint: [hosts.length === 0 ? words.unknownIp : together(hosts), ...flags].join(' · '),
  });
}

/** A moment as the time machine takes it: `-5m`, `14:09`, `yesterday 14:09`. */
export function typedMomentEntries(stores: ConsoleStores, query: string): PaletteEntry[] {
  const nowMs = stores.timeMachine.presentMs();
  const atMs = readMoment(query, nowMs);
  return atMs === null || atMs > nowMs
    ? []
    : [
        {
          ...entryOf(stores, goToMoment, atMs, {
            kind: 'action',
            id: 'typed',
            label: () => words.moment(longMoment(atMs, nowMs)),
          }),
          terms: [query.trim()],
        },
      ];
}

/** `#123` or `123`: the connection of that number; one that is gone has a past. */
export function typedConnectionEntries(stores: ConsoleStores, query: string): PaletteEntry[] {
  const typed = /^#?(\d{1,9})$/.exec(query.trim());
  const id = Number(typed?.[1] ?? 0);
  return id === 0
    ? []
    : [
        {
          ...entryOf(stores, inspectConnection, id, { kind: 'connection', id, label: () => words.connection(id) }),
          terms: [String(id), `#${id}`],
        },
      ];
}
