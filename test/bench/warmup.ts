/**
 * Connections a second of a warm-up, against the least that a program could do: a loop of `tls.connect` with one shared
 * SecureContext and one HEAD on each socket, 32 in flight. One undici Client for each IP is told beside.
 *
 * Method: 1,631 addresses of loopback, HTTP/1.1 over TLS 1.3, served by one other process. Ours is the whole engine as both hosts start it (lists, checks, statistics, history, events, a console
 * that follows the run), at its default pace, until the run has ended; 50 and 100 dials in flight, fixed, are told beside. Each contender warms all
 * endpoints in a process of its own, 5 rounds in turn, median. The event loop's delay is that of the contender's process
 * while it warms, looked at every millisecond. Connections per second of the contender's CPU are told beside: by the clock the
 * origins' time and the machine's other work count as well.
 *
 * The far endpoints are 50 ms away. The reference dials them one after the other, so 40 of them tell its rate.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bench, type BenchCell, budgetCell, median, rateCell } from './harness.ts';
import { endpointCount, farRoundTripMs, startEndpoints, type WarmUpPlace } from './warmup-origins.ts';
import type { WarmUpFigures } from './warmup-process.ts';

const rounds = 5;
const farRounds = 3;
const inFlight = 32;
const sequentialCount = 40;
const longestDelayMs = 20;

interface Wish {
  readonly contender: 'ours' | 'bare' | 'client';
  /** 0: the pool's own pace. */
  readonly inFlight: number;
  readonly count: number;
  readonly far: boolean;
}

type Figures = Readonly<Record<keyof WarmUpFigures, number | null>>;

const file = fileURLToPath(new URL('./warmup-process.ts', import.meta.url));
const unknown: Figures = { byClock: null, byCpu: null, loopDelayP99Ms: null, failed: null };

/** Nothing is known of one that fails, or that has not made every connection. */
function measure(place: WarmUpPlace, { contender, inFlight, count, far }: Wish): Promise<Figures> {
  const port = far ? place.farPort : place.port;
  const args = [file, contender, String(inFlight), String(port), String(count), JSON.stringify(place)];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_EXTRA_CA_CERTS: place.authorityFile },
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.on('error', () => resolve(unknown));
    child.on('close', (code) => {
      const figures = code === 0 && output !== '' ? (JSON.parse(output) as WarmUpFigures) : null;
      resolve(figures?.failed === 0 ? figures : unknown);
    });
  });
}

async function medians<Name extends string>(
  place: WarmUpPlace,
  wishes: Readonly<Record<Name, Wish>>,
  repeats: number,
): Promise<Readonly<Record<Name, Figures>>> {
  const names = Object.keys(wishes) as Name[];
  const measured = new Map<Name, Figures[]>(names.map((name) => [name, []]));
  for (let round = 0; round < repeats; round += 1) {
    for (const name of names) {
      measured.get(name)?.push(await measure(place, wishes[name]));
    }
  }
  const ofOne = (all: readonly Figures[], key: keyof Figures): number | null => median(all.map((one) => one[key]));
  const entries = names.map((name) => {
    const all = measured.get(name) ?? [];
    const [byClock, byCpu] = [ofOne(all, 'byClock'), ofOne(all, 'byCpu')];
    return [name, { byClock, byCpu, loopDelayP99Ms: ofOne(all, 'loopDelayP99Ms'), failed: ofOne(all, 'failed') }];
  });
  return Object.fromEntries(entries) as Record<Name, Figures>;
}

async function nearCells(place: WarmUpPlace): Promise<BenchCell[]> {
  const near = { count: endpointCount, far: false };
  const { bare, client, ours, ours50, ours100 } = await medians(
    place,
    {
      bare: { ...near, contender: 'bare', inFlight },
      ours: { ...near, contender: 'ours', inFlight: 0 },
      client: { ...near, contender: 'client', inFlight },
      ours50: { ...near, contender: 'ours', inFlight: 50 },
      ours100: { ...near, contender: 'ours', inFlight: 100 },
    },
    rounds,
  );
  return [
    rateCell('default pace', 'connections/s', { ours: ours.byClock, peers: { 'bare loop': bare.byClock } }, 0.9, {
      'Client per IP': client.byClock,
      'ours, 50 in flight': ours50.byClock,
      'ours, 100 in flight': ours100.byClock,
      'ours per CPU second': ours.byCpu,
      'bare loop per CPU second': bare.byCpu,
    }),
    budgetCell('event-loop delay p99 meanwhile', 'ms', ours.loopDelayP99Ms, longestDelayMs, {
      'bare loop': bare.loopDelayP99Ms,
      'Client per IP': client.loopDelayP99Ms,
      '50 in flight': ours50.loopDelayP99Ms,
      '100 in flight': ours100.loopDelayP99Ms,
    }),
  ];
}

async function farCell(place: WarmUpPlace): Promise<BenchCell> {
  const { ours, sequential } = await medians(
    place,
    {
      ours: { contender: 'ours', inFlight: 0, count: endpointCount, far: true },
      sequential: { contender: 'bare', inFlight: 1, count: sequentialCount, far: true },
    },
    farRounds,
  );
  const figures = { ours: ours.byClock, peers: { 'one after the other': sequential.byClock } };
  return rateCell(`${farRoundTripMs} ms away`, 'connections/s', figures, 40, {
    'event-loop delay p99, ms': ours.loopDelayP99Ms,
  });
}

export const warmUpBench: Bench = {
  name: 'warmup',
  about: 'connections a second of a warm-up of 1,631 endpoints, beside a bare loop; the event loop meanwhile',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'hotpool-bench-'));
    try {
      await using place = await startEndpoints(folder);
      return [...(await nearCells(place)), await farCell(place)];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
