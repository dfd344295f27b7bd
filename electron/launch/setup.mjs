/** What has to be there before the console or its tests can run: the packages and the build. Quick when nothing changed. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withSetupLock } from './setup-lock.mjs';

/** The repository's root. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const modules = join(root, 'node_modules');
const installStamp = join(modules, '.hotpool-installed');
const dist = join(root, 'dist');
const buildStamp = join(dist, '.built-from');
/** Beside both folders, for an install and a build empty theirs. */
const lockFile = join(root, '.hotpool-setup.lock');

/** All that the build reads. */
const sources = [
  'core',
  'electron',
  'renderer',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const products = ['main/headless.js', 'main/desktop.js', 'preload/preload.cjs', 'renderer/index.html'];

/** The packages or the build could not be had; the message says what to do. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';

  /** @param {string} message @param {number} [status] the exit status */
  constructor(message, status = 1) {
    super(message);
    this.status = status;
  }
}

/**
 * Installs the packages of package-lock.json unless exactly these are there.
 * @throws {SetupError}
 */
export async function ensureInstalled() {
  const wanted = hashOf([readFileSync(join(root, 'package-lock.json'))]);
  await unlessDone(
    () => readIfThere(installStamp) === wanted,
    async () => {
      if (!isInstalledByHand()) {
        process.stderr.write('Installing the packages (half a minute, once)\n');
        rmSync(installStamp, { force: true });
        if (!(await npm(['ci']))) {
          throw new SetupError('The packages could not be installed: see above. Is the network there? Then: npm ci');
        }
      }
      writeFileSync(installStamp, wanted);
    },
  );
}

/**
 * Builds both hosts and the console unless the build is of exactly these sources.
 * @param {{ anew?: boolean }} [options] `anew`: also when it is
 * @throws {SetupError}
 */
export async function ensureBuilt({ anew = false } = {}) {
  const wanted = hashOf(sources.flatMap((source) => contentsBelow(source)));
  await unlessDone(
    () => !anew && readIfThere(buildStamp) === wanted && products.every((product) => existsSync(join(dist, product))),
    async () => {
      process.stderr.write('Building the console\n');
      rmSync(buildStamp, { force: true });
      const vite = join(modules, 'vite', 'bin', 'vite.js');
      // Whatever the caller's own mode is: a development build of React is slow and leaks.
      const env = { NODE_ENV: 'production' };
      if (!(await runStep(node24Path(), [vite, 'build', '--logLevel', 'warn'], { env }))) {
        throw new SetupError('The console could not be built: see above.');
      }
      mkdirSync(dist, { recursive: true });
      writeFileSync(buildStamp, wanted);
    },
  );
}

/**
 * Looks again once it is alone: another start may have done the work meanwhile.
 * @param {() => boolean} isDone
 * @param {() => Promise<void>} work
 */
async function unlessDone(isDone, work) {
  if (isDone()) {
    return;
  }
  await withSetupLock(
    lockFile,
    async () => {
      if (!isDone()) {
        await work();
      }
    },
    () => process.stderr.write(`Another start is installing or building (${lockFile}): waiting for it\n`),
  );
}

/**
 * The Node 24 that the packages bring along, of the major that Electron embeds.
 * @returns {string}
 * @throws {SetupError}
 */
export function node24Path() {
  const path = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(path)) {
    return path;
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    return process.execPath;
  }
  throw new SetupError('The package "node" brought no Node 24 for this machine: install Node.js 24 or newer.');
}

/**
 * Runs a step of the setup, its output on stderr: stdout belongs to the line that says the console is ready.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ timeoutMs?: number, quiet?: boolean, shell?: boolean, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<boolean>} whether it ended well and in time
 * @throws {SetupError} when a signal asked to stop
 */
export function runStep(program, args, { timeoutMs, quiet = false, shell = false, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      shell,
      stdio: ['ignore', quiet ? 'ignore' : 2, quiet ? 'ignore' : 2],
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    });
    /** @type {NodeJS.Signals | null} */
    let stoppedBy = null;
    /** @param {NodeJS.Signals} signal */
    const stop = (signal) => {
      stoppedBy = signal;
      child.kill(signal);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    const finish = (/** @type {boolean} */ ok) => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      if (stoppedBy === null) {
        resolve(ok);
      } else {
        reject(new SetupError('Stopped.', stoppedBy === 'SIGINT' ? 130 : 143));
      }
    };
    child.on('error', () => finish(false));
    child.on('exit', (code) => finish(code === 0));
  });
}

/** @param {string[]} args */
function npm(args) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) {
    return runStep(process.execPath, [script, ...args]);
  }
  return runStep('npm', args, { shell: process.platform === 'win32' });
}

/** Somebody ran npm: its own record of what is there says the same as the lock. */
function isInstalledByHand() {
  const record = readIfThere(join(modules, '.package-lock.json'));
  if (record === null) {
    return false;
  }
  /** @type {Record<string, { version?: string, optional?: boolean, peer?: boolean }>} */
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  /** @type {typeof locked} */
  const present = JSON.parse(record).packages;
  const wanted = Object.entries(locked).filter(([path]) => path !== '');
  return (
    wanted.every(([path, { version, optional }]) => {
      const found = present[path];
      return found ? found.version === version : optional === true;
    }) && Object.keys(present).every((path) => Object.hasOwn(locked, path))
  );
}

/** @param {string} source path from the root @returns {(string | Buffer)[]} names and contents, in a fixed order */
function contentsBelow(source) {
  const path = join(root, source);
  if (!existsSync(path)) {
    return [];
  }
  if (source.includes('.')) {
    return [source, readFileSync(path)];
  }
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
    .sort()
    .flatMap((file) => [file.slice(root.length), readFileSync(file)]);
}

/** @param {readonly (string | Buffer)[]} parts */
function hashOf(parts) {
  const hash = createHash('sha256');
  for (const part of parts) {
    // The length keeps one part from being taken for two.
    hash.update(`${part.length}:`).update(part);
  }
  return hash.digest('hex');
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
