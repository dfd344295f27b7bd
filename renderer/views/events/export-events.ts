/** What is shown, as a file that other programs read. */
import type { EngineEvent } from '../../../core/contract/events.ts';

export const exportFormats = ['jsonl', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const printers: Readonly<Record<ExportFormat, (events: readonly EngineEvent[]) => string>> = {
  // As the log file has it.
  jsonl: (events) => events.map((event) => `${JSON.stringify(lineOf(event))}\n`).join(''),
  csv: (events) =>
    [['time', 'level', 'kind', 'subject', 'text', 'data'], ...events.map(cellsOf)]
      .map((cells) => `${cells.map(csvCell).join(',')}\r\n`)
      .join(''),
};

/** Oldest first, as a log is. */
export function printEvents(newestFirst: readonly EngineEvent[], format: ExportFormat): string {
  return printers[format](newestFirst.toReversed());
}

export function lineOf({ atMs, level, kind, subject, text, seq, data }: EngineEvent) {
  return { time: new Date(atMs).toISOString(), level, kind, subject, text, seq, data };
}

function cellsOf(event: EngineEvent): string[] {
  const { time, level, kind, subject, text, data } = lineOf(event);
  return [time, level, kind, subject, text, JSON.stringify(data)];
}

/** A spreadsheet must not take an event for a formula. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
