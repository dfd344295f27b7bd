/** Words of the access lists. */
import type { AccessImpact, AccessListName } from '../../../core/contract/access.ts';
import { coarseSpan, count, plural } from '../../words/format.ts';

const listNames: Readonly<Record<AccessListName, string>> = { white: 'white list', black: 'black list' };

export const words = {
  order: 'operator before file before config before automatic; within one, black before white',
  mode: {
    prefer: 'unknown IPs are tried, allowed ones are preferred',
    enforce: 'only allowed IPs are dialled',
  },
  search: 'Search both lists',
  searchPlaceholder: 'Search entries and notes',
  entries: (shown: number, total: number) =>
    shown === total ? plural(total, 'entry', 'entries') : `${count(shown)} of ${plural(total, 'entry', 'entries')}`,
  add: (list: AccessListName) => `Add to the ${listNames[list]}`,
  addPlaceholder: '192.0.2.7, 2001:db8::/48 # note',
  addNow: (list: AccessListName) => `Put on the ${listNames[list]}`,
  addHint: 'Put it on the list (Enter)',
  expires: 'Expires',
  expiries: { never: 'no expiry', hour: 'for 1 h', day: 'for 24 h', week: 'for 7 d' },
  paste: 'Paste many…',
  pasteTo: (list: AccessListName) => `Paste many into the ${listNames[list]}`,
  already: (value: string, list: AccessListName) => `${value} is on the ${listNames[list]} already`,
  columns: { entry: 'Entry', source: 'Source', note: 'Note', hits: 'Hits', expires: 'Expires', actions: 'Actions' },
  never: 'never',
  expired: 'expired',
  inSpan: (ms: number) => `in ${coarseSpan(ms)}`,
  toBeAdded: 'will be added',
  toBeRemoved: 'will be removed',
  remove: (value: string) => `Remove ${value}`,
  move: (value: string, to: AccessListName) => `Move ${value} to the ${listNames[to]}`,
  override: (value: string, to: AccessListName) => `Override ${value}: put it on the ${listNames[to]} as operator`,
  overrideShort: 'Override',
  configWhy: 'It stands in the configuration file and comes back at each start, so it cannot be removed here.',
  undo: (value: string) => `Take back the change of ${value}`,
  tableOf: { white: 'White list', black: 'Black list' } satisfies Record<AccessListName, string>,
  emptyTitle: { white: 'Nobody is on the white list', black: 'Nobody is blocked' } satisfies Record<
    AccessListName,
    string
  >,
  emptyText: {
    white: 'Add an IP or a CIDR above to prefer it. IPs that answer well come here by themselves.',
    black: 'Add an IP or a CIDR above: it is never dialled, and what is open to it is closed.',
  } satisfies Record<AccessListName, string>,
  noneFit: 'No entry fits the search',
  conflict: (value: string) => `${value} is on both lists after this change: black wins.`,
  keepAllowed: 'Keep it allowed',
  pending: {
    region: 'Changes not applied',
    title: (changes: number) => `${plural(changes, 'change')} not applied`,
    impact: ({ closesConnections, ofThemLeased }: AccessImpact) =>
      closesConnections === 0
        ? 'Closes no connection'
        : `Closes ${plural(closesConnections, 'connection')}${ofThemLeased === 0 ? '' : `, ${count(ofThemLeased)} in use; ${ofThemLeased === 1 ? 'it finishes its' : 'they finish their'} request first`}`,
    counting: 'Counting what it closes…',
    diff: 'See diff',
    discard: 'Discard',
    apply: (changes: number) => `Apply ${plural(changes, 'change')}`,
  },
  diff: {
    title: 'Changes to the lists',
    close: 'Close',
    added: (list: AccessListName) => `add to the ${listNames[list]}`,
    removed: (list: AccessListName) => `remove from the ${listNames[list]}`,
    more: (hidden: number) => `and ${count(hidden)} more`,
  },
  bulk: {
    title: (list: AccessListName) => `Paste into the ${listNames[list]}`,
    text: 'IPv4, IPv6 or CIDR, one or more a line, separated by commas or spaces. # begins a note. Nothing is applied yet.',
    field: 'Entries',
    placeholder: '192.0.2.7\n2001:db8::/48, 198.51.100.0/24  # partner',
    reading: 'reading…',
    onLine: (line: number) => `line ${count(line)}:`,
    good: (entries: number) => plural(entries, 'entry', 'entries'),
    bad: (issues: number) => `${plural(issues, 'fault')}, marked on ${issues === 1 ? 'its line' : 'their lines'}`,
    add: (entries: number) => `Add ${plural(entries, 'entry', 'entries')}`,
    cancel: 'Cancel',
    left: (issues: number) => `${plural(issues, 'line')} stayed here with what could not be read`,
  },
  fileIssues: (file: string, lines: number) => `${file} has ${plural(lines, 'line')} that cannot be read.`,
  fileIssuesText: 'The good entries are in use, the file is left as it is, and changes are refused until it is mended.',
  file: (file: string) => `kept in ${file}`,
};
