/** Exactly the table that is shown, as a file for other programs: its rows, its order, its columns. */
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import { shownState } from '../../base/shown-state.ts';
import { csvText } from '../../parts/csv.ts';
import type { ConnectionColumn } from '../../store/connection-order.ts';

export const exportFormats = ['csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

type Cell = string | number | null;

/** Names say the unit; times are of the moment of the export. */
const fields: Readonly<
  Record<ConnectionColumn, { readonly name: string; readonly of: (row: ConnectionRow, nowMs: number) => Cell }>
> = {
  state: { name: 'state', of: shownState },
  ip: { name: 'ip', of: (row) => row.ip },
  host: { name: 'host', of: (row) => row.host },
  protocol: { name: 'protocol', of: (row) => row.protocol },
  profile: { name: 'tls_profile', of: (row) => row.profile },
  age: { name: 'age_ms', of: (row, nowMs) => sinceMs(row.createdAtMs, nowMs) },
  idle: { name: 'idle_ms', of: (row, nowMs) => sinceMs(row.idleSinceMs, nowMs) },
  requests: { name: 'requests', of: (row) => row.requests },
  errors: { name: 'errors', of: (row) => row.errors },
  tcp: { name: 'tcp_ms', of: (row) => rounded(row.tcpMs) },
  tls: { name: 'tls_ms', of: (row) => rounded(row.tlsMs) },
  response: { name: 'last_response_ms', of: (row) => rounded(row.lastResponseMs) },
};

/** To a microsecond: what lies behind it is the clock's own noise. */
function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 1_000) / 1_000;
}

function sinceMs(atMs: number | null, nowMs: number): number | null {
  return atMs === null ? null : Math.max(0, Math.round(nowMs - atMs));
}

/** `id` comes first, whatever is shown: with it one finds the connection again in log and history. */
export function printConnections(
  rows: readonly ConnectionRow[],
  columns: readonly ConnectionColumn[],
  format: ExportFormat,
  nowMs: number,
): string {
  const shown = columns.map((column) => fields[column]);
  if (format === 'csv') {
    const head = ['id', ...shown.map(({ name }) => name)];
    return csvText([head, ...rows.map((row) => [row.id, ...shown.map(({ of }) => of(row, nowMs) ?? '')])]);
  }
  const objects = rows.map((row) => ({
    id: row.id,
    ...Object.fromEntries(shown.map(({ name, of }) => [name, of(row, nowMs)])),
  }));
  return `${JSON.stringify(objects, null, 1)}\n`;
}
