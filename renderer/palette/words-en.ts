/** Words of the command palette. */
import { coarseSpan, plural } from '../words/format.ts';
import type { EntryKind } from './entry.ts';

export const words = {
  title: 'Command palette',
  field: 'Find an action, a host, an IP or a setting',
  placeholder: 'Find an action, a host, an IP, #connection, a setting…',
  open: 'Search',
  kinds: {
    here: 'Here',
    recent: 'Chosen lately',
    alert: 'Alerts',
    view: 'Views',
    action: 'Actions',
    host: 'Hosts',
    display: 'Display',
    ip: 'IPs',
    connection: 'Connections',
    setting: 'Settings',
  } satisfies Record<EntryKind | 'recent', string>,
  none: (query: string) => `Nothing fits “${query}”`,
  noneText:
    'Names of actions, hosts and settings are found in both languages; IPs by any part of them; a moment as 14:09, -5m or yesterday 14:09.',
  found: (entries: number) => `${plural(entries, 'entry', 'entries')} found`,
  move: 'move',
  choose: 'choose',
  leave: 'close',
  ofChosen: (action: string, connections: number) => `${action} ${plural(connections, 'chosen connection')}`,
  block: (ips: readonly string[]) => (ips.length === 1 ? `Block ${ips[0]}…` : `Block ${plural(ips.length, 'IP')}…`),
  unblock: (ip: string) => `Unblock ${ip}…`,
  moment: (moment: string) => `Go to ${moment}`,
  connectionsOf: (ip: string) => `Connections of ${ip}`,
  probe: (ip: string, host: string) => `Probe ${ip} for ${host} now`,
  ofWarmUp: (action: string, hosts: string) => `${action} the warm-up of ${hosts}`,
  hostHint: (ips: number) => `Its connections · ${plural(ips, 'IP')}`,
  warmUp: (host: string) => `Warm up ${host}…`,
  request: (host: string) => `Send a request to ${host}…`,
  undoOf: (undo: string, agoMs: number) => `${undo}, ${coarseSpan(agoMs)} ago`,
  unknownIp: 'Of no watched host',
  connection: (id: number) => `Connection #${id}`,
};
