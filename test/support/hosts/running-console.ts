/** A console under test, whichever host it runs in. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import type { ProcessEnd } from '../process-end.ts';

export type HostKind = 'headless' | 'desktop' | 'electron';

/** The repository's root. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface HostOptions {
  readonly context: BrowserContext;
  readonly dataFolder: string;
  /** Beside `--data`. */
  readonly args: readonly string[];
  /** Of the page, where the given context does not set it: Electron brings a context of its own. */
  readonly timezoneId?: string | undefined;
}

export interface RunningConsole {
  readonly page: Page;
  /** Of the process that runs the engine. */
  readonly pid: number;
  /** What it has written so far. */
  readonly stdout: string;
  readonly stderr: string;
  readonly ended: Promise<ProcessEnd>;
  kill(signal: NodeJS.Signals): Promise<ProcessEnd>;
}

export function makeDataFolder(): string {
  return mkdtempSync(join(tmpdir(), 'hotpool-data-'));
}

export function removeDataFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
