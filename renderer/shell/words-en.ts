/** Words of the frame around the views. */
import type { AlertSeverity } from '../../core/contract/alerts.ts';
import type { ConsoleSession } from '../../core/contract/console-session.ts';
import type { Theme } from '../../core/contract/preferences.ts';
import { plural, span } from '../words/format.ts';

export const words = {
  noSuchView: (name: string) => `There is no view ${name}: this is the overview`,
  noSuchMoment: (text: string) => `${text} is no moment: this is the present`,
  wholePage: 'The console',
  product: 'Hotpool',
  navigation: 'Views',
  skip: 'Skip to the view',
  verdict: 'Verdict',
  recovers: 'Recovering',
  forSpan: (ms: number) => `for ${span(ms)}`,
  localOutage: (reason: string) => `this machine’s own trouble: ${reason}; no IP is blamed`,
  panic: (host: string, available: number, ips: number) =>
    `${host} in panic: ${available} of ${plural(ips, 'IP')} available, so ejections are ignored`,
  alertToast: (title: string, alert: string) => `${title}: ${alert}`,
  notification: (title: string) => `Hotpool: ${title}`,
  alert: { critical: 'Critical alert', warning: 'Warning' } satisfies Record<AlertSeverity, string>,
  more: (reasons: number) => `and ${reasons} more`,
  unknown: 'Unknown',
  lastKnown: (verdict: string, ageMs: number) => `last known: ${verdict}, ${span(ageMs)} ago`,
  noFiguresThen: 'No figures of that time',
  waitingForFigures: 'Waiting for the first figures',
  mode: (session: ConsoleSession) => {
    const ips = session.hosts.reduce((sum, host) => sum + host.ips, 0);
    const size = `${plural(session.hosts.length, 'host')} · ${plural(ips, 'IP')}`;
    return session.mode === 'demo' ? `demo fleet · ${size}` : `${fileName(session.configFile)} · ${size}`;
  },
  now: 'now',
  live: 'live',
  connecting: 'connecting',
  lost: 'engine lost',
  age: (ms: number) => `figures ${span(ms)} old`,
  lag: 'lag',
  lagHint: 'Event-loop delay of the engine, p99 of the last second',
  cpu: 'cpu',
  memory: 'mem',
  descriptors: 'fd',
  uptime: 'up',
  theme: 'Theme',
  themes: { dark: 'Dark', light: 'Light', system: 'System', contrast: 'High contrast' } satisfies Record<Theme, string>,
  otherLanguage: '中文',
  lostTitle: 'The engine cannot be reached.',
  lostText: (ageMs: number | null) =>
    ageMs === null ? 'No figures have come yet.' : `What you see is ${span(ageMs)} old and does not change.`,
  lostNext: (ms: number) => `Next try in ${span(ms)}.`,
  lostTrying: 'Trying now…',
  fault: 'The engine sent something this page cannot read.',
  configFaults: (faults: number) => `${plural(faults, 'fault')} in the configuration file`,
  configFaultHint: 'What ran before goes on. The settings say where the faults are.',
  configWarnings: (warnings: number) => plural(warnings, 'configuration warning'),
  refusedTitle: 'This page has no key to the console',
  refusedText:
    'The headless console answers only those who have its key. A copied address has none: a tab keeps it for itself. It is in the line that the console printed when it started:',
  refusedStale: 'The key of this tab is not the console’s, or not any more.',
  refusedExample: 'Hotpool Console ready at http://127.0.0.1:PORT/#token=TOKEN',
  refusedSteps: [
    'Does another tab show the console? Duplicate that tab: the copy has the key too.',
    'Else copy the line from the terminal where the console was started, and paste it here. The view of this address is opened then.',
    'If it was restarted since, take the newest line: the key stays the same only on a port of your choice.',
  ],
  refusedField: 'The line, its address or the key alone',
  refusedNoKey: 'There is no key in it: paste the whole line',
  refusedOpen: 'Open the console',
};

function fileName(path: string | null): string {
  return path === null ? 'config' : (path.split(/[\\/]/).at(-1) ?? path);
}
