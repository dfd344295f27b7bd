/** What a changed row costs on the wire, read by a client that does nothing else. */
import { setTimeout as delay } from 'node:timers/promises';
import WebSocket from 'ws';
import { streams } from '../../../core/contract/index.ts';

export interface WireFigures {
  readonly bytesPerRow: number;
  /** Of these, what the rows alone take. */
  readonly rowsAlone: number;
  readonly rowsPerSecond: number;
}

/** @throws Error when the feed's server cannot be reached. */
export async function measureWire(consoleUrl: string, forMs: number): Promise<WireFigures> {
  const { host, hash } = new URL(consoleUrl);
  const token = new URLSearchParams(hash.slice(1)).get('token');
  const socket = new WebSocket(`ws://${host}/ws`, ['hotpool', `token.${token}`]);
  const opened = Promise.withResolvers<void>();
  socket.once('open', opened.resolve).once('error', opened.reject);
  await opened.promise;
  const sums = { bytes: 0, rowBytes: 0, rows: 0 };
  let counts = false;
  socket.on('message', (data) => {
    const text = data.toString();
    const { frame } = JSON.parse(text);
    const { upserts, removes } = streams.connections.frame.parse(frame);
    if (counts) {
      sums.bytes += Buffer.byteLength(text);
      sums.rowBytes +=
        Buffer.byteLength(JSON.stringify(frame.upserts)) + Buffer.byteLength(JSON.stringify(frame.removes));
      sums.rows += upserts.length + removes.length;
    }
  });
  socket.send(JSON.stringify({ type: 'subscribe', id: 1, stream: 'connections' }));
  // The picture of all of them is no change.
  await delay(2_000);
  counts = true;
  await delay(forMs);
  socket.terminate();
  return {
    bytesPerRow: sums.bytes / sums.rows,
    rowsAlone: sums.rowBytes / sums.rows,
    rowsPerSecond: sums.rows / (forMs / 1_000),
  };
}
