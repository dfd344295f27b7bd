/** The table's lines: connections alone, or each under the line of its host or IP. */
import type { ConnectionRow } from '../../core/contract/connections.ts';
import { type ShownState, shownState, shownStates } from '../base/shown-state.ts';

export const groupings = ['none', 'host', 'ip'] as const;
export type Grouping = (typeof groupings)[number];

/** The line above the connections of one host or IP. */
export interface ConnectionGroup {
  /** `host edge.example`, `ip 10.0.0.1`: stable while the table changes. */
  readonly key: string;
  readonly name: string;
  /** In the order of the table. */
  readonly ids: readonly number[];
  /** States that occur, worst first, with how many are in each. */
  readonly states: readonly (readonly [ShownState, number])[];
  readonly collapsed: boolean;
}

/** A connection's id, or the line of a group. */
export type ConnectionLine = number | ConnectionGroup;
/** What a line is found again by. */
export type LineKey = number | string;

export function lineKey(line: ConnectionLine): LineKey {
  return typeof line === 'number' ? line : line.key;
}

/** The connections that choosing the line chooses. */
export function idsOf(line: ConnectionLine): readonly number[] {
  return typeof line === 'number' ? [line] : line.ids;
}

export interface Gathering {
  readonly by: Grouping;
  readonly collapsed: ReadonlySet<string>;
}

/**
 * Groups come in the order of their first row, so that the table's sort says which group stands first: by errors,
 * largest first, the host with the worst connection.
 */
export function gatherLines(
  ids: readonly number[],
  rowOf: (id: number) => ConnectionRow | undefined,
  { by, collapsed }: Gathering,
): readonly ConnectionLine[] {
  if (by === 'none') {
    return ids;
  }
  const members = new Map<string, ConnectionRow[]>();
  for (const id of ids) {
    const row = rowOf(id);
    if (row) {
      const group = members.get(row[by]);
      if (group) {
        group.push(row);
      } else {
        members.set(row[by], [row]);
      }
    }
  }
  const lines: ConnectionLine[] = [];
  for (const [name, rows] of members) {
    const key = `${by} ${name}`;
    const group = {
      key,
      name,
      ids: rows.map(({ id }) => id),
      states: countStates(rows),
      collapsed: collapsed.has(key),
    };
    lines.push(group);
    if (!group.collapsed) {
      for (const id of group.ids) {
        lines.push(id);
      }
    }
  }
  return lines;
}

function countStates(rows: readonly ConnectionRow[]): readonly (readonly [ShownState, number])[] {
  const counts = new Map<ShownState, number>();
  for (const row of rows) {
    const state = shownState(row);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return shownStates.flatMap((state) => {
    const count = counts.get(state);
    return count === undefined ? [] : [[state, count] as const];
  });
}
