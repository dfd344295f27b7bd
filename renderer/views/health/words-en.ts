/** Words of the health view. */
import type { AccessAuthor } from '../../../core/contract/access.ts';
import type { ConfigVersion } from '../../../core/contract/config.ts';
import type { FindingSeverity } from '../../../core/contract/diagnosis.ts';
import type { EjectionReason } from '../../../core/contract/health.ts';
import { dateAndTime, stretch } from '../../words/dates.ts';
import { count, hourAndMinute, plural, span, timeOfDay, took } from '../../words/format.ts';

const dayMs = 86_400_000;

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** `1st`, `22nd`, `13th`. */
function ordinal(value: number): string {
  return `${count(value)}${endings[ordinals.select(value)] ?? 'th'}`;
}

export const reasonWords: Readonly<Record<EjectionReason, string>> = {
  'permanent-failure': 'permanent failure',
  'failures-in-a-row': 'failures in a row',
  'success-outlier': 'fails more than the others',
  'latency-outlier': 'slower than the others',
  'stored-ban': 'ban of an earlier run',
};

const authorWords: Readonly<Record<AccessAuthor, string>> = {
  operator: 'the operator',
  file: 'a hand edit',
  config: 'the configuration',
  automaton: 'the automaton',
  clock: 'the clock',
};

const configAuthors: Readonly<Record<ConfigVersion['by'], string>> = {
  start: 'at the start',
  console: 'in the console',
  file: 'by hand',
  revert: 'back to an earlier version',
};

function some(names: readonly string[], total: number): string {
  return `${names.join(', ')}${total > names.length ? ` and ${count(total - names.length)} more` : ''}`;
}

export const severityWords: Readonly<Record<FindingSeverity, string>> = {
  problem: 'problem',
  advice: 'advice',
  note: 'note',
};

