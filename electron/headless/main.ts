/** The console without a window: the engine, and the same page served on loopback. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type CommandLine, CommandLineError, helpText, readCommandLine } from '../shared/command-line.mjs';
import { type ConsoleHost, type ReservedStart, readVersion, reserveStart, StartError } from '../shared/console-host.ts';
import { onLauncherGone, onStopSignals } from '../shared/stop-signals.ts';
import { type ConsoleServer, type ConsoleServerOptions, startConsoleServer } from './console-server.ts';
import { keepKey, newKey, readKey } from './kept-key.ts';
import { openBrowser } from './open-browser.ts';
import { StaticFiles } from './static-files.ts';

/** The same from `dist/main/headless.js` and from the source. */
const appFolder = fileURLToPath(new URL('../..', import.meta.url));

const lastGraceMs = 200;
const aliveIntervalMs = 60_000;

function printError(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function serve(commandLine: CommandLine): Promise<void> {
  const stopping = new AbortController();
  const atOnce = new AbortController();
  const signals = onStopSignals({ gently: () => stopping.abort(), atOnce: () => atOnce.abort() });
  // Nobody is left who could press again.
  onLauncherGone(() => {
    stopping.abort();
    atOnce.abort();
  });

  const files = new StaticFiles(fileURLToPath(new URL('../../dist/renderer', import.meta.url)));
  const start = await reserveStart({ kind: 'headless', commandLine, appFolder, writeLogLine: printError });
  let server: ConsoleServer;
  try {
    server = await listenWithKey(files, start, commandLine.port);
  } catch (error) {
    await start.release();
    throw error;
  }
  let host: ConsoleHost | null = null;
  try {
    host = await start.open();
    server.serve(host.gate, host.engine.metrics);
    if (!stopping.signal.aborted) {
      process.stdout.write(`Hotpool Console ready at ${server.url}\n`);
      if (commandLine.open) {
        openBrowser(server.openingUrl());
      }
      await once(stopping.signal, 'abort');
    }
  } finally {
    await server.close();
    await host?.close(atOnce.signal);
    await signals.calm();
  }
}

/**
 * At an address of the operator's choice a page comes back after a restart, so its key stays the same; a free port has a key
 * of its own each time. A start that gets no port keeps nothing.
 */
async function listenWithKey(
  files: StaticFiles,
  { dataFolder, events }: ReservedStart,
  port: number,
): Promise<ConsoleServer> {
  if (port === 0) {
    return listen({ files, events, token: newKey(), port });
  }
  let token: string;
  try {
    token = readKey(dataFolder) ?? newKey();
  } catch (error) {
    throw keyError(error);
  }
  const server = await listen({ files, events, token, port });
  try {
    keepKey(dataFolder, token);
  } catch (error) {
    await server.close();
    throw keyError(error);
  }
  return server;
}

function keyError(error: unknown): StartError {
  const reason = error instanceof Error ? error.message : String(error);
  return new StartError(`The key to the console cannot be kept in the data folder: ${reason}`, { cause: error });
}

async function listen(options: ConsoleServerOptions): Promise<ConsoleServer> {
  try {
    return await startConsoleServer(options);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EADDRINUSE' || code === 'EACCES') {
      const why = code === 'EADDRINUSE' ? 'is taken' : 'may not be used';
      throw new StartError(`Port ${options.port} ${why}: choose another one with --port, or 0 for any.`);
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
