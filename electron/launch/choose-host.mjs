/** Window or browser: what this machine can do, and why not the other. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24Path, root, runStep } from './setup.mjs';

/** Long enough for 120 MB on a slow line, short enough to wait for. */
const downloadTimeoutMs = 180_000;
/** A network that is blocked stays blocked: it is not tried again at every start. */
const downloadPauseMs = 24 * 3_600_000;

/** @typedef {{ electron: string | null, reason: string | null }} HostChoice one of the two is null */

/**
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, isRoot: boolean }} facts
 * @returns {string | null} why no window can be opened here; null when one can
 */
export function windowObstacle({ platform, env, isRoot }) {
  if (platform === 'darwin' || platform === 'win32') {
    return null;
  }
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return 'There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)';
  }
  return isRoot ? "Electron's sandbox cannot run as root" : null;
}

/** @returns {Promise<HostChoice>} */
export async function chooseHost() {
  const { platform, env } = process;
  const reason = windowObstacle({ platform, env, isRoot: process.getuid?.() === 0 });
  if (reason !== null) {
    return { electron: null, reason };
  }
  const present = electronPath(env);
  if (present !== null) {
    return { electron: present, reason: null };
  }
  const failure = await downloadElectron();
  const downloaded = electronPath(env);
  return downloaded === null ? { electron: null, reason: failure } : { electron: downloaded, reason: null };
}

/** @param {NodeJS.ProcessEnv} env @returns {string | null} null when the binary is not there */
export function electronPath(env, folder = join(root, 'node_modules', 'electron')) {
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const path = join(env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist'), name);
  return existsSync(path) ? path : null;
}

/** @returns {Promise<string>} why the binary is still missing, should it be */
async function downloadElectron() {
  const folder = join(root, 'node_modules', 'electron');
  const failedFile = join(folder, '.download-failed');
  const failedMs = existsSync(failedFile) ? Number(readFileSync(failedFile, 'utf8')) : 0;
  if (Date.now() - failedMs < downloadPauseMs) {
    return "Electron's binary could not be downloaded a while ago (to try again: npx install-electron)";
  }
  process.stderr.write("Downloading Electron's binary\n");
  const done = await runStep(node24Path(), [join(folder, 'install.js')], { timeoutMs: downloadTimeoutMs, quiet: true });
  if (!done) {
    writeFileSync(failedFile, String(Date.now()));
  }
  return "Electron's binary could not be downloaded";
}
