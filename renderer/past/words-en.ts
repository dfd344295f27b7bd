/** Words of the time machine. */
import { dateAndTime, longMoment } from '../words/dates.ts';
import { plural, span } from '../words/format.ts';

export const words = {
  title: 'Time machine',
  now: 'Now',
  nowHint: 'Drag, or write a time, to see the pool as it was',
  past: 'Past',
  moment: (atMs: number, nowMs: number) => longMoment(atMs, nowMs),
  ago: (ms: number) => `${span(ms)} ago`,
  actionsOff: 'actions off',
  /** For the window's title. */
  windowTitle: (atMs: number, nowMs: number) => `Past ${longMoment(atMs, nowMs)}`,
  earlier: (askedMs: number, nowMs: number) => `the last picture before ${longMoment(askedMs, nowMs)}`,
  nothing: 'Nothing of that time can be shown',
  loading: 'looking it up…',
  failed: (when: string, reason: string) => `${when} cannot be shown: ${reason}`,
  beforeFirst: (firstMs: number, nowMs: number) =>
    `Nothing is remembered of that time. The first moment is ${longMoment(firstMs, nowMs)}.`,
  notKnownYet: 'It is not known yet what is remembered: the history is being opened.',
  nothingYet: 'No past yet: the first moment is written down within seconds.',
  notRecording: (fault: string) => `Nothing is recorded: ${fault}`,
  lost: 'The engine cannot be reached, so no other moment can be shown.',
  toFirst: 'Go to the first',
  caughtUp: 'Back in the present: the past was played to its end',
  transport: 'Play the past',
  play: 'Play',
  pause: 'Pause',
  speed: 'Speed',
  times: (speed: number) => `${speed}×`,
  when: 'Date and time',
  go: 'Go',
  future: 'That time has not come yet',
  examples: '14:09 · 14:09:31 · yesterday 14:09 · 2026-01-31 14:09 · -2h · -15min',
  unreadable: 'No moment: write 14:09, yesterday 14:09, 2026-01-31 14:09 or -2h',
  slider: 'Moment',
  sliderNow: 'now',
  keys: 'Arrow keys move by a second, with Shift by ten; Page Up and Page Down by a minute',
  reach: 'Range of the slider',
  reachLead: 'slider',
  reachOf: (ms: number) => (ms === 86_400_000 ? '24\u202fh' : span(ms)),
  diagnosis: 'The diagnosis looks at the pool as it is, so it has nothing to say of the past.',
  connection: {
    lead: (atMs: number, state: string, requests: number, errors: number) =>
      `At ${dateAndTime(atMs)} it was ${state}, with ${plural(requests, 'request')} and ${plural(errors, 'error')} so far.`,
    notThen: 'No connection of this number lived then.',
    gone: (atMs: number) => `It did not live at ${dateAndTime(atMs)}.`,
    noLife: 'Its life is not told:',
    below: 'Below is its whole life.',
  },
  ip: {
    lead: (atMs: number) => `As it was at ${dateAndTime(atMs)}.`,
    noHealth: 'Nothing was known of its health.',
    checks: 'Checks of the quarter of an hour before',
    noChecks: 'It was not checked.',
    good: 'good',
    notRemembered:
      'Which rule allowed it, how it was dialled and its failures by class are not remembered: look at it in the present.',
  },
  present: (view: string) => `This view shows the present: ${view} cannot be gone back to. Actions are off.`,
};
