/**
 * What Electron runs first. It awaits what must be done before Electron is ready, and never the readiness itself: that
 * comes only when this file has ended.
 */
import { app } from 'electron';
import { CommandLineError, helpText, readCommandLine } from '../shared/command-line.mjs';
import { readVersion, StartError } from '../shared/console-host.ts';
import { appFolder, prepareDesktop, showConsole } from './desktop-host.ts';
import { ownArguments } from './own-arguments.ts';

/** The message is for a person; the stack only where the fault is ours. */
function fail(error: unknown): void {
  const isExpected = error instanceof CommandLineError || error instanceof StartError;
  const text = error instanceof Error && !isExpected ? error.stack : error instanceof Error ? error.message : error;
  process.stderr.write(`${text}\n`);
  app.exit(error instanceof CommandLineError ? 2 : 1);
}

try {
  const commandLine = readCommandLine(ownArguments(process.argv, app.isPackaged));
  if (commandLine.help || commandLine.version) {
    process.stdout.write(commandLine.help ? helpText : `${readVersion(appFolder)}\n`);
    app.exit(0);
  } else {
    const host = await prepareDesktop(commandLine);
    app
      .whenReady()
      .then(() => showConsole(host))
      // Without a window there is nobody to close it, and an exit closes nothing by itself.
      .catch((error: unknown) => host.close(AbortSignal.abort()).finally(() => fail(error)));
  }
} catch (error) {
  fail(error);
}
