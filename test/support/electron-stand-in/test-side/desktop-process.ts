/** Starts a built main on the stand-in, in a process of its own, with its windows in the given browser context. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page, Route } from '@playwright/test';
import type { ProcessEnd } from '../../process-end.ts';
import type { FromMain, MenuItemInfo, QuestionName, Questions, RecordEntry, ToMain } from '../wire.ts';
import { type MainLine, StandInWindow, serve } from './stand-in-window.ts';

export interface DesktopOptions {
  readonly context: BrowserContext;
  /** The built main, `dist/main/desktop.js`. */
  readonly main: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Gives sub-frames the preload's powers, as a compromised renderer might have them. */
  readonly preloadInSubFrames?: boolean;
}

const runMain = fileURLToPath(new URL('../run-main.ts', import.meta.url));

export class DesktopProcess implements MainLine, AsyncDisposable {
  /** What main configured, in order. */
  readonly record: RecordEntry[] = [];
  /** The application menu as main set it last. */
  menu: readonly MenuItemInfo[] = [];
  stdout = '';
  stderr = '';
  readonly ended: Promise<ProcessEnd>;
  readonly #child: ChildProcess;
  readonly #options: DesktopOptions;
  readonly #windows = new Map<number, Promise<StandInWindow>>();
  readonly #open = new Map<Page, StandInWindow>();
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #firstLoad = Promise.withResolvers<StandInWindow>();
  readonly #onRoute = (route: Route): Promise<void> => this.#serve(route);
  #lastCall = 0;
  #isEnded = false;

  private constructor(child: ChildProcess, options: DesktopOptions) {
    this.#child = child;
    this.#options = options;
    this.ended = this.#untilEnd();
    // A start that ends early is told by whoever waits for the window; nobody else needs to hear it.
    this.#firstLoad.promise.catch(() => undefined);
    child.on('message', (message: FromMain) => void this.#receive(message));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
  }

  static async start(options: DesktopOptions): Promise<DesktopProcess> {
    const child = spawn(process.execPath, [runMain, options.main, ...options.args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
      env: { ...process.env, ...options.env },
    });
    const desktop = new DesktopProcess(child, options);
    await options.context.route('**/*', desktop.#onRoute);
    return desktop;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The page of the first window, its document loaded. @throws when main ends first, with what it said. */
  async firstPage(): Promise<Page> {
    return (await this.#firstLoad.promise).page;
  }

  pages(): Page[] {
    return [...this.#open.keys()];
  }

  /** Calls to Electron by name, such as `BrowserWindow` or `app.enableSandbox`. */
  recorded(call: string): RecordEntry[] {
    return this.record.filter((entry) => entry.call === call);
  }

  /** Clicks the application menu. */
  clickMenu(...path: readonly string[]): Promise<boolean> {
    return this.ask('menu', { path });
  }

  /** Clicks the newest notification; false when none is shown. */
  clickNotification(): Promise<boolean> {
    return this.ask('notification', {});
  }

  /** As the window manager's close button. Resolves to false when main prevented it. */
  closeWindow(windowId = 1): Promise<boolean> {
    return this.ask('close', { windowId });
  }

  /** Shows another address in the first window without asking main, as a hole in its guard would. */
  async breakOut(url: string): Promise<void> {
    await (await this.#firstLoad.promise).load(url);
  }

  kill(signal: NodeJS.Signals): Promise<ProcessEnd> {
    this.#child.kill(signal);
    return this.ended;
  }

  quit(): Promise<ProcessEnd> {
    this.tell({ kind: 'quit' });
    return this.ended;
  }

  ask<Name extends QuestionName>(name: Name, ask: Questions[Name]['ask']): Promise<Questions[Name]['answer']> {
    this.#lastCall += 1;
    const callId = this.#lastCall;
    return new Promise((resolve, reject) => {
      if (this.#isEnded) {
        reject(new Error('The main process has ended'));
        return;
      }
      this.#waiting.set(callId, { resolve: (value) => resolve(value as Questions[Name]['answer']), reject });
      this.tell({ kind: 'ask', callId, name, ask } as ToMain);
    });
  }

  tell(message: ToMain): void {
    if (this.#child.connected) {
      // A process that dies meanwhile is heard of by its end.
      this.#child.send(message, () => undefined);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#isEnded) {
      await this.kill('SIGKILL');
    }
    await this.ended;
  }

  async #untilEnd(): Promise<ProcessEnd> {
    const [code, signal] = (await once(this.#child, 'close')) as [number | null, NodeJS.Signals | null];
    this.#isEnded = true;
    const gone = new Error(`The main process ended (${signal ?? `exit ${code}`}): ${this.stderr.trim()}`);
    this.#firstLoad.reject(gone);
    for (const { reject } of this.#waiting.values()) {
      reject(gone);
    }
    this.#waiting.clear();
    for (const window of await Promise.allSettled(this.#windows.values())) {
      if (window.status === 'fulfilled') {
        await window.value.close();
      }
    }
    await this.#options.context.unroute('**/*', this.#onRoute).catch(() => undefined);
    return { code, signal };
  }

  async #receive(message: FromMain): Promise<void> {
    switch (message.kind) {
      case 'record':
        this.record.push(message.entry);
        break;
      case 'menu':
        this.menu = message.items;
        break;
      case 'answer':
        this.#settle(message);
        break;
      case 'window':
        this.#windows.set(message.windowId, this.#openWindow(message));
        break;
      case 'load':
        await this.#load(message);
        break;
      case 'message': {
        const window = await this.#windows.get(message.windowId);
        window?.deliverMessage(message.document, message.channel, message.args);
        break;
      }
      case 'reload':
        await (await this.#windows.get(message.windowId))?.reload();
        break;
      case 'resize': {
        const window = await this.#windows.get(message.windowId);
        await window?.page.setViewportSize({ width: message.width, height: message.height });
        break;
      }
      case 'destroy': {
        const window = await this.#windows.get(message.windowId);
        this.#windows.delete(message.windowId);
        await window?.close();
        break;
      }
    }
  }

  #settle(message: Extract<FromMain, { kind: 'answer' }>): void {
    const waiting = this.#waiting.get(message.callId);
    this.#waiting.delete(message.callId);
    if (message.ok) {
      waiting?.resolve(message.value);
    } else {
      waiting?.reject(new Error(message.message));
    }
  }

  async #openWindow(message: Extract<FromMain, { kind: 'window' }>): Promise<StandInWindow> {
    const { context, preloadInSubFrames = false } = this.#options;
    const window = await StandInWindow.open(message.windowId, context, this, message.preferences, preloadInSubFrames);
    this.#open.set(window.page, window);
    window.page.on('close', () => this.#open.delete(window.page));
    await window.page.setViewportSize({ width: message.width, height: message.height });
    return window;
  }

  async #load({ callId, windowId, url }: Extract<FromMain, { kind: 'load' }>): Promise<void> {
    try {
      const window = await this.#windows.get(windowId);
      await window?.load(url);
      if (window) {
        this.#firstLoad.resolve(window);
      }
      this.tell({ kind: 'answer', callId, ok: true, value: null });
    } catch (error) {
      this.tell({ kind: 'answer', callId, ok: false, message: String(error) });
    }
  }

  async #serve(route: Route): Promise<void> {
    try {
      await serve(route, this, (page) => (page && this.#open.get(page)) ?? null);
    } catch {
      await route.abort('failed').catch(() => undefined);
    }
  }
}
