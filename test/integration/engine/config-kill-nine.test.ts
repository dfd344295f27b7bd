/** A process that is killed while it saves the configuration leaves a whole file, with all it has confirmed. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ConfigVersions } from '../../../core/config/config-versions.ts';
import { parseConfig } from '../../../core/config/load-config.ts';
import { printDefaultConfig } from '../../../core/config/print-config.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const writer = join(import.meta.dirname, '../../support/config-writer.ts');
const rounds = 6;

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-kill-config-'));
  file = join(folder, 'hotpool.toml');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The values that were confirmed before the kill. */
function runUntilKilled(confirmations: number, delayMs: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    let doomed = false;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (!doomed && output.split('\n').length > confirmations) {
        doomed = true;
        setTimeout(() => child.kill('SIGKILL'), delayMs);
      }
    });
    child.on('error', reject);
    child.on('close', () => resolve(output.split('\n').slice(0, -1).map(Number)));
  });
}

it(`holds after each of ${rounds} kills`, async () => {
  const random = seededRandom(7);
  const before = printDefaultConfig();
  writeFileSync(file, before);
  for (let round = 0; round < rounds; round += 1) {
    const confirmed = await runUntilKilled(1 + Math.floor(random.next() * 20), random.next() * 8);
    const last = confirmed.at(-1) ?? 0;
    const text = readFileSync(file, 'utf8');
    const { 'pool.idle_timeout': idle } = parseConfig(text, file).values;
    // The one after the last may have been written and not yet confirmed.
    expect([last, last === 120 ? 31 : last + 1]).toContain(idle);
    expect(text.replace(/^idle_timeout = \d+$/m, 'idle_timeout = 60')).toBe(before);
    const versions = new ConfigVersions(folder, file);
    for (const { id } of await versions.list()) {
      expect((await versions.text(id))?.replace(/^idle_timeout = \d+$/m, 'idle_timeout = 60')).toBe(before);
    }
  }
});
