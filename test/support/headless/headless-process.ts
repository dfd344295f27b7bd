/** The headless console as a process of its own, started as a person or the launcher starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const startScript = fileURLToPath(new URL('../../../electron/launch/start.mjs', import.meta.url));
export const hostScript = fileURLToPath(new URL('../../../dist/main/headless.js', import.meta.url));

export interface Ready {
  readonly url: string;
  readonly origin: string;
  readonly port: number;
  readonly token: string;
}

export class HeadlessProcess {
  readonly child: ChildProcess;
  readonly stdout: string[] = [];
  readonly stderr: string[] = [];
  /** Resolves with exit status or signal when the process and its output have ended. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  readonly #ready = Promise.withResolvers<Ready>();

  /** Never opens a window, for there is no display; `env` comes on top of the test's own. */
  constructor(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, npm_lifecycle_event: _npm, ...inherited } = process.env;
    this.child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...inherited, ...env } });
    this.#ready.promise.catch(() => {});
    this.#listen(this.child.stdout, (line) => {
      this.stdout.push(line);
      const [, origin, port, token] =
        /^Hotpool Console ready at (http:\/\/127\.0\.0\.1:(\d+))\/#token=(\S+)$/.exec(line) ?? [];
      if (origin && port && token) {
        this.#ready.resolve({ url: `${origin}/#token=${token}`, origin, port: Number(port), token });
      }
    });
    this.#listen(this.child.stderr, (line) => this.stderr.push(line));
    this.ended = once(this.child, 'close').then(() => {
      const end = this.child.exitCode ?? this.child.signalCode;
      this.#ready.reject(new Error(`ended (${end}) before it was ready:\n${this.stderr.join('\n')}`));
      return end;
    });
  }

  /** Rejects when the process ends before it is ready. */
  get ready(): Promise<Ready> {
    return this.#ready.promise;
  }

  get errors(): string {
    return this.stderr.join('\n');
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  #listen(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
    if (stream) {
      createInterface({ input: stream }).on('line', onLine);
    }
  }
}

/** Asks a headless console one request of the contract. */
export async function askConsole({ origin, token }: Ready, name: string, input: unknown = {}): Promise<unknown> {
  const response = await fetch(`${origin}/api/request`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ name, input }),
  });
  const answer: unknown = await response.json();
  if (response.ok && typeof answer === 'object' && answer !== null && 'output' in answer) {
    return answer.output;
  }
  throw new Error(`${response.status}: ${JSON.stringify(answer)}`);
}
