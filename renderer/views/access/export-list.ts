/** A list as a file that other programs read, and this one reads again. */
import type { AccessEntry, AccessListName } from '../../../core/contract/access.ts';

export const exportFormats = ['text', 'csv', 'json', 'toml'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const endings: Readonly<Record<ExportFormat, string>> = { text: 'txt', csv: 'csv', json: 'json', toml: 'toml' };

export function exportName(list: AccessListName, format: ExportFormat): string {
  return `${list}-list.${endings[format]}`;
}

const time = (ms: number): string => new Date(ms).toISOString();

const printers: Readonly<Record<ExportFormat, (entries: readonly AccessEntry[]) => string>> = {
  text: (entries) =>
    entries.map(({ value, note }) => `${value}${note === '' ? '' : `  # ${oneLine(note)}`}\n`).join(''),
  csv: (entries) =>
    ['list,value,note,origin,added,expires,hits', ...entries.map(csvLine)].map((line) => `${line}\r\n`).join(''),
  json: (entries) => {
    const values = entries.map(({ value }) => value);
    const ipv6 = values.filter((value) => value.includes(':'));
    return `${JSON.stringify({ ipv4: values.filter((value) => !value.includes(':')), ipv6 }, null, 2)}\n`;
  },
  toml: (entries) => entries.map(tomlSection).join('\n'),
};

export function printList(entries: readonly AccessEntry[], format: ExportFormat): string {
  return printers[format](entries);
}

function csvLine({ list, value, note, origin, addedAtMs, expiresAtMs, hits }: AccessEntry): string {
  const expires = expiresAtMs === null ? '' : time(expiresAtMs);
  return [list, value, csvCell(note), origin, time(addedAtMs), expires, hits].join(',');
}

/** A spreadsheet must not take a note for a formula. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function tomlSection({ list, value, note, expiresAtMs }: AccessEntry): string {
  const noteLine = note === '' ? '' : `note = ${JSON.stringify(note.toWellFormed()).replaceAll('\u007f', '\\u007f')}\n`;
  const expiresLine = expiresAtMs === null ? '' : `expires = ${time(expiresAtMs)}\n`;
  return `[[${list}]]\nip = "${value}"\n${noteLine}${expiresLine}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
