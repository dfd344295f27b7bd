/** Words of the settings. */
import type { ConfigVersion } from '../../../core/contract/config.ts';
import { count, plural, rate, timeOfDay } from '../../words/format.ts';

export const words = {
  title: 'Settings',
  tabs: { form: 'Form', text: 'File' },
  tab: 'Edit as',
  search: 'Find a key',
  noFile: 'without a file: the demo’s own values',
  fault: (faults: number) => `The file on the disk has ${plural(faults, 'fault')}; what ran before goes on:`,
  noneFit: 'No key fits',
  columns: { key: 'Key', value: 'Value', range: 'Allowed', default: 'Default' },
  recommended: (low: number, high: number) => `recommended ${count(low)}–${count(high)}`,
  reset: (path: string, value: string) => `${value}: back to the default of ${path}`,
  resetShort: 'default',
  inFile: 'in the file',
  reconnects: 'replaces open connections',
  on: 'on',
  presets: {
    title: 'Presets',
    names: { low: 'Low concurrency', medium: 'Medium concurrency', high: 'High concurrency' },
    rates: { low: 'under 10 requests a second', medium: '10 to 100', high: 'over 100' },
    measured: (perSecond: number) => `measured ${rate(perSecond)} requests / s`,
    inForce: 'in force',
    suggested: 'suggested',
    differs: (keys: number) => `${plural(keys, 'key')} differ`,
  },
  history: {
    title: 'Earlier versions',
    none: 'Each version of the file is kept here once there is a file.',
    by: {
      start: 'at the start',
      console: 'by the console',
      file: 'by hand',
      revert: 'gone back',
    } satisfies Record<ConfigVersion['by'], string>,
    current: 'now',
    changed: (keys: readonly string[]) => (keys.length === 0 ? 'no key' : keys.join(', ')),
    open: (atMs: number) => `Look at the version of ${timeOfDay(atMs)}`,
  },
  text: {
    field: (file: string) => `Text of ${file}`,
    notThere: (file: string) => `${file} is not there yet: saving makes it, with these defaults and their comments`,
    onLine: (line: number) => `line ${line}:`,
    stale: 'The file was changed elsewhere since this text was begun.',
    reload: 'Begin anew from the file',
    loading: 'Reading the file…',
  },
};