export const words = {
  diagnosis: {
    title: 'Diagnosis',
    found: (findings: number, rules: number) => `${plural(findings, 'finding')} · ${plural(rules, 'rule')} asked`,
    none: (rules: number) => `${plural(rules, 'rule')} asked, nothing found.`,
    noneText: 'They are asked again every five seconds while this is open.',
    failed: (reason: string) => `Not asked: ${reason}`,
    since: (ms: number) => (ms < 1_000 ? 'just now' : `for ${span(ms)}`),
    run: (id: number) => `warm-up ${count(id)}`,
    cause: 'Cause',
    advice: 'What to do',
    prevention: 'From now on',
    keys: 'Keys',
  },
  remedy: {
    title: 'Apply this remedy',
    set: (key: string, value: string) => `Set ${key} to ${value}…`,
    setSome: (keys: number) => `Change ${plural(keys, 'setting')}…`,
    retry: 'Retry the failed',
    cancel: 'Cancel',
    looking: 'Looking what it would do…',
    failed: 'The engine could not say what it would do:',
    already: 'These values hold already.',
  },
  strips: {
    title: 'Health over time',
    aside: (stepMs: number, rows: number, cut: boolean) =>
      `worst state per ${span(stepMs)} · ${plural(rows, 'row')}${cut ? ' · of each lane the newest' : ''}`,
    failed: (reason: string) => `Not read: ${reason}`,
    range: 'Range of the strips',
    rangeLead: 'strips',
    preset: (ms: number) => (ms >= 7 * dayMs ? '7\u202fd' : ms >= dayMs ? '24\u202fh' : span(ms)),
    back: 'Back',
    backHint: 'To what was shown before this piece was drawn out',
    none: 'No address was looked at in this time',
    noneText: 'Warm up a host, or choose a longer range.',
    left: (rows: number) => `${plural(rows, 'row')} more: open fewer at a time`,
    addresses: (addresses: number) => plural(addresses, 'IP'),
    /** Beside the host's own addresses. */
    leftOut: (named: number) => `+${count(named)}`,
    leftOutHint: (named: number) =>
      `${plural(named, 'IP')} of no answer of DNS, as a list named ${named === 1 ? 'it' : 'them'}: not counted here, and shown in ${named === 1 ? 'a row of its own' : 'rows of their own'}`,
    named: 'named',
    namedHint: 'No answer of DNS has it: a list or a caller named it',
    cells:
      'Cells: arrows move, Enter opens the checks behind one, Space opens its row, plus and minus zoom, Shift with left and right moves in time, Backspace goes back',
    keys: 'Arrows move · Enter opens the checks · drag or + − to zoom · Shift with ← → moves in time',
    strip: (name: string) => `${name} over time`,
    table: 'Health over time, in words',
    columns: ['Address', 'Checks', 'Failed', 'Troubles'],
    troubles: (state: string, fromMs: number, toMs: number) => `${state} ${stretch(fromMs, toMs)}`,
    moreTroubles: (troubles: number) => `and ${count(troubles)} more`,
    well: 'none',
    at: (atMs: number, spanMs: number) =>
      spanMs > dayMs ? dateAndTime(atMs).slice(5) : spanMs > 1_800_000 ? hourAndMinute(atMs) : timeOfDay(atMs),
  },
  lanes: {
    title: 'What else happened',
    names: {
      ejections: 'ejections',
      lists: 'list changes',
      'warm-ups': 'warm-ups',
      config: 'config changes',
      alerts: 'alerts',
    },
    mark: (lane: string, marks: number, atMs: number) => `${lane}: ${count(marks)} from ${timeOfDay(atMs)}`,
    ejected: (ip: string, host: string, reason: EjectionReason | null) =>
      `${ip} of ${host} ejected${reason === null ? '' : `: ${reasonWords[reason]}`}`,
    lists: (total: number, who: AccessAuthor, values: readonly string[]) =>
      `${plural(total, 'entry', 'entries')} changed by ${authorWords[who]}: ${some(values, total)}`,
    config: (who: ConfigVersion['by'], paths: readonly string[], total: number) =>
      `${plural(total, 'key')} changed ${configAuthors[who]}${total === 0 ? '' : `: ${some(paths, total)}`}`,
    warmUp: (hosts: string, ready: number, total: number) => `${hosts}: ${count(ready)} of ${count(total)} ready`,
    from: (fromMs: number, untilMs: number | null) =>
      untilMs === null ? timeOfDay(fromMs) : `${timeOfDay(fromMs)}, ${took(untilMs - fromMs)}`,
    openIp: 'About this IP…',
    openRun: 'Its run',
    openAlert: 'The alert',
    close: 'Close',
  },
  checks: {
    title: (name: string, fromMs: number, toMs: number) => `${name}, ${stretch(fromMs, toMs)}`,
    close: 'Close',
    spans: 'States',
    spanFrom: (state: string, reason: EjectionReason | null) =>
      reason === null ? state : `${state}: ${reasonWords[reason]}`,
    still: 'still',
    heading: 'Checks',
    columns: ['Time', 'IP', 'Check', 'Answer', 'ms'],
    none: 'No check in this time',
    noneText: 'An address that is not used is not asked.',
    older: 'Older',
    reading: 'Reading the history…',
    failed: (reason: string) => `Not read: ${reason}`,
  },
  ejections: {
    title: 'Ejections',
    aside: (ejected: number, most: number, held: number, named: number) =>
      [
        `${count(ejected)} out of use or on trial, at most ${count(most)}`,
        held > 0 && `${count(held)} held in use beyond that`,
        named > 0 && `and ${count(named)} that no host has: only named`,
      ]
        .filter(Boolean)
        .join(' · '),
    none: 'No address is ejected, on trial, or held in use.',
    columns: { state: 'State', ip: 'IP', why: 'For, and why', probe: 'Next probe' },
    times: (ejections: number) => `${count(ejections)} times in a row`,
    ejectedFor: (ejections: number, ms: number) =>
      ejections > 1 ? `${ordinal(ejections)} time, for ${span(ms)}` : `for ${span(ms)}`,
    probeIn: (ms: number) => (ms <= 0 ? 'now' : `in ${span(ms)}`),
    noProbe: 'none planned',
    more: (ips: number) => `and ${plural(ips, 'IP')} more`,
    all: (ips: number) => `Show ${plural(ips, 'IP')}`,
    fewer: (ips: number) => `Show the first ${count(ips)}`,
    localOutage: (reason: string) => `This machine’s own trouble: ${reason}. No IP is blamed.`,
    panic: (hosts: readonly string[]) =>
      `Too few addresses are left of ${hosts.join(', ')}: ejections are ignored until more are well.`,
  },
  errors: {
    title: 'Failed checks by cause',
    none: 'No check failed in this time.',
    columns: { what: 'Cause', when: 'When', count: 'Checks', last: 'Latest' },
    bars: (name: string) => `${name} over time`,
    failed: (reason: string) => `Not read: ${reason}`,
  },
};
