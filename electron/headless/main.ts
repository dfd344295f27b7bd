/** The console without a window: the engine, and the same page served on loopback. */
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type CommandLine, CommandLineError, helpText, readCommandLine } from '../shared/command-line.mjs';
import { type ConsoleHost, openConsoleHost, readVersion, StartError } from '../shared/console-host.ts';
import { onLauncherGone, onStopSignals } from '../shared/stop-signals.ts';
import { type ConsoleServer, startConsoleServer } from './console-server.ts';
import { openBrowser } from './open-browser.ts';
import { StaticFiles } from './static-files.ts';

/** The same from `dist/main/headless.js` and from the source. */
const appFolder = fileURLToPath(new URL('../..', import.meta.url));

const tokenBytes = 32;
const lastGraceMs = 200;
const aliveIntervalMs = 60_000;

function printError(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function serve(commandLine: CommandLine): Promise<void> {
  const stopping = Promise.withResolvers<void>();
  const atOnce = new AbortController();
  const signals = onStopSignals({ gently: () => stopping.resolve(), atOnce: () => atOnce.abort() });
  // Nobody is left who could press again.
  onLauncherGone(() => {
    stopping.resolve();
    atOnce.abort();
  });

  const files = new StaticFiles(fileURLToPath(new URL('../../dist/renderer', import.meta.url)));
  const host: ConsoleHost = await openConsoleHost({
    kind: 'headless',
    commandLine,
    appFolder,
    writeLogLine: printError,
  });
  let server: ConsoleServer | null = null;
  try {
    const token = randomBytes(tokenBytes).toString('base64url');
    server = await listen(host, files, token, commandLine.port);
    const url = `http://127.0.0.1:${server.port}/#token=${token}`;
    process.stdout.write(`Hotpool Console ready at ${url}\n`);
    if (commandLine.open) {
      openBrowser(url);
    }
    await stopping.promise;
  } finally {
    await server?.close();
    await host.close(atOnce.signal);
    await signals.calm();
  }
}

async function listen(host: ConsoleHost, files: StaticFiles, token: string, port: number): Promise<ConsoleServer> {
  try {
    return await startConsoleServer({ gate: host.gate, events: host.engine.events, files, token, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EADDRINUSE' || code === 'EACCES') {
      const why = code === 'EADDRINUSE' ? 'is taken' : 'may not be used';
      throw new StartError(`Port ${port} ${why}: choose another one with --port, or 0 for any.`);
    }
    throw error;
  }
}

async function main(args: readonly string[]): Promise<number> {
  try {
    const commandLine = readCommandLine(args);
    if (commandLine.help) {
      process.stdout.write(helpText);
    } else if (commandLine.version) {
      process.stdout.write(`${readVersion(appFolder)}\n`);
    } else {
      await serve(commandLine);
    }
    return 0;
  } catch (error) {
    if (error instanceof CommandLineError) {
      printError(error.message);
      return 2;
    }
    printError(error instanceof StartError ? error.message : String(error instanceof Error ? error.stack : error));
    return 1;
  }
}

for (const stream of [process.stdout, process.stderr]) {
  // Whoever read it is gone, perhaps together with the launcher: the end must still be an orderly one.
  stream.on('error', () => {});
}
// The engine's timers hold no process: without this one it could end while it still waits for a lease.
const alive = setInterval(() => {}, aliveIntervalMs);
process.exitCode = await main(process.argv.slice(2));
clearInterval(alive);
// Everything is closed now; whatever still holds the loop open must not hold up the end.
setTimeout(() => process.exit(), lastGraceMs).unref();
