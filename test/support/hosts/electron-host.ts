/** The desktop host in Electron itself, driven by Playwright, where its binary can be run. */
import { once } from 'node:events';
import { _electron } from '@playwright/test';
import { electronPath, windowObstacle } from '../../../electron/launch/choose-host.mjs';
import type { ProcessEnd } from '../process-end.ts';
import { type HostOptions, type RunningConsole, root } from './running-console.ts';

/** null when Electron can be run here. */
export function electronObstacle(): string | null {
  const { platform, env } = process;
  if (electronPath(env) === null) {
    return "Electron's binary is not installed (npx install-electron)";
  }
  return windowObstacle({ platform, env, isRoot: process.getuid?.() === 0 });
}

export async function startElectronHost({ dataFolder, args, timezoneId }: HostOptions): Promise<RunningConsole> {
  const executablePath = electronPath(process.env);
  if (executablePath === null) {
    throw new Error(electronObstacle() ?? 'No Electron');
  }
  const electron = await _electron.launch({
    executablePath,
    args: [root, '--data', dataFolder, ...args],
    ...(timezoneId === undefined ? {} : { timezoneId }),
  });
  const child = electron.process();
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const ended = once(child, 'exit').then(([code, signal]): ProcessEnd => ({ code, signal }));
  return {
    page: await electron.firstWindow(),
    pid: child.pid ?? 0,
    get stdout() {
      return output.stdout;
    },
    get stderr() {
      return output.stderr;
    },
    ended,
    kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
