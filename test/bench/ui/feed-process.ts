/**
 * `node feed-process.ts OPTIONS FLOOR-FOLDER` serves the built console over a made pool, and a bare page over the same: it
 * prints where, and ends when its input does.
 *
 * The wire is the real one: the headless host's server and gate, an engine of a quiet configuration that answers all that is
 * not about the pool, and for what is about it the streams of the console service with their pumps.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../core/base/clock.ts';
import { LiveHealth } from '../../../core/console/health-stream.ts';
import { LiveConnections } from '../../../core/console/live-stream.ts';
import { type GatedConsole, MessageGate } from '../../../core/console/message-gate.ts';
import { LiveStatistics, sharedReading } from '../../../core/console/statistics-stream.ts';
import { framePauseMs, StreamPump } from '../../../core/console/stream-pump.ts';
import type { StreamName } from '../../../core/contract/index.ts';
import { startConsoleServer } from '../../../electron/headless/console-server.ts';
import { StaticFiles } from '../../../electron/headless/static-files.ts';
import { openConsoleHost } from '../../../electron/shared/console-host.ts';
import type { FeedOptions, FeedPlace } from './feed.ts';
import { MadePool, madeHosts } from './made-pool.ts';

const [optionsText = '{}', floorFolder = ''] = process.argv.slice(2);
const options = JSON.parse(optionsText) as FeedOptions;
const appFolder = fileURLToPath(new URL('../../..', import.meta.url));
const token = 'the-bench-has-no-secrets';

const dataFolder = mkdtempSync(join(tmpdir(), 'hotpool-bench-'));
const configFile = join(dataFolder, 'bench.toml');
// Addresses are given, so nothing is asked for; nothing is warmed, so nothing is dialled.
writeFileSync(configFile, madeHosts.map((host) => `[[targets]]\nhost = "${host}"\nips = ["127.0.0.1"]\n`).join('\n'));
const commandLine = { configFile, dataFolder, demo: null };
const host = await openConsoleHost({ kind: 'headless', commandLine, appFolder, writeLogLine: () => undefined });

const pool = new MadePool({ clock: systemClock, ...options });
const statistics = sharedReading(systemClock, framePauseMs, () => pool.statistics());
const made = {
  connections: new StreamPump(systemClock, new LiveConnections(systemClock, pool, statistics)),
  statistics: new StreamPump(systemClock, new LiveStatistics(systemClock, pool, statistics)),
  health: new StreamPump(systemClock, new LiveHealth(systemClock, pool)),
};
const isMade = (stream: StreamName): stream is keyof typeof made => stream in made;
const { console: engine } = host.engine;
const fed: GatedConsole = {
  answer: async (name, input) => (name === 'statistics.get' ? statistics() : engine.answer(name, input)),
  subscribe: (stream, listener, how) =>
    isMade(stream) ? made[stream].subscribe(listener, how) : engine.subscribe(stream, listener, how),
};
const gate = new MessageGate(fed, host.engine.events);

async function serve(folder: string): Promise<string> {
  const files = new StaticFiles(folder);
  const server = await startConsoleServer({ events: host.engine.events, files, token, port: 0 });
  server.serve(gate, host.engine.metrics);
  return server.url;
}

const stop = pool.start();
const place: FeedPlace = {
  consoleUrl: await serve(join(appFolder, 'dist', 'renderer')),
  floorUrl: await serve(floorFolder),
};
process.stdout.write(`${JSON.stringify(place)}\n`);
process.stdin.resume().once('end', async () => {
  stop();
  await host.close();
  rmSync(dataFolder, { recursive: true, force: true });
  process.exit(0);
});
