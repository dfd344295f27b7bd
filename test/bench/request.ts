/**
 * Requests a second: through a lease, and through the pool as undici's Dispatcher, against a bare undici Client on the
 * same kind of socket. undici's Agent and node:https with keep-alive are told beside.
 *
 * Method: GET of 256 bytes over TLS 1.3 on loopback, the origin in another process, HTTP/2 with 100 streams on one
 * connection by both sides' limits. `lease` acquires and releases for each request. On HTTP/1.1 each of n in flight has a
 * connection; the Client's n are n Clients. All contenders of a cell are live processes that warm up for 40,000 requests and
 * then take turns of 100 ms of CPU, 15 rounds; three such generations of processes, median. Judged are requests per second
 * of the contender's CPU, its system calls included: all that a pool can add. By the clock the origin's time and the
 * machine's other work hide it; those figures are told beside.
 *
 * Hot against cold: a request through the pool over a hot connection against one by a program that has none (tls.connect
 * and a new Client, no DNS, no ticket), to an origin that is 20 ms of round trip away; by the clock.
 */
import { type Bench, type BenchCell, rateCell } from './harness.ts';
import { type OriginPlace, startOrigin } from './origin.ts';
import { type Rates, takeTurns } from './turns.ts';

const loads = [
  { cell: 'h1, 1 in flight', protocol: 'h1', inFlight: 1, others: ['Agent', 'node:https'] },
  { cell: 'h1, 50 in flight', protocol: 'h1', inFlight: 50, others: ['Agent', 'node:https'] },
  { cell: 'h2, 1 stream', protocol: 'h2', inFlight: 1, others: ['Agent'] },
  { cell: 'h2, 100 streams', protocol: 'h2', inFlight: 100, others: ['Agent'] },
] as const;
const target = 0.9;
const hotTarget = 3;

const worker = new URL('./request-process.ts', import.meta.url).href;

export const requestBench: Bench = {
  name: 'request',
  about: "requests a second through a lease and the Dispatcher, beside undici's Client and Agent and node:https",
  async run() {
    await using origin = await startOrigin();
    const cells: BenchCell[] = [];
    for (const { cell, protocol, inFlight, others } of loads) {
      const rates = await measure(origin.place, protocol, inFlight, ['lease', 'dispatcher', 'Client', ...others]);
      for (const ours of ['lease', 'dispatcher'] as const) {
        cells.push(
          rateCell(
            `${cell}, ${ours}`,
            'requests/s',
            { ours: rates[ours].byCpu, peers: { Client: rates.Client.byCpu } },
            target,
            {
              ...Object.fromEntries(others.map((other) => [other, rates[other].byCpu])),
              'ours by the clock': rates[ours].byClock,
              'Client by the clock': rates.Client.byClock,
            },
          ),
        );
      }
    }
    const { dispatcher, cold } = await measure(origin.place, 'far', 1, ['dispatcher', 'cold']);
    cells.push(
      rateCell(
        'hot against cold, 20 ms away',
        'requests/s',
        { ours: dispatcher.byClock, peers: { cold: cold.byClock } },
        hotTarget,
        { 'hot ms': milliseconds(dispatcher.byClock), 'cold ms': milliseconds(cold.byClock) },
      ),
    );
    return cells;
  },
};

function measure<Contender extends string>(
  place: OriginPlace,
  protocol: 'h1' | 'h2' | 'far',
  inFlight: number,
  contenders: readonly Contender[],
): Promise<Readonly<Record<Contender, Rates>>> {
  return takeTurns(
    worker,
    contenders,
    (contender) => [protocol, String(inFlight), contender, JSON.stringify(place)],
    protocol === 'far'
      ? { generations: 1, rounds: 6, turnMs: 500, byClock: true, warmUp: 10 }
      : { generations: 3, rounds: 15, turnMs: 100, byClock: false, warmUp: 40_000 },
  );
}

function milliseconds(perSecond: number | null): number | null {
  return perSecond === null ? null : 1000 / perSecond;
}
