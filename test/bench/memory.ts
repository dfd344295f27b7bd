/**
 * Resident memory of one idle hot connection, against an undici Client on the same kind of socket. A bare TLSSocket is told
 * beside: the floor.
 *
 * Method: the origin is in another process; each (cell, contender) is a process of its own, 3 repeats, interleaved, median.
 * A process opens 50 connections first, so that all code is loaded and compiled, collects garbage and reads its RSS; then it
 * opens the cell's number, each having answered one HEAD (the bare socket: only shaken hands), collects garbage, reads
 * again, and prints the difference per connection. One secure context for all, 32 handshakes at a time.
 */
import { type Bench, type BenchCell, interleaved, measureInProcess } from './harness.ts';
import { startOrigin } from './origin.ts';

const repeats = 3;
/** Ours may cost so many times the Client. */
const allowance = 1.2;
const contenders = ['ours', 'Client', 'TLSSocket'] as const;

const cells = [
  { protocol: 'h1', connections: 1_000 },
  { protocol: 'h1', connections: 5_000 },
  { protocol: 'h2', connections: 1_000 },
  { protocol: 'h2', connections: 5_000 },
] as const;

const worker = new URL('./memory-process.ts', import.meta.url).href;

export const memoryBench: Bench = {
  name: 'memory',
  about: 'RSS per idle hot connection, beside an undici Client and a bare TLSSocket',
  async run() {
    await using origin = await startOrigin();
    const { authorityPem, h1Port, h2Port } = origin.place;
    const results: BenchCell[] = [];
    for (const { protocol, connections } of cells) {
      const place = JSON.stringify({ authorityPem, port: protocol === 'h1' ? h1Port : h2Port });
      const { ours, Client, TLSSocket } = await interleaved(contenders, repeats, (contender) =>
        measureInProcess(worker, [contender, String(connections), place], ['--expose-gc']),
      );
      const ratio = ours === null || Client === null ? null : (Client * allowance) / ours;
      results.push({
        cell: `${protocol}, ${connections.toLocaleString('en')} connections`,
        unit: 'bytes',
        ours,
        peers: { Client },
        ratio,
        target: 1,
        met: ratio !== null && ratio >= 1,
        beside: { TLSSocket, budget: Client === null ? null : Client * allowance },
      });
    }
    return results;
  },
};
