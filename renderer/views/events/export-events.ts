/** What is shown, as a file that other programs read. */
import { eventText } from '../../../core/contract/event-text.ts';
import { csvText } from '../../parts/csv.ts';
import { type ShownEvent, sentenceOf } from './shown-event.ts';

export const exportFormats = ['jsonl', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const printers: Readonly<Record<ExportFormat, (events: readonly ShownEvent[]) => string>> = {
  jsonl: (events) => events.map((event) => `${JSON.stringify(lineOf(event))}\n`).join(''),
  csv: (events) => csvText([['time', 'level', 'kind', 'subject', 'text', 'data'], ...events.map(cellsOf)]),
};

/** Oldest first, as a log is. */
export function printEvents(newestFirst: readonly ShownEvent[], format: ExportFormat): string {
  return printers[format](newestFirst.toReversed());
}

/** In English, as the log file has it. */
export function lineOf(event: ShownEvent) {
  const { atMs, level, kind, subject, seq, data } = event;
  const text = eventText(event, 'en');
  return { time: new Date(atMs).toISOString(), level, kind, subject, text, seq, data };
}

function cellsOf(event: ShownEvent): string[] {
  const { time, level, kind, subject, data } = lineOf(event);
  // For people, so in their language; programs have the kind and the data.
  return [time, level, kind, subject, sentenceOf(event), JSON.stringify(data)];
}
