/** What both hosts begin and end with. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ConsoleHostOptions, openConsoleHost, reserveStart } from '../../../electron/shared/console-host.ts';
import { root } from '../../support/hosts/running-console.ts';

let dataFolder: string;
let lines: string[];

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'hotpool-host-'));
  lines = [];
});

afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

function options(): ConsoleHostOptions {
  return {
    kind: 'headless',
    commandLine: { configFile: null, dataFolder, demo: { endpoints: 3 } },
    appFolder: root,
    writeLogLine: (line) => lines.push(line),
  };
}

it('an end that waits for a lease says so, and for how long at most', async () => {
  const host = await openConsoleHost(options());
  const lease = await host.engine.pool.acquire('api.demo.test');
  const closing = host.close();
  await expect
    .poll(() => lines, { timeout: 10_000 })
    .toContainEqual(expect.stringContaining('still waiting for 1 lease, 5 s at most; ask again to close at once'));
  lease.release();
  await closing;
  expect(lines.at(-1)).toContain('pool.closed');
});

it('an end that waits for nothing says nothing but that it came', async () => {
  const host = await openConsoleHost(options());
  const before = lines.length;
  await host.close();
  expect(lines.slice(before)).toEqual([expect.stringContaining('pool.closed')]);
});

it('a start that is given up before the engine ran leaves the folder to the next', async () => {
  const given = await reserveStart(options());
  await expect(reserveStart(options())).rejects.toThrow('Another Hotpool Console');
  await given.release();
  expect(readdirSync(dataFolder)).toEqual([]);
  await (await reserveStart(options())).release();
});
