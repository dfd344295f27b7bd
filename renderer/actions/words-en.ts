/** What the actions are called, and what they say when done. */
import type { AccessImpact } from '../../core/contract/access.ts';
import { count, plural, span } from '../words/format.ts';
import { errorClassWords } from '../words/vocabulary.ts';
import type { ProbeResult } from './probe-result.ts';

export const words = {
  notDone: (label: string) => `${label}: not done`,
  noEngine: 'Not possible now: the engine cannot be reached',
  onlyInConnections: 'Only in Connections',
  onlyInPast: 'The present is shown',
  onlyInDemo: 'Only with the demo fleet',
  noFilterHere: 'This view has no filter',
  notLost: 'The engine is there',
  /** By the first part of an action’s id; what has none here is the console’s own. */
  subjects: {
    view: 'Views',
    'warm-up': 'Warm-ups',
    health: 'Health',
    connections: 'Connections',
    load: 'Load',
    past: 'Time machine',
    demo: 'Demo fleet',
    display: 'Display',
    console: 'Console',
  },
  views: {
    overview: { label: 'Overview', hint: 'How the pool is, and why' },
    connections: { label: 'Connections', hint: 'Every live connection' },
    'warm-up': { label: 'Warm-up', hint: 'Make connections before they are needed' },
    health: { label: 'Health', hint: 'Which addresses are well, which were not, and what would help' },
    access: { label: 'Access lists', hint: 'Who may be dialled' },
    requests: { label: 'Requests', hint: 'Send one through the pool, or many for a time' },
    alerts: { label: 'Alerts', hint: 'What is wrong, and from where on it is' },
    events: { label: 'Events', hint: 'What happened, and when' },
    settings: { label: 'Settings', hint: 'Every key of the configuration' },
  },
  openWarmUp: { label: 'Warm up…', hint: 'Choose a host and warm up connections' },
  prepareWarmUp: { label: 'Warm up…', hint: 'Fill the form; nothing starts before you say so' },
  startWarmUp: { label: 'Warm up', hint: 'Start this warm-up' },
  cancelWarmUp: { label: 'Cancel', hint: 'Stop dialing; what is warm stays' },
  pauseWarmUp: { label: 'Pause', hint: 'Begin no more dials; those in flight end' },
  resumeWarmUp: { label: 'Resume', hint: 'Go on where it was paused' },
  warmUpRest: { label: 'Warm up the rest', hint: 'Dial what a cancelled run has left, as a run of its own' },
  retryWarmUp: { label: 'Retry', hint: 'Dial what failed again, as a run of its own; what is ejected is probed first' },
  retry: {
    label: (failed: number, ejected: number) =>
      failed === 0 ? 'Retry' : `${ejected > 0 ? 'Probe and retry' : 'Retry'} ${count(failed)} failed`,
    blocked: 'Whatever failed is blocked by the access lists now: nothing would be dialled.',
    hint: (ejected: number, nextProbeMs: number | null) =>
      [
        `${plural(ejected, 'IP')} ${ejected === 1 ? 'is' : 'are'} ejected${nextProbeMs === null ? '' : `, the next probe is in ${span(nextProbeMs)}`}.`,
        'Each is probed now and warmed when it is well; otherwise it stays out for the rest of its time.',
      ].join(' '),
  },
  checkAll: { label: 'Check all', hint: 'Check every idle connection now; leased ones are left alone' },
  checkedAll: (result: { checked: number; healthy: number; unhealthy: number }) =>
    result.checked === 0
      ? 'No idle connection to check'
      : `Checked ${plural(result.checked, 'connection')}: ${count(result.healthy)} healthy, ${count(result.unhealthy)} unhealthy`,
  cleanUp: { label: 'Clean up unhealthy', hint: 'Close every unhealthy connection that is not leased' },
  cleanedUp: (closed: number) =>
    closed === 0 ? 'Nothing to clean up' : `Closed ${plural(closed, 'unhealthy connection')}`,
  checkConnections: { label: 'Check', hint: 'Check now; leased ones are left alone' },
  checkedConnections: (acted: number, of: number) =>
    acted === of
      ? `Checked ${plural(acted, 'connection')}`
      : `Checked ${count(acted)} of ${count(of)}: the others were not idle`,
  drainConnections: { label: 'Drain', hint: 'They serve nobody any more, and close when their leases end' },
  drainedConnections: (acted: number, of: number) =>
    acted === of
      ? `Draining ${plural(acted, 'connection')}`
      : `Draining ${count(acted)} of ${count(of)}: the others were gone`,
  closeConnections: { label: 'Close', hint: 'At once; a request under way on a leased one fails' },
  closedConnections: (acted: number, of: number) =>
    acted === of
      ? `Closed ${plural(acted, 'connection')}`
      : `Closed ${count(acted)} of ${count(of)}: the others were gone`,
  blockIps: { label: 'Block IP…', hint: 'Put on the black list; shows what it closes before it is applied' },
  unblockIp: {
    label: 'Unblock…',
    hint: 'Take off the black list, or put on the white one; shows what it allows before it is applied',
  },
  notBlocked: (ip: string) => `No entry blocks ${ip}`,
  addToBlackList: { label: 'Block an IP…', hint: 'Write it where the black list takes entries' },
  showEvents: { label: 'Its events', hint: 'What happened then, as a log' },
  inspectConnection: { label: 'Its life…', hint: 'How it was made, every check and lease, and why it was closed' },
  inspectIp: { label: 'About this IP…', hint: 'Its health, its connections, and what happened to it' },
  probeIp: { label: 'Probe now', hint: 'Try it again now instead of when its back-off ends' },
  notProbed: (ip: string) => `${ip} is not ejected any more, or is probed already`,
  probed: (ip: string, result: ProbeResult) =>
    result.kind === 'well'
      ? `${ip} answers well and is in use again`
      : result.kind === 'failed'
        ? `${ip} failed its probe: ${errorClassWords[result.errorClass]}`
        : `${ip} is being probed: no result yet`,
  showConnections: { label: 'Show in Connections', hint: 'Open the table with these' },
  showSavedView: { label: 'Saved view', hint: 'The table of connections as it was saved' },
  freeze: { label: 'Freeze', hint: 'Hold the order still; values go on changing' },
  nextPanel: { label: 'Next panel', hint: 'The next part of this view gets the focus; after the last, the messages' },
  previousPanel: { label: 'Previous panel', hint: 'The part of this view before it gets the focus' },
  applyWaiting: {
    label: 'Apply what waits',
    hint: 'The changes of this view, as its own button does: settings, or entries of the access lists',
  },
  nothingWaits: 'No change waits in this view',
  noOtherPanel: 'This view has one part alone',
  undoLastAccess: {
    label: 'Undo the last change of the lists',
    hint: 'The newest one by a person that holds; the next time the one before it',
  },
  nothingToUndo: 'Nothing to undo: no change of the lists by a person is left',
  focusFilter: { label: 'Filter', hint: 'Go to the filter of this view' },
  applyAccess: { label: 'Apply', hint: 'Apply these changes; on disk before it is confirmed' },
  appliedAccess: (added: number, removed: number) =>
    `Lists saved: ${[added > 0 && `${count(added)} added`, removed > 0 && `${count(removed)} removed`].filter(Boolean).join(', ') || 'nothing changed'}`,
  saveAccess: { label: 'Write it again', hint: 'Write the lists that are in force to their file' },
  savedAccess: (file: string) => `Written: ${file}`,
  undoAccess: { label: 'Undo', hint: 'Take this change back, as a new change' },
  undoOf: (change: string) => `Undo: ${change}`,
  undoneOf: (change: string) => `Undone: ${change}`,
  undoneAccess: (added: number, removed: number) =>
    `Taken back: ${[added > 0 && `${count(added)} added`, removed > 0 && `${count(removed)} removed`].filter(Boolean).join(', ') || 'nothing changed'}`,
  closedByAccess: ({ closesConnections, ofThemLeased }: AccessImpact) =>
    closesConnections === 0
      ? undefined
      : `${plural(closesConnections, 'connection')} closed${ofThemLeased > 0 ? `, ${count(ofThemLeased)} of them after their request` : ''}`,
  sendRequest: { label: 'Send', hint: 'Send it once through the pool, without retries' },
  cancelRequest: { label: 'Cancel', hint: 'Give it up' },
  prepareRequest: { label: 'Edit…', hint: 'Put it into the form; nothing is sent before you say so' },
  prepareRequestTo: { label: 'Send a request…', hint: 'Open the form for it; nothing is sent before you say so' },
  copyCurl: { label: 'Copy as curl', hint: 'The same request for a terminal, to the same IP' },
  copiedCurl: 'Copied as a curl command',
  openLoad: {
    label: 'Run a load…',
    hint: 'Send many requests through the pool for a time, and see how fast they were',
  },
  startLoad: { label: 'Run', hint: 'Send requests through the pool for this time; everyone else goes first' },
  cancelLoad: { label: 'Stop', hint: 'Begin no more requests; those in flight end' },
  acknowledgeAlert: { label: 'Acknowledge', hint: 'Say that you know of it, and why it may stay' },
  acknowledgedAlert: 'Acknowledged: it stays until it is over',
  muteAlert: { label: 'Mute', hint: 'Tell nobody of it for a time' },
  mutedAlert: (minutes: number) => `Nobody is told of it for ${span(minutes * 60_000)}`,
  unmuteAlert: { label: 'Unmute', hint: 'Tell of it again from now on' },
  showAlert: { label: 'Show', hint: 'Go to this alert' },
  updateConfig: { label: 'Change limits', hint: 'Applied to the running engine at once' },
  updatedConfig: (keys: number) => `${plural(keys, 'limit')} changed`,
  saveSettings: { label: 'Apply', hint: 'Applied to the running engine at once, and written to the file' },
  applyRemedy: { label: 'Apply', hint: 'Applied to the running engine at once; it can be taken back' },
  undoRemedy: { label: 'Undo', hint: 'Give these settings the values that they had' },
  changedSince: (paths: string) => `${paths} has been changed since: it stays as it is.`,
  undoneRemedy: (keys: number) => `${plural(keys, 'setting')} as before`,
  saveConfigText: { label: 'Apply', hint: 'Applied to the running engine at once; comments stay' },
  savedSettings: (keys: number, applied: boolean) =>
    applied ? `${plural(keys, 'setting')} changed` : 'Saved; it is read at the next start',
  savedWhere: (file: string | null) => (file === null ? 'Without a file: it holds until the engine ends' : file),
  openDemoFaults: { label: 'Demo faults…', hint: 'Make endpoints of the demo refuse, hang, answer 403…' },
  setDemoFault: { label: 'Switch fault', hint: 'In force at once, until it is switched off' },
  demoFaultSet: (fault: string | null, endpoints: number) =>
    fault === null
      ? `${plural(endpoints, 'endpoint')} well again`
      : `${fault} is on at ${plural(endpoints, 'endpoint')}`,
  openOwnHost: { label: 'Watch my own host…', hint: 'Leave the demo for a host of your own, without a restart' },
  watchOwnHost: { label: 'Watch this host', hint: 'Write it into the file and go over to it at once' },
  ownHostWatched: (host: string) => `${host} is watched`,
  addHost: { label: 'Watch a host…', hint: 'Add a host to the configuration; it is watched at once' },
  saveTarget: { label: 'Apply', hint: 'Written to the file and in force at once' },
  removeTarget: { label: 'Stop watching', hint: 'Its connections drain; leased ones finish first' },
  openConfigVersion: { label: 'Look at it', hint: 'Put this version into the editor' },
  openPalette: { label: 'Command palette', hint: 'Find an action, a host, an IP, a setting' },
  showConfigKey: { label: 'Show in Settings', hint: 'Go to this key' },
  openShortcuts: { label: 'Keyboard shortcuts', hint: 'Every key, and how to bind another' },
  reconnect: { label: 'Reconnect', hint: 'Connect to the engine now' },
  goToPast: { label: 'Go to a past moment…', hint: 'See the pool as it was: choose a time, or drag the slider' },
  goToMoment: { label: 'Go to the moment', hint: 'See the pool as it was then' },
  backToNow: { label: 'Back to now', hint: 'Show the pool as it is' },
  playPast: { label: 'Play or pause', hint: 'Let the shown past go on, or hold it still' },
  stepBack: { label: 'A second back', hint: 'The moment before' },
  stepOn: { label: 'A second on', hint: 'The moment after' },
  happenedBefore: {
    label: 'To what happened before',
    hint: 'The alert, ejection, list change, warm-up or config change before',
  },
  happenedAfter: {
    label: 'To what happened next',
    hint: 'The alert, ejection, list change, warm-up or config change after',
  },
  noneBefore: 'Nothing is remembered before',
  noneAfter: 'Nothing has happened since',
  asIs: 'It is so already',
  themes: {
    dark: { label: 'Dark theme', hint: 'Light on dark' },
    light: { label: 'Light theme', hint: 'Dark on light' },
    system: { label: 'System theme', hint: 'Dark or light as the system is, high contrast where it asks for that' },
    contrast: { label: 'High contrast', hint: 'Stronger text and lines, dark or light as the system is' },
  },
  densities: {
    compact: { label: 'Compact rows', hint: 'As many lines as fit' },
    comfortable: { label: 'Comfortable rows', hint: 'Larger text, controls and lines' },
  },
  zoomIn: { label: 'Zoom in', hint: 'Everything larger' },
  zoomOut: { label: 'Zoom out', hint: 'Everything smaller' },
  zoomReset: { label: 'Zoom to 100 %', hint: 'As large as it is made' },
  browserZooms: 'The browser zooms by its own keys',
  openDisplay: { label: 'Display settings', hint: 'Language, theme, density, zoom, notifications, keys' },
  nextLanguage: { label: '切换到简体中文', hint: 'Language of the screen: English, Chinese (简体中文)' },
  reload: { label: 'Reload', hint: 'Load the page again' },
};
