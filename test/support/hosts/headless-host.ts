/** The headless host in a process of its own, its page in the given browser context. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ProcessEnd } from '../process-end.ts';
import { type HostOptions, type RunningConsole, root } from './running-console.ts';

export const headlessMain = join(root, 'dist', 'main', 'headless.js');

const readyLine = /^Hotpool Console ready at (http:\/\/127\.0\.0\.1:\d+\/#token=\S+)$/m;

export interface HeadlessProcess {
  readonly url: string;
  readonly pid: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly ended: Promise<ProcessEnd>;
  kill(signal: NodeJS.Signals): Promise<ProcessEnd>;
}

/** Resolves when the console says it is ready. @throws Error with what it said when it ends before. */
export async function startHeadlessProcess(args: readonly string[]): Promise<HeadlessProcess> {
  const child = spawn(process.execPath, [headlessMain, '--port', '0', '--no-open', ...args], {
    cwd: root,
    // As the launcher does: should this process end without a word, the channel closes and the host stops by itself.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ready = Promise.withResolvers<string>();
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
    const url = readyLine.exec(output.stdout)?.[1];
    if (url) {
      ready.resolve(url);
    }
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]): ProcessEnd => {
    ready.reject(new Error(`The headless host ended (${signal ?? `exit ${code}`}): ${output.stderr.trim()}`));
    return { code, signal };
  });
  const url = await ready.promise;
  return {
    url,
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

export async function startHeadlessHost({ context, dataFolder, args }: HostOptions): Promise<RunningConsole> {
  const host = await startHeadlessProcess(['--data', dataFolder, ...args]);
  try {
    const page = await context.newPage();
    await page.goto(host.url);
    const kill = async (signal: NodeJS.Signals): Promise<ProcessEnd> => {
      // As the other hosts do: the window goes with its process.
      await page.close();
      return host.kill(signal);
    };
    return Object.assign(Object.create(host), { page, kill });
  } catch (error) {
    await host.kill('SIGKILL');
    throw error;
  }
}
