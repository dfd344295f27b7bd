/** A start that is expected to end by itself, in the host that the project names. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Browser } from '@playwright/test';
import { electronPath } from '../../../electron/launch/choose-host.mjs';
import { DesktopProcess } from '../../support/electron-stand-in/test-side/desktop-process.ts';
import { desktopMain } from '../../support/hosts/desktop-host.ts';
import { headlessMain } from '../../support/hosts/headless-host.ts';
import { type HostKind, root } from '../../support/hosts/running-console.ts';

export interface FailedStart {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Never ends by itself when the start succeeds; the test's time limit does. */
export async function failedStart(hostKind: HostKind, browser: Browser, args: readonly string[]): Promise<FailedStart> {
  switch (hostKind) {
    case 'headless':
      return outcomeOf(process.execPath, [headlessMain, '--no-open', ...args]);
    case 'electron':
      return outcomeOf(electronPath(process.env) ?? 'electron', [root, ...args]);
    case 'desktop': {
      // In a context of its own: the first console's pages are served by the first one's main.
      const context = await browser.newContext();
      await using desktop = await DesktopProcess.start({ context, main: desktopMain, args });
      const { code } = await desktop.ended;
      await context.close();
      return { code, stdout: desktop.stdout, stderr: desktop.stderr };
    }
  }
}

async function outcomeOf(program: string, args: readonly string[]): Promise<FailedStart> {
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code: child.exitCode, stdout, stderr };
  } finally {
    child.kill('SIGKILL');
  }
}
