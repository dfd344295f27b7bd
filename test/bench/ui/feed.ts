/** Starts the process that makes the feed, and tells where its two pages are. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { transformWithOxc } from 'vite';

export interface FeedOptions {
  readonly seed: number;
  readonly connections: number;
  readonly changesPerSecond: number;
}

/** Addresses with their key. */
export interface FeedPlace {
  readonly consoleUrl: string;
  /** The same feed into a bare virtual list. */
  readonly floorUrl: string;
}

export interface Feed extends AsyncDisposable {
  readonly place: FeedPlace;
}

const file = fileURLToPath(new URL('./feed-process.ts', import.meta.url));
const floorSource = new URL('./floor/', import.meta.url);

/** @throws Error when the process ends before it has told. */
export async function startFeed(options: FeedOptions): Promise<Feed> {
  const floorFolder = await layOutFloor();
  const child = spawn(process.execPath, [file, JSON.stringify(options), floorFolder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const ended = exited.then(([code]) => {
    throw new Error(`the feed's process ended with ${code}`);
  });
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended]);
  return {
    place: JSON.parse(line) as FeedPlace,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await Promise.allSettled([ended]);
      rmSync(floorFolder, { recursive: true, force: true });
    },
  };
}

/** The floor's page as a browser reads it, in a folder of its own. */
async function layOutFloor(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hotpool-floor-'));
  for (const name of ['index.html', 'floor.css']) {
    copyFileSync(new URL(name, floorSource), join(folder, name));
  }
  const script = readFileSync(new URL('floor.ts', floorSource), 'utf8');
  const { code } = await transformWithOxc(script, 'floor.ts');
  writeFileSync(join(folder, 'floor.js'), code);
  return folder;
}
