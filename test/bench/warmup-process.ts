/**
 * One contender of the warm-up bench: `node warmup-process.ts CONTENDER IN_FLIGHT PORT COUNT PLACE`, with PLACE as JSON.
 * Makes one connection to each of the first COUNT endpoints, with one HEAD answered on it, and keeps them; prints its
 * {@link WarmUpFigures} as JSON. IN_FLIGHT 0 is the pool's own pace.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import tls, { type SecureContext } from 'node:tls';
import { Client } from 'undici';
import { aboveDebug } from '../../core/base/event-bus.ts';
import { defaultTlsProfile, tlsProfile } from '../../core/dial/tls-profiles.ts';
import { startEngine } from '../../core/engine/hotpool-engine.ts';
import { originHostname } from './origin.ts';
import type { WarmUpPlace } from './warmup-origins.ts';

export interface WarmUpFigures {
  /** Connections a second, by the clock and by the CPU that this process took. */
  readonly byClock: number;
  readonly byCpu: number;
  readonly loopDelayP99Ms: number;
  readonly failed: number;
}

interface Load {
  readonly ips: readonly string[];
  readonly port: number;
  readonly inFlight: number;
}

const delayResolutionMs = 1;

const [contender = '', inFlight = '', port = '', count = '', place = ''] = process.argv.slice(2);
const { ips } = JSON.parse(place) as WarmUpPlace;
const load: Load = { ips: ips.slice(0, Number(count)), port: Number(port), inFlight: Number(inFlight) };

/** `warm` resolves with how many failed. */
async function measured(connections: number, warm: () => Promise<number>): Promise<WarmUpFigures> {
  const delay = monitorEventLoopDelay({ resolution: delayResolutionMs });
  const cpu = process.threadCpuUsage();
  const startedMs = performance.now();
  delay.enable();
  const failed = await warm();
  delay.disable();
  const elapsedMs = performance.now() - startedMs;
  const { user, system } = process.threadCpuUsage(cpu);
  return {
    byClock: (connections * 1_000) / elapsedMs,
    byCpu: (connections * 1_000_000) / (user + system),
    loopDelayP99Ms: Math.max(0, delay.percentile(99) / 1e6 - delayResolutionMs),
    failed,
  };
}

/** The whole engine as both hosts start it: lists, statistics, checks, events, and a console that looks on. */
async function ours({ ips, port, inFlight }: Load): Promise<WarmUpFigures> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'hotpool-bench-'));
  const configFile = join(dataFolder, 'bench.toml');
  const pace = inFlight === 0 ? [] : ['start', 'min', 'max'].map((one) => `concurrency_${one} = ${inFlight}`);
  const config = [
    '[pool]',
    'max_connections = 20_000',
    'max_conns_per_host = 20_000',
    'max_idle_conns = 20_000',
    '[dial]',
    ...pace,
    '[[targets]]',
    `host = "${originHostname}:${port}"`,
    `ips = ${JSON.stringify(ips)}`,
  ];
  await writeFile(configFile, config.join('\n'));
  const engine = await startEngine({ configFile, demo: null, dataFolder, version: 'bench' });
  try {
    const host = `${originHostname}:${port}`;
    const ended = Promise.withResolvers<number>();
    // As a window does that shows it.
    engine.console.subscribe('warmUp', () => undefined);
    engine.events.subscribe(({ kind, data }) => {
      if (kind === 'warm-up.finished') {
        ended.resolve(Number(data.total) - Number(data.ready));
      }
    }, aboveDebug);
    return await measured(ips.length, async () => {
      await engine.console.request('warmUp.start', { hosts: [host], concurrency: 1_000 });
      return await ended.promise;
    });
  } finally {
    await engine.close(AbortSignal.abort());
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/** `inFlight` workers take the endpoints in turn. */
async function loop({ ips, inFlight }: Load, open: (ip: string) => Promise<unknown>): Promise<number> {
  const left = ips.values();
  let failed = 0;
  const worker = async (): Promise<void> => {
    for (const ip of left) {
      await open(ip).catch(() => {
        failed += 1;
      });
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return failed;
}

function secureContext(): SecureContext {
  return tls.createSecureContext(tlsProfile(defaultTlsProfile).options);
}

async function bare(load: Load): Promise<WarmUpFigures> {
  const context = secureContext();
  const head = `HEAD / HTTP/1.1\r\nhost: ${originHostname}:${load.port}\r\n\r\n`;
  const kept: unknown[] = [];
  const open = (ip: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = tls.connect({
        host: ip,
        port: load.port,
        secureContext: context,
        servername: originHostname,
        ALPNProtocols: ['h2', 'http/1.1'],
      });
      kept.push(socket);
      socket.once('error', reject).once('secureConnect', () => socket.setNoDelay(true).write(head));
      socket.once('data', () => resolve());
    });
  return measured(load.ips.length, () => loop(load, open));
}

async function client(load: Load): Promise<WarmUpFigures> {
  const context = secureContext();
  const kept: unknown[] = [];
  const open = async (ip: string): Promise<void> => {
    const one = new Client(`https://${ip}:${load.port}`, {
      connect: { secureContext: context, servername: originHostname },
      keepAliveTimeout: 86_400_000,
    });
    kept.push(one);
    const { body } = await one.request({ method: 'HEAD', path: '/' });
    await body.dump();
  };
  return measured(load.ips.length, () => loop(load, open));
}

const contenders: Readonly<Record<string, (load: Load) => Promise<WarmUpFigures>>> = { ours, bare, client };
// Neither an idle connection nor the engine's timers keep a process alive.
setInterval(() => undefined, 1_000);
const figures = await contenders[contender]?.(load);
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
