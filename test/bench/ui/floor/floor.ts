/**
 * The least that a page can do with the feed: rows in a Map, in the order in which they came, and the lines in sight written
 * anew when their row is another. No framework, no check of what comes, no order, no looks.
 */
import type { ConnectionRow, ConnectionsFrame } from '../../../../core/contract/connections.ts';

const rowHeight = 26;
const fields = [
  'state',
  'ip',
  'host',
  'protocol',
  'profile',
  'createdAtMs',
  'idleSinceMs',
  'requests',
  'errors',
  'tcpMs',
  'tlsMs',
  'lastResponseMs',
] as const;

interface Line {
  readonly element: HTMLElement;
  readonly cells: readonly HTMLElement[];
  shown: ConnectionRow | undefined;
}

const rows = new Map<number, ConnectionRow>();
const scroll = document.querySelector<HTMLElement>('#scroll');
const body = document.querySelector<HTMLElement>('#body');
const lines: Line[] = [];
let planned = false;

function newLine(index: number): Line {
  const element = document.createElement('div');
  element.dataset.row = String(index);
  const cells = fields.map(() => element.appendChild(document.createElement('span')));
  body?.append(element);
  return { element, cells, shown: undefined };
}

function paint(): void {
  planned = false;
  if (!scroll || !body) {
    return;
  }
  body.style.height = `${rows.size * rowHeight}px`;
  const first = Math.floor(scroll.scrollTop / rowHeight);
  const inSight = rows
    .values()
    .drop(first)
    .take(Math.ceil(scroll.clientHeight / rowHeight));
  let index = 0;
  for (const row of inSight) {
    const line = lines[index] ?? newLine(index);
    lines[index] = line;
    line.element.style.transform = `translateY(${(first + index) * rowHeight}px)`;
    index += 1;
    if (line.shown !== row) {
      line.shown = row;
      fields.forEach((field, column) => {
        const cell = line.cells[column];
        if (cell) {
          cell.textContent = String(row[field] ?? '');
        }
      });
    }
  }
}

const token = new URLSearchParams(location.hash.slice(1)).get('token');
const socket = new WebSocket(`ws://${location.host}/ws`, ['hotpool', `token.${token}`]);
socket.onopen = () => socket.send(JSON.stringify({ type: 'subscribe', id: 1, stream: 'connections' }));
socket.onmessage = ({ data }) => {
  const { frame }: { frame: ConnectionsFrame } = JSON.parse(data);
  for (const row of frame.upserts) {
    rows.set(row.id, row);
  }
  for (const { id } of frame.removes) {
    rows.delete(id);
  }
  if (!planned) {
    planned = true;
    requestAnimationFrame(paint);
  }
};
