/** The package as electron-builder makes it, around a stub of Electron's binary and without the network. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chromium } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DesktopProcess } from '../../support/electron-stand-in/test-side/desktop-process.ts';
import { ensureBrowser } from '../../support/ensure-browser.mjs';
import { root } from '../../support/hosts/running-console.ts';

/** Where the binary keeps its fuses: this mark, the version, how many, and a digit for each. */
const fuseWire = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x0811110001';

let folder: string;
let app: string;
let asar: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-package-'));
  const stub = join(folder, 'electron');
  mkdirSync(stub);
  writeFileSync(join(stub, 'electron'), `#!/bin/sh\n${fuseWire}`, 'latin1');
  chmodSync(join(stub, 'electron'), 0o755);

  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // `npm run package` without its build: the tests beside this one are running on what is built.
  const command = String(scripts.package).replace(/^npm run build && /, '');
  const output = join(folder, 'release');
  const nowhere = 'http://127.0.0.1:9';
  const result = spawnSync(`${command} --dir --linux -c.electronDist=${stub} -c.directories.output=${output}`, {
    cwd: root,
    shell: true,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`,
      HTTP_PROXY: nowhere,
      HTTPS_PROXY: nowhere,
      http_proxy: nowhere,
      https_proxy: nowhere,
    },
  });
  expect(result.status, result.stdout + result.stderr).toBe(0);
  app = join(output, `linux${process.arch === 'x64' ? '' : `-${process.arch}`}-unpacked`);
  asar = join(app, 'resources', 'app.asar');
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the archive', () => {
  test('holds main, preload, console, configuration and package.json', () => {
    const files = listPackage(asar, { isPack: false });
    expect(files).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/dist/main/desktop.js',
        '/dist/main/demo-origins-worker.js',
        '/dist/main/history-worker.js',
        '/dist/preload/preload.cjs',
        '/dist/renderer/index.html',
        '/config/default.toml',
      ]),
    );
  });

  test('holds nothing else: no sources, tests, packages or source maps', () => {
    const places = /^\/(package\.json|LICENSE|config(\/|$)|dist($|\/(main|preload|renderer)(\/|$)))/;
    const files = listPackage(asar, { isPack: false });
    expect(files.filter((file) => !places.test(file))).toEqual([]);
    expect(files.filter((file) => /\.(tsx?|mts|map)$|node_modules|\.test\./.test(file))).toEqual([]);
  });

  test('says what to start, and nothing of how it was made', () => {
    extractAll(asar, join(folder, 'said'));
    const said = JSON.parse(readFileSync(join(folder, 'said', 'package.json'), 'utf8'));
    expect(said).toMatchObject({ name: 'hotpool-console', type: 'module', main: 'dist/main/desktop.js' });
    expect(said).not.toHaveProperty('devDependencies');
    expect(said).not.toHaveProperty('dependencies');
    expect(said).not.toHaveProperty('scripts');
  });

  test('is all that the app needs: it runs with nothing else around it', async () => {
    const alone = join(folder, 'alone');
    extractAll(asar, alone);
    const { path } = ensureBrowser();
    const browser = await chromium.launch(path === null ? {} : { executablePath: path });
    try {
      await using desktop = await DesktopProcess.start({
        context: await browser.newContext(),
        main: join(alone, 'dist', 'main', 'desktop.js'),
        args: ['--data', join(folder, 'data'), '--demo=3'],
      });
      const page = await desktop.firstPage();
      const answer = await page.evaluate(() =>
        window.hotpool?.request({ type: 'request', id: 1, name: 'session.describe', input: {} }),
      );
      expect(answer).toMatchObject({ type: 'response', id: 1, output: { mode: 'demo' } });
    } finally {
      await browser.close();
    }
  });
});

test('point 19: the fuses are set in the binary', async () => {
  const wire = await getCurrentFuseWire(join(app, 'hotpool-console'));
  const { ENABLE: on, DISABLE: off } = FuseState;
  expect(wire).toMatchObject({
    [FuseV1Options.RunAsNode]: off,
    [FuseV1Options.EnableCookieEncryption]: on,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
    [FuseV1Options.EnableNodeCliInspectArguments]: off,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
    [FuseV1Options.OnlyLoadAppFromAsar]: on,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
  });
});
