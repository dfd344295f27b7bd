/** Starts the origin's process and tells where it listens. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const originHostname = 'origin.test';
/** The server's SETTINGS_MAX_CONCURRENT_STREAMS, and what every contender keeps to. */
export const streamsPerConnection = 100;
/** To the far origin. */
export const roundTripMs = 20;

/** All on 127.0.0.1. */
export interface OriginPlace {
  readonly authorityPem: string;
  readonly h1Port: number;
  readonly h2Port: number;
  /** HTTP/1.1, {@link roundTripMs} away. */
  readonly farPort: number;
}

export interface Origin extends AsyncDisposable {
  readonly place: OriginPlace;
}

const file = fileURLToPath(new URL('./origin-process.ts', import.meta.url));

/** @throws Error when the process ends before it has told. */
export async function startOrigin(): Promise<Origin> {
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await firstLine(child);
  return {
    place: JSON.parse(line) as OriginPlace,
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the origin's process ended with ${code}`)));
    if (child.stdout) {
      createInterface({ input: child.stdout }).once('line', resolve);
    }
  });
}
