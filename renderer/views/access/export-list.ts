/** A list as a file that other programs read, and this one reads again. */
import type { AccessEntry, AccessListName } from '../../../core/contract/access.ts';
import { csvText } from '../../parts/csv.ts';
import { printLine } from '../../store/access-text.ts';

export const exportFormats = ['text', 'csv', 'json', 'toml'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const endings: Readonly<Record<ExportFormat, string>> = { text: 'txt', csv: 'csv', json: 'json', toml: 'toml' };

export function exportName(list: AccessListName, format: ExportFormat): string {
  return `${list}-list.${endings[format]}`;
}

const time = (ms: number): string => new Date(ms).toISOString();

const printers: Readonly<Record<ExportFormat, (entries: readonly AccessEntry[]) => string>> = {
  text: (entries) => entries.map((entry) => `${printLine(entry)}\n`).join(''),
  csv: (entries) => csvText([['list', 'value', 'note', 'origin', 'added', 'expires', 'hits'], ...entries.map(cellsOf)]),
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

function cellsOf({
  list,
  value,
  note,
  origin,
  addedAtMs,
  expiresAtMs,
  hits,
}: AccessEntry): readonly (string | number)[] {
  const expires = expiresAtMs === null ? '' : time(expiresAtMs);
  return [list, value, note, origin, time(addedAtMs), expires, hits];
}

function tomlSection({ list, value, note, expiresAtMs }: AccessEntry): string {
  const noteLine = note === '' ? '' : `note = ${JSON.stringify(note.toWellFormed()).replaceAll('\u007f', '\\u007f')}\n`;
  const expiresLine = expiresAtMs === null ? '' : `expires = ${time(expiresAtMs)}\n`;
  return `[[${list}]]\nip = "${value}"\n${noteLine}${expiresLine}`;
}
