/** From the arguments to a running console: install, build, choose the host, start it, and stay until it ends. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLineError, helpText, readCommandLine } from '../shared/command-line.mjs';
import { chooseHost } from './choose-host.mjs';
import { runHost } from './run-host.mjs';
import { ensureBuilt, ensureInstalled, node24Path, root, SetupError } from './setup.mjs';

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit status
 */
export async function launch(args) {
  try {
    const commandLine = readCommandLine(args);
    if (commandLine.help) {
      process.stdout.write(helpText);
      return 0;
    }
    if (commandLine.version) {
      process.stdout.write(`${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}\n`);
      return 0;
    }
    await ensureInstalled();
    await ensureBuilt();
    const host = commandLine.headless ? { electron: null, reason: null } : await chooseHost();
    if (host.electron !== null) {
      const ended = await runHost(host.electron, [root, ...args]);
      if (!ended.neverCameUp) {
        return told(ended);
      }
      host.reason = `Electron did not come up (${ended.how})`;
    }
    if (host.reason !== null) {
      process.stderr.write(`${host.reason}: the console is served for a browser instead.\n`);
    }
    const ended = await runHost(node24Path(), [join(root, 'dist', 'main', 'headless.js'), ...args]);
    return told(ended);
  } catch (error) {
    if (error instanceof CommandLineError) {
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    if (error instanceof SetupError) {
      process.stderr.write(`${error.message}\n`);
      return error.status;
    }
    throw error;
  }
}

/** @param {import('./run-host.mjs').HostEnd} ended */
function told({ status, complaint }) {
  if (complaint !== null) {
    process.stderr.write(`${complaint}\n`);
  }
  return status;
}
