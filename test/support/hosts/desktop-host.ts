/** The desktop host: the built main, preload and console on the stand-in for Electron. */
import { join } from 'node:path';
import { DesktopProcess } from '../electron-stand-in/test-side/desktop-process.ts';
import { type HostOptions, type RunningConsole, root } from './running-console.ts';

export const desktopMain = join(root, 'dist', 'main', 'desktop.js');

export async function startDesktopHost({ context, dataFolder, args }: HostOptions): Promise<RunningConsole> {
  const desktop = await DesktopProcess.start({ context, main: desktopMain, args: ['--data', dataFolder, ...args] });
  const page = await desktop.firstPage();
  return {
    page,
    pid: desktop.pid ?? 0,
    get stdout() {
      return desktop.stdout;
    },
    get stderr() {
      return desktop.stderr;
    },
    ended: desktop.ended,
    kill: (signal) => desktop.kill(signal),
  };
}
