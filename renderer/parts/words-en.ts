/** Words that belong to parts of the screen, whatever they are used for. */
import { decimal, plural } from '../words/format.ts';

export const words = {
  crash: {
    title: (what: string) => `${what} could not be drawn`,
    text: 'The engine goes on working; only this part of the screen stopped. Try again, or copy the detail for a report.',
    again: 'Try again',
    copy: 'Copy detail',
  },
  cells: 'Cells: arrows move, Enter opens',
  copy: { done: 'Copied', failed: 'The clipboard cannot be written' },
  drawer: 'This detail',
  moreLines: (lines: number) => `and ${plural(lines, 'more line')}`,
  number: {
    less: (label: string) => `Less: ${label}`,
    more: (label: string) => `More: ${label}`,
    range: (min: number, max: number) => `${decimal(min)} to ${decimal(max)}`,
    refused: (typed: string, min: number, max: number, whole: boolean) =>
      `${typed} was not taken: a ${whole ? 'whole ' : ''}number from ${decimal(min)} to ${decimal(max)}`,
  },
  points: (points: string) => `${points} points`,
  toast: { dismiss: 'Dismiss', list: 'Messages' },
};
