/** The launcher's build on a small house of its own, with a stand-in for Vite. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const launch = join(import.meta.dirname, '..', '..', '..', 'electron', 'launch');

/** Takes its time, so that two of them would overlap; builds what `core/a.ts` says, and fails when it says `broken`. */
const standIn = `
const { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
appendFileSync('builds', 'begin ');
const source = readFileSync('core/a.ts', 'utf8');
for (const folder of ['main', 'preload', 'renderer']) {
  rmSync('dist/' + folder, { recursive: true, force: true });
}
setTimeout(() => {
  if (source === 'broken') process.exit(1);
  for (const product of ['main/headless.js', 'main/desktop.js', 'preload/preload.cjs', 'renderer/index.html']) {
    mkdirSync('dist/' + product.split('/')[0], { recursive: true });
    writeFileSync('dist/' + product, source);
  }
  appendFileSync('builds', 'end ');
}, 50);
`;

let house: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
}

function built(): string {
  return readFileSync(join(house, 'dist/main/headless.js'), 'utf8');
}

function builds(): string {
  return existsSync(join(house, 'builds')) ? readFileSync(join(house, 'builds'), 'utf8').trim() : '';
}

async function ensureBuilt(): Promise<void> {
  const script = "import('./electron/launch/setup.mjs').then((setup) => setup.ensureBuilt())";
  await promisify(execFile)(process.execPath, ['-e', script], { cwd: house });
}

async function npmRunBuild(): Promise<void> {
  await promisify(execFile)(process.execPath, ['electron/launch/build.mjs'], { cwd: house });
}

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'hotpool-house-'));
  cpSync(launch, join(house, 'electron', 'launch'), { recursive: true });
  write('node_modules/vite/bin/vite.js', standIn);
  write('core/a.ts', 'one');
});

afterEach(() => rmSync(house, { recursive: true, force: true }));

describe('a start', () => {
  it('builds once, and again when a source is another', async () => {
    await ensureBuilt();
    await ensureBuilt();
    expect([builds(), built()]).toEqual(['begin end', 'one']);
    write('core/a.ts', 'two');
    await ensureBuilt();
    expect(built()).toBe('two');
  });

  it('beside another one waits for its build and makes none of its own', async () => {
    await Promise.all([ensureBuilt(), ensureBuilt()]);
    expect(builds()).toBe('begin end');
    expect(existsSync(join(house, '.hotpool-setup.lock'))).toBe(false);
  });

  it('does not take a build by hand of other sources for its own', async () => {
    await ensureBuilt();
    write('core/a.ts', 'two');
    await npmRunBuild();
    write('core/a.ts', 'one');
    await ensureBuilt();
    expect(built()).toBe('one');
  });

  it('builds again after a build that failed', async () => {
    await ensureBuilt();
    write('core/a.ts', 'broken');
    await expect(npmRunBuild()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('could not be built'),
    });
    write('core/a.ts', 'one');
    await ensureBuilt();
    expect(builds()).toBe('begin end begin begin end');
  });
});

it('npm run build builds also what is built already', async () => {
  await npmRunBuild();
  await npmRunBuild();
  expect(builds()).toBe('begin end begin end');
});
