/** Words of the access lists. */
import type {
  AccessAuditRecord,
  AccessAuthor,
  AccessExplanation,
  AccessFinding,
  AccessImpact,
  AccessListName,
  AccessOrigin,
  AccessPreview,
  AccessUndoPreview,
} from '../../../core/contract/access.ts';
import { coarseSpan, count, plural, spanLeft } from '../../words/format.ts';

const listNames: Readonly<Record<AccessListName, string>> = { white: 'white list', black: 'black list' };

function impact({ closesConnections, ofThemLeased }: AccessImpact): string {
  return closesConnections === 0
    ? 'Closes no connection'
    : `Closes ${plural(closesConnections, 'connection')}${ofThemLeased === 0 ? '' : `, ${count(ofThemLeased)} in use; ${ofThemLeased === 1 ? 'it finishes its' : 'they finish their'} request first`}`;
}

export const words = {
  order: 'operator › file › config › automatic; in each, black before white',
  mode: {
    prefer: 'unknown IPs are tried, allowed ones are preferred',
    enforce: 'only allowed IPs are dialled',
  },
  search: 'Search both lists',
  clearSearch: 'Clear the search',
  searchPlaceholder: 'Search entries and notes',
  entries: (shown: number, total: number) =>
    shown === total ? plural(total, 'entry', 'entries') : `${count(shown)} of ${plural(total, 'entry', 'entries')}`,
  add: (list: AccessListName) => `Add to the ${listNames[list]}`,
  addPlaceholder: '192.0.2.7, 2001:db8::/48 # note',
  addOff: 'off: the past is shown',
  addNow: (list: AccessListName) => `Put on the ${listNames[list]}`,
  addHint: 'Put it on the list (Enter)',
  expires: 'Expires',
  expiries: { never: 'no expiry', hour: 'for 1 h', day: 'for 24 h', week: 'for 7 d' },
  paste: 'Paste many…',
  pasteTo: (list: AccessListName) => `Paste many into the ${listNames[list]}`,
  already: (value: string, list: AccessListName) => `${value} is on the ${listNames[list]} already`,
  columns: {
    entry: 'Entry',
    source: 'Source',
    note: 'Note',
    added: 'Age',
    hits: 'Hits',
    lastHit: 'Last hit',
    expires: 'Expires',
    actions: 'Actions',
  },
  columnHints: {
    entry: 'Order by address',
    source: 'Order as entries decide',
    note: '',
    added: 'Order by what was added last',
    hits: 'How often it decided since the console was started. Order by it',
    lastHit: 'When it decided last. Order by it',
    expires: 'Order by what expires first',
  },
  addedAt: (time: string) => `added ${time}`,
  ago: (ms: number) => coarseSpan(ms),
  loading: (total: number) => `reading ${plural(total, 'entry', 'entries')}…`,
  selection: {
    region: (list: AccessListName) => `Chosen on the ${listNames[list]}`,
    choose: (value: string) => `Choose ${value}`,
    chooseAll: (list: AccessListName) => `Choose all shown on the ${listNames[list]}`,
    chosen: (entries: number) => `${plural(entries, 'entry', 'entries')} chosen`,
    remove: 'Remove',
    move: (to: AccessListName) => `Move to the ${listNames[to]}`,
    edit: 'Note, expiry…',
    clear: 'Clear',
  },
  tableKeys:
    'Arrow keys move, Space chooses, Enter edits note and expiry, M moves to the other list, Delete removes or takes a change back, of a chosen line all that are chosen.',
  edit: {
    of: (value: string, note: string) => `Edit note and expiry of ${value}${note === '' ? '' : `: ${note}`}`,
    hint: 'Edit note and expiry (Enter)',
    title: (value: string, list: AccessListName) => `${value} on the ${listNames[list]}`,
    titleOf: (entries: number, list: AccessListName) =>
      `${plural(entries, 'entry', 'entries')} on the ${listNames[list]}`,
    text: 'Nothing is changed before the changes are applied.',
    note: 'Note',
    ownNotes: 'each keeps its own',
    tooLong: (length: number, most: number) => `${count(length)} characters: at most ${count(most)} are kept`,
    kept: (time: string) => `as it is: ${time}`,
    keptNever: 'as it is: no expiry',
    ownExpiries: 'each keeps its own',
    becomesYours: (entries: number) =>
      entries === 1
        ? 'It is not the operator’s: the new words become the operator’s entry, which takes its place, or goes before it where the configuration says it.'
        : `${count(entries)} are not the operator’s: their new words become the operator’s entries, which take their place, or go before them where the configuration says them.`,
    stage: 'Put among the changes',
    cancel: 'Cancel',
  },
  text: {
    show: (list: AccessListName) => `Show the ${listNames[list]} as`,
    shapes: { table: 'Table', text: 'Text' },
    field: (list: AccessListName) => `Text of the ${listNames[list]}`,
    about: 'One entry a line, # begins its note. What is taken out is removed; expiries stay as they are.',
    others: (entries: number) => `${count(entries)} of the configuration and automatic ones are in the table alone.`,
    same: 'says what the list says',
    faults: (lines: number) => `${plural(lines, 'line')} cannot be read yet`,
    changes: (added: number, changed: number, removed: number) =>
      `${count(added)} added, ${count(changed)} changed, ${count(removed)} removed`,
    stage: 'Put among the changes',
    giveUp: 'Give up the text',
    tooLong: (entries: number) => `${plural(entries, 'entry', 'entries')} are too many for one text`,
    tooLongText: (most: number) =>
      `Up to ${count(most)} can be edited here. Export the list, edit the file, and import it again.`,
  },
  files: {
    import: 'Import…',
    importHint: 'A text, CSV, JSON or TOML file; shown before anything is added',
    importInto: (list: AccessListName) => `Import a file into the ${listNames[list]}`,
    choose: (list: AccessListName) => `File for the ${listNames[list]}`,
    export: 'Export…',
    exportOf: (list: AccessListName) => `Export the ${listNames[list]}`,
    formats: { text: 'Text', csv: 'CSV', json: 'JSON', toml: 'TOML' },
    formatHints: {
      text: 'one a line, with notes',
      csv: 'all columns',
      json: '{ ipv4: [], ipv6: [] }',
      toml: 'as in access-lists.toml',
    },
  },
  tools: {
    region: 'Changes and checks',
    log: 'Last changes',
    test: 'Test an IP',
    /** null: they are still looked for. */
    findings: (total: number | null) =>
      total === null ? 'Overlaps …' : total === 0 ? 'Overlaps' : `Overlaps (${count(total)})`,
  },
  log: {
    title: 'Last changes',
    who: 'Changed by',
    choices: {
      all: 'by anybody',
      people: 'by people',
      operator: 'by the operator',
      file: 'by hand in the file',
      config: 'by the configuration',
      automaton: 'automatic ones',
    },
    authors: {
      operator: 'operator',
      file: 'file',
      config: 'config',
      automaton: 'automatic',
      clock: 'clock',
    } satisfies Record<AccessAuthor, string>,
    kept: 'kept over restarts, newest first',
    reading: 'reading…',
    noneFits: 'No change fits the search. Of a long change the reason and the first 20 entries are searched.',
    none: 'Nothing has been changed yet.',
    columns: ['When', 'Who', 'What', 'Why', 'Undo'],
    entries: ({ total, changes }: AccessAuditRecord) => {
      const named = changes.map(({ before, after }) => (after ?? before)?.value).join('\n');
      return total > changes.length ? `${named}\nand ${count(total - changes.length)} more` : named;
    },
    undo: 'Undo',
    undone: (by: number) => `taken back by ${by}`,
    undoneBy: (by: number) => `Taken back by change ${by}`,
    nothingLeft: 'nothing to undo',
    keys: 'Arrow keys move, Enter takes the change back: what that does is shown before.',
    older: 'Older changes',
  },
  undoing: {
    title: (done: string, at: string) => `Take back “${done}” of ${at}?`,
    impact: (preview: AccessUndoPreview) =>
      preview.total === 0 ? 'There is nothing left to take back.' : impact(preview),
    left: (entries: number) =>
      `${plural(entries, 'entry', 'entries')} will stay as ${entries === 1 ? 'it is' : 'they are'}:`,
    restored: 'as it was',
    undo: 'Undo',
    undoRest: (entries: number) => `Undo the other ${count(entries)}`,
    cancel: 'Cancel',
    close: 'Close',
  },
  test: {
    field: 'IP or CIDR to test',
    placeholder: '192.0.2.7 or 2001:db8::/48',
    hint: 'says which rule decides, and which others have a say',
    rules: (value: string) => `Rules about ${value}`,
    place: (list: string, origin: string) => `${list}, ${origin}`,
    inside: 'inside',
    verdict: ({ text }: AccessExplanation) => text,
    why: ({ why }: AccessExplanation['rules'][number], _decides: AccessExplanation['rules'][number]) => why,
  },
  findings: {
    title: 'Overlaps and conflicts',
    reading: 'looking…',
    none: 'No value is on both lists, and no entry makes another one pointless.',
    fresh: 'not applied',
    doubt: ({ kind, entry, by }: AccessFinding) =>
      kind === 'both-lists'
        ? `${entry.value} is on both lists then: the ${listNames[by.list]} (${by.origin}) wins over the ${listNames[entry.list]} (${entry.origin})`
        : kind === 'covered'
          ? `${by.value} says the same about all of ${entry.value}`
          : `${by.value} on the ${listNames[by.list]} goes before ${entry.value} on the ${listNames[entry.list]}`,
    kinds: { 'both-lists': 'on both lists', covered: 'covered', overruled: 'never decides' } satisfies Record<
      AccessFinding['kind'],
      string
    >,
    because: ({ kind, entry, by }: AccessFinding) =>
      kind === 'both-lists'
        ? `${by.list} wins: the entry of the ${by.origin} on the ${listNames[by.list]} decides`
        : kind === 'covered'
          ? `${by.value} (${by.origin}) says the same about all of it`
          : `${by.value} on the ${listNames[by.list]} (${by.origin}) goes before it on the ${listNames[entry.list]}`,
    remove: 'Remove',
    removeOf: (value: string, list: AccessListName) => `Remove ${value} from the ${listNames[list]}`,
    inConfig: 'in the config',
    more: (hidden: number) => `and ${count(hidden)} more`,
  },
  conflicts: {
    found: (entries: number) =>
      `${plural(entries, 'entry', 'entries')} of this change ${entries === 1 ? 'was' : 'were'} changed meanwhile`,
    resolve: 'Resolve…',
    title: (entries: number) => `${plural(entries, 'entry', 'entries')} changed meanwhile`,
    text: 'Somebody else has changed what you are about to change. Nothing of yours or theirs is lost: choose for each.',
    mine: 'Yours:',
    theirs: (who: AccessAuthor, at: string) => `Now, by the ${who} at ${at}:`,
    gone: 'on no list any more',
    is: (list: AccessListName, origin: AccessOrigin, note: string) =>
      `on the ${listNames[list]} (${origin})${note === '' ? '' : `, “${note}”`}`,
    add: (list: AccessListName, note: string) => `on the ${listNames[list]}${note === '' ? '' : `, “${note}”`}`,
    remove: (list: AccessListName) => `off the ${listNames[list]}`,
    choices: { mine: 'Keep mine', theirs: 'Keep theirs', both: 'Merge' },
    hints: {
      mine: 'It becomes as you said; what they said against it goes.',
      theirs: 'It stays as they said; what you said about it is dropped.',
      both: 'Theirs stays and yours is put beside it; notes are joined. Where they differ, black goes before white.',
    },
    all: { mine: 'All mine', theirs: 'All theirs', both: 'Merge all' },
    more: (hidden: number, choice: string) => `${plural(hidden, 'more entry', 'more entries')}: ${choice}`,
    later: 'Later',
    take: 'Go on',
  },
  never: 'never',
  expired: 'expired',
  inSpan: (ms: number) => `in ${spanLeft(ms)}`,
  toBeAdded: 'will be added',
  toBeRemoved: 'will be removed',
  toBeChanged: 'will be changed',
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
    /** With how many there are, where that is not all the same. */
    impact: (preview: AccessPreview) =>
      preview.closesConnections === 0 ? impact(preview) : `${impact(preview)} (of ${count(preview.ofConnections)})`,
    reason: 'Why? (kept with the change)',
    counting: 'Counting what it closes…',
    fileIsFaulty: 'Cannot be applied until the file is mended',
    fresh: (entries: number) => `${plural(entries, 'overlap')} ${entries === 1 ? 'comes' : 'come'} with it`,
    diff: 'See diff',
    discard: 'Discard',
    apply: (changes: number) => `Apply ${plural(changes, 'change')}`,
    applyAfterAsking: (changes: number) => `Apply ${plural(changes, 'change')}…`,
    /** Before most of the pool is closed. */
    most: {
      title: ({ closesConnections, ofConnections }: AccessPreview) =>
        closesConnections === 0
          ? 'Block every address?'
          : closesConnections === ofConnections
            ? `Close the whole pool, ${plural(ofConnections, 'connection')}?`
            : `Close ${count(closesConnections)} of ${plural(ofConnections, 'connection')}?`,
      text: 'Requests fail or wait until other IPs are dialled; what the lists forbid is not dialled again.',
      family: (value: string) => `${value} blocks every ${value.includes(':') ? 'IPv6' : 'IPv4'} address there is.`,
      apply: ({ closesConnections }: AccessPreview) =>
        closesConnections === 0 ? 'Apply' : `Apply and close ${plural(closesConnections, 'connection')}`,
      cancel: 'Cancel',
    },
  },
  diff: {
    title: 'Changes to the lists',
    close: 'Close',
    added: (list: AccessListName) => `add to the ${listNames[list]}`,
    removed: (list: AccessListName) => `remove from the ${listNames[list]}`,
    changed: (list: AccessListName) => `change on the ${listNames[list]}`,
    until: (time: string) => `until ${time}`,
    more: (hidden: number) => `and ${count(hidden)} more`,
  },
  bulk: {
    title: (list: AccessListName) => `Paste into the ${listNames[list]}`,
    text: 'IPv4, IPv6 or CIDR, one or more a line, separated by commas or spaces. # begins a note. Or drop a text, CSV, JSON or TOML file here. Nothing is applied yet.',
    field: 'Entries',
    placeholder: '192.0.2.7\n2001:db8::/48, 198.51.100.0/24  # partner',
    reading: 'reading…',
    onLine: (line: number) => `line ${count(line)}:`,
    good: (entries: number) => plural(entries, 'entry', 'entries'),
    bad: (lines: number) => `faults on ${plural(lines, 'line')}`,
    repeated: (entries: number) => `${count(entries)} said twice`,
    repeat: (value: string, line: number, firstLine: number) =>
      line === firstLine
        ? `${value} is said twice.`
        : `${value} on line ${count(line)} is said on line ${count(firstLine)}.`,
    there: (entries: number) => `${count(entries)} there already`,
    changed: (entries: number) => `${count(entries)} with another note or expiry than now`,
    opposed: (entries: number) => `${count(entries)} on the other list as well`,
    add: (entries: number) => (entries === 0 ? 'Add' : `Add ${plural(entries, 'entry', 'entries')}`),
    cancel: 'Cancel',
    close: 'Close',
    readAgain: 'Read again',
    taken: (entries: number) => `${plural(entries, 'entry', 'entries')} read; what is left here cannot be read yet.`,
    unlisted: (faults: number) => `${plural(faults, 'more fault')} not shown, left out`,
    notRead: 'The text could not be read',
    left: (issues: number) => `${plural(issues, 'line')} stayed in the paste window with what could not be read`,
  },
  fileIssues: (file: string, lines: number) => `${file} has ${plural(lines, 'line')} that cannot be read.`,
  fileGone: (file: string) => `${file} was deleted.`,
  fileGoneText:
    'The lists in force are as before, in memory, and are written again with the next change. A restart before that would begin without them.',
  fileIssuesText: 'The good entries are in use, the file is left as it is, and changes are refused until it is mended.',
  file: (file: string) => `kept in ${file}`,
};
