/** `app`: ready after main is evaluated, quitting in Electron's order, one instance per user data folder. */
import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { channel } from './channel.ts';
import { electronEvent, emitPreventable } from './electron-event.ts';

export interface Closable {
  /** false when main prevented it. */
  close(): boolean;
}

class App extends EventEmitter {
  readonly name = 'Hotpool Console';
  readonly isPackaged = false;
  readonly commandLine = {
    appendSwitch: (name: string, value?: string): void => channel.record('app.commandLine.appendSwitch', name, value),
  };
  readonly #paths = new Map<string, string>([
    ['home', homedir()],
    ['temp', tmpdir()],
    ['appData', join(homedir(), '.config')],
    ['userData', join(homedir(), '.config', 'Hotpool Console')],
  ]);
  readonly #ready = Promise.withResolvers<void>();
  #windows: () => readonly Closable[] = () => [];
  #quitting = false;

  constructor() {
    super();
    // The first signal quits in order, the second kills: Chromium puts the default handler back after the first. A main
    // that listens after `ready` replaces Chromium's handler.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        if (process.listenerCount(signal) === 0) {
          this.quit();
        }
      });
    }
    // Electron lives until it quits, whatever main waits for.
    setInterval(() => undefined, 2 ** 30);
    channel.listen((message) => {
      if (message.kind === 'quit') {
        this.quit();
      }
    });
  }

  /** For the stand-in only. */
  knowWindows(windows: () => readonly Closable[]): void {
    this.#windows = windows;
  }

  /** For the stand-in only: main is evaluated, so `ready` fires. */
  becomeReady(): void {
    mkdirSync(this.getPath('userData'), { recursive: true });
    channel.ready = true;
    channel.send({ kind: 'ready' });
    this.emit('ready', electronEvent({}), {});
    this.#ready.resolve();
  }

  isReady(): boolean {
    return channel.ready;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  enableSandbox(): void {
    if (channel.ready) {
      throw new Error('app.enableSandbox() can only be called before app is ready');
    }
    channel.record('app.enableSandbox');
  }

  getPath(name: string): string {
    const path = this.#paths.get(name);
    if (path === undefined) {
      throw new Error(`Failed to get '${name}' path`);
    }
    return path;
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) {
      throw new Error(`Path must exist: ${path}`);
    }
    channel.record('app.setPath', name, path);
    this.#paths.set(name, path);
  }

  getName(): string {
    return this.name;
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-GB'];
  }

  setAboutPanelOptions(options: object): void {
    channel.record('app.setAboutPanelOptions', options);
  }

  showAboutPanel(): void {
    channel.record('app.showAboutPanel');
  }

  setAppUserModelId(id: string): void {
    channel.record('app.setAppUserModelId', id);
  }

  /** Held by a file with the holder's process id; a second start leaves its arguments beside it for the first. */
  requestSingleInstanceLock(additionalData: object = {}): boolean {
    const folder = this.getPath('userData');
    mkdirSync(folder, { recursive: true });
    const lock = join(folder, 'SingletonLock');
    const knock = join(folder, 'SingletonKnock');
    channel.record('app.requestSingleInstanceLock', folder);
    for (;;) {
      try {
        writeFileSync(lock, String(process.pid), { flag: 'wx' });
        break;
      } catch {
        if (isAlive(Number(readFileSync(lock, 'utf8')))) {
          writeFileSync(knock, JSON.stringify({ argv: process.argv, cwd: process.cwd(), additionalData }));
          return false;
        }
        rmSync(lock, { force: true });
      }
    }
    const watcher = watch(folder, (_, file) => {
      if (file === 'SingletonKnock') {
        this.#hearKnock(knock);
      }
    });
    watcher.unref();
    process.once('exit', () => rmSync(lock, { force: true }));
    return true;
  }

  #hearKnock(knock: string): void {
    let text: string;
    try {
      text = readFileSync(knock, 'utf8');
      const { argv, cwd, additionalData } = JSON.parse(text);
      rmSync(knock, { force: true });
      this.emit('second-instance', electronEvent({}), argv, cwd, additionalData);
    } catch {
      // Half written, or heard already: the next change comes, or none is needed.
    }
  }

  /** before-quit, the windows' close, will-quit, quit, each of the first three preventable. */
  quit(): void {
    if (this.#quitting) {
      return;
    }
    if (emitPreventable(this, 'before-quit', {})) {
      return;
    }
    this.#quitting = true;
    const allClosed = [...this.#windows()].every((window) => window.close());
    if (!allClosed || emitPreventable(this, 'will-quit', {})) {
      this.#quitting = false;
      return;
    }
    this.#leave(0);
  }

  /** At once, without asking the windows. */
  exit(code = 0): void {
    this.#leave(code);
  }

  /** For the stand-in only. */
  windowClosed(left: number): void {
    if (left > 0 || this.#quitting) {
      return;
    }
    if (this.listenerCount('window-all-closed') === 0) {
      this.quit();
    } else {
      this.emit('window-all-closed');
    }
  }

  #leave(code: number): void {
    this.emit('quit', electronEvent({}), code);
    process.exit(code);
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

export const app = new App();
