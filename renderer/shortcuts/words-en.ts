/** Words of the sheet of keyboard shortcuts. */
import type { Refusal } from '../actions/key-rules.ts';

export const words = {
  title: 'Keyboard shortcuts',
  text: 'Click keys to bind others: one press, or two in a row such as G O. They are kept in the data folder.',
  search: 'Find an action or a key',
  noneFit: 'No action and no key fits',
  done: 'Done',
  resetAll: 'Reset all',
  none: 'no keys',
  press: 'Press keys…',
  bind: (action: string, keys: string | null) =>
    keys === null ? `Bind keys to ${action}` : `${keys}: bind other keys to ${action}`,
  remove: (action: string) => `Take the keys from ${action}`,
  taken: (keys: string) => `${keys} is taken away.`,
  back: 'Put it back',
  reset: (action: string, keys: string) => `${action}: back to ${keys}`,
  conflict: (keys: string, actions: string) => `${keys} would take the keys of ${actions}.`,
  takeOver: 'Take over',
  leave: 'Leave it',
  refusals: {
    browser: 'is kept by the browser or the system',
    page: 'walks through the page and its tables',
  } satisfies Record<Refusal, string>,
  fixed: {
    title: 'In tables and lists',
    keys: {
      lines: 'Next and previous line',
      pages: 'A page on',
      ends: 'First and last line',
      choose: 'Choose or leave this line',
      range: 'Choose a range',
      all: 'Choose all lines',
      open: 'Open this line',
      leave: 'Choose none; close what is open',
      menu: 'Connections: what can be done with the chosen',
      inspect: 'Connections: about the IP',
      check: 'Connections: check',
      drain: 'Connections: drain',
      close: 'Connections: close at once',
      block: 'Connections: block the IPs',
      copy: 'Connections: copy the IPs',
    },
  },
};
