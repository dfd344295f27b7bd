/** Words for changing the configuration, wherever it is changed. */
import type { ConfigApplies, ConfigEffect } from '../../core/contract/config.ts';
import { plural } from '../words/format.ts';

export const words = {
  onlyText: 'changed in the file alone',
  /** Of a key, where its field shows one. */
  units: { s: 's', ms: 'ms', MB: 'MB', '%': '%' },
  /** What was typed into a field, in the field's unit. */
  typed: {
    amount: (figure: string, unit: string) => (unit === '' ? figure : `${figure}\u202f${unit}`),
    allowed: (least: string, most: string) => `allowed: ${least} to ${most}`,
    outOfRange: (amount: string, allowed: string) => `${amount} is out of range; ${allowed}`,
    notNumber: (typed: string, whole: boolean, allowed: string) =>
      `${typed === '' ? 'nothing' : `“${typed}”`} is no ${whole ? 'whole number' : 'number'}; ${allowed}`,
  },
  help: {
    allowed: (allowed: string, value: string, unit: string) =>
      `Allowed: ${allowed}. Default: ${value}${unit === '' ? '' : ` ${unit}`}.`,
    isDefault: 'default',
    applies: {
      'at-once': 'Holds at once for what is running.',
      next: 'Holds for what begins from then on: dials, checks, leases.',
      'next-start': 'Holds from the next start on.',
      reconnect: 'Holds for new connections; those that are open are replaced.',
    } satisfies Record<ConfigApplies, string>,
  },
  changes: {
    title: 'Changes',
    none: 'Nothing is changed. A change is shown here with what it does before it is applied.',
    looking: 'Looking what it would do…',
    failed: 'The engine could not say what it would do:',
    absent: 'none',
    lines: 'In the file',
    line: (line: number) => `line ${line}`,
    moreLines: (places: number) => `and ${plural(places, 'place')} more`,
    /** Behind a key that changes. `replaced`: connections of the host that it concerns. */
    applies: {
      'at-once': () => 'at once',
      next: () => 'to what begins from then on',
      reconnect: (replaced: number) =>
        replaced === 0 ? 'to new connections' : `replaces ${plural(replaced, 'connection')}`,
      'next-start': () => 'at the next start',
    } satisfies Record<ConfigApplies, (replaced: number) => string>,
    effects: 'What it does',
    effect: ({ text }: ConfigEffect) => text,
    warnings: 'Warnings',
    nothing: 'No setting changes.',
    apply: (keys: number) => (keys === 0 ? 'Apply' : `Apply ${plural(keys, 'change')}`),
    saveForNext: 'Save for the next start',
    discard: 'Discard',
    pending: (keys: number) =>
      keys === 0 ? 'The text is changed, no setting' : `${plural(keys, 'change')} not applied`,
    pendingText: 'Changes not applied',
    pendingFaults: (faults: number) => `${plural(faults, 'fault')}: nothing can be applied yet`,
    bar: 'What is not applied',
    at: (line: number | null, column: number | null) => (line === null ? '' : `line ${line}:${column ?? 1} `),
  },
};
