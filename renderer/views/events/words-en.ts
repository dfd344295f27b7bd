/** What the Events view says. */
import type { EventPattern } from '../../../core/contract/event-patterns.ts';
import type { EventLevel } from '../../../core/contract/events.ts';
import { count, plural, span } from '../../words/format.ts';

const levels: Readonly<Record<EventLevel, string>> = { debug: 'Debug', info: 'Info', warn: 'Warning', error: 'Error' };

const patterns: Readonly<Record<EventPattern, string>> = {
  whitelisted: 'Added to the white list',
  blacklisted: 'Added to the black list',
  unhealthy: 'Connection unhealthy',
  removed: 'Connection removed',
  'warm-up-failed': 'Warm-up of a connection failed',
  'check-failed': 'Check failed',
};

export const words = {
  levels,
  grid: 'Events, newest first',
  entries: (entries: number) => plural(entries, 'entry', 'entries'),
  columns: { time: 'Time', level: 'Level', kind: 'Kind', subject: 'About', text: 'What happened' },
  filter: {
    text: 'Search text, kind and subject',
    levels: 'Levels',
    kind: 'Kind',
    allKinds: 'All kinds',
    host: 'Host',
    allHosts: 'All hosts',
    ip: 'IP',
    range: 'Range',
    reset: 'Show all',
  },
  ranges: { quarter: '15 minutes', hour: '1 hour', day: '24 hours', week: '7 days', all: '90 days' },
  live: { pause: 'Pause', resume: 'Resume', paused: (fresh: number) => `Paused · ${count(fresh)} new` },
  shown: (events: number, more: boolean) => `${plural(events, 'event')}${more ? ' so far' : ''}`,
  inLines: (lines: number) => ` in ${plural(lines, 'line')}`,
  old: (ageMs: number) => ` · ${span(ageMs)} old`,
  reading: 'Reading…',
  older: 'Read older ones',
  runs: {
    merge: 'Merge repeats',
    hint: 'What says the same again and again within five minutes is one line, with its number',
    times: (events: number) => `×${count(events)}`,
    ips: (ips: number) => plural(ips, 'IP'),
    from: (time: string) => `from ${time}`,
    last: (text: string) => `last: ${text}`,
  },
  none: 'Nothing has happened in this range',
  noneText: 'The engine tells of starts, warm-ups, list changes, ejections and alerts as they happen.',
  noneFits: 'No event fits the filter',
  noneFitsText: 'Look at a longer range, or show all.',
  noIp: (text: string) => `“${text}” is no IP: write a whole address, such as 203.0.113.7 or 2001:db8::7.`,
  lost: 'The engine cannot be reached',
  lostText: 'What happened in this range is read as soon as it is back.',
  lostFitsText: 'Only what had been read before is searched; the rest comes when the engine is back.',
  export: {
    jsonl: 'JSON lines',
    csv: 'CSV',
    hint: 'Every event of the range that fits, also those not read yet; those of merged lines one by one',
    hintHeld: 'Every event that is shown, those of merged lines one by one',
    done: (events: number, file: string, whole: boolean) =>
      `${plural(events, 'event')} in ${file}${whole ? '' : '; the older ones of the range are too many for one file'}`,
    failed: 'Export: not done',
  },
  drawer: {
    close: 'Close',
    data: 'Data',
    noData: 'This event has no data beside its sentence.',
    only: { kind: 'Only this kind', host: 'Only this host', ip: 'Only this IP' },
    ip: (ip: string) => `All about ${ip}`,
    connections: 'Connections',
    copy: 'Copy as JSON',
  },
  patterns: {
    title: 'Log patterns',
    names: patterns,
    aside: 'debug events included',
    show: 'Shows the events that are kept',
    debugOnly: 'What is no link is a debug event: counted, not kept, and in the log file at log_level = "debug".',
    file: 'Count in a log file…',
    choose: 'Log file to count in',
    ofFile: (name: string, lines: number) => `${name}: ${plural(lines, 'line')}`,
    back: 'Back to the range',
    tooLong: (bytes: string) => `The file has more than ${bytes}: count it with npm run patterns -- FILE.`,
  },
  log: { title: 'Log file', text: 'JSON lines; five older ones beside it.' },
};
