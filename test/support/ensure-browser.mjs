/** Finds a Chromium for the end-to-end tests; on Debian as root it installs the distribution's. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** @returns {string | null} the path of an installed Chromium or Chrome */
export function findBrowser() {
  const named = process.env.HOTPOOL_CHROMIUM;
  if (named) {
    return existsSync(named) ? named : null;
  }
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin', '/usr/local/bin', '/snap/bin');
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name))).concat(elsewhere);
  return candidates.find((path) => existsSync(path)) ?? null;
}

/** @returns {{ path: string, reason: null } | { path: null, reason: string }} */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) {
    return { path: found, reason: null };
  }
  const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (isDebianRoot) {
    process.stderr.write("Installing the distribution's Chromium for the end-to-end tests\n");
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
    ]) {
      // apt's chatter belongs on stderr: the last line on stdout is the tally.
      spawnSync('apt-get', args, { env, stdio: ['ignore', 2, 'inherit'] });
    }
    const installed = findBrowser();
    if (installed) {
      return { path: installed, reason: null };
    }
  }
  return {
    path: null,
    reason:
      'End-to-end tests need Chromium or Google Chrome: install one (Debian: apt-get install chromium; Fedora: dnf install chromium; macOS and Windows: google.com/chrome) or set HOTPOOL_CHROMIUM to its path.',
  };
}
