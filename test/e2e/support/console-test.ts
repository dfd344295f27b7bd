/**
 * The fixture of all journeys: a console on an empty data folder, in the host that the project names. Each test has a
 * console of its own, which is ended with the test.
 *
 * ```ts
 * import { expect, test } from './support/console-test.ts';
 *
 * test('a blocked IP is still blocked after kill -9', async ({ page, restart }) => {
 *   …
 *   const again = await restart({ kill: 'SIGKILL' });
 *   await expect(again.getByText('127.0.0.7')).toBeVisible();
 * });
 * ```
 */
import { type BrowserContext, test as base, type Page } from '@playwright/test';
import { startDesktopHost } from '../../support/hosts/desktop-host.ts';
import { electronObstacle, startElectronHost } from '../../support/hosts/electron-host.ts';
import { startHeadlessHost } from '../../support/hosts/headless-host.ts';
import {
  type HostKind,
  type HostOptions,
  makeDataFolder,
  type RunningConsole,
  removeDataFolder,
} from '../../support/hosts/running-console.ts';

export { expect } from '@playwright/test';

export interface RestartOptions {
  /** `SIGKILL` as a power cut, `SIGTERM` as Ctrl-C: then it drains and must end with status 0. */
  readonly kill: 'SIGKILL' | 'SIGTERM';
}

export interface ConsoleOptions {
  /** Set by the project. */
  hostKind: HostKind;
  /** Beside `--data`; `test.use({ consoleArgs: ['--demo=1631'] })`. Without any, the console watches the demo. */
  consoleArgs: string[];
  /**
   * Nothing in the page moves, as for a person who asked the system for that: a picture that is looked at in the middle of
   * a transition shows colours that are nobody's. `full` where motion itself is measured.
   */
  motion: 'reduced' | 'full';
}

export interface ConsoleFixtures {
  /** Empty at the start; removed after the test. */
  dataFolder: string;
  /** The host itself, for tests about its process. */
  console: ConsoleUnderTest;
  /** Ends the console by a signal and starts it anew on the same data folder. The old page is closed: use the new one. */
  restart: (options: RestartOptions) => Promise<Page>;
  /** Skips the test where its host cannot be run, before a browser is started for it. */
  hostIsThere: undefined;
}

const starters: Record<HostKind, (options: HostOptions) => Promise<RunningConsole>> = {
  headless: startHeadlessHost,
  desktop: startDesktopHost,
  electron: startElectronHost,
};

export class ConsoleUnderTest {
  /** Uncaught errors and violations of the content security policy, in any of the pages so far. */
  readonly faults: string[] = [];
  readonly #start: () => Promise<RunningConsole>;
  readonly #motion: ConsoleOptions['motion'];
  readonly #watched = new Set<BrowserContext>();
  #running: RunningConsole | null = null;

  constructor(context: BrowserContext, motion: ConsoleOptions['motion'], start: () => Promise<RunningConsole>) {
    this.#start = start;
    this.#motion = motion;
    this.#watch(context);
  }

  /** @throws Error when it is not running. */
  get running(): RunningConsole {
    if (!this.#running) {
      throw new Error('The console is not running');
    }
    return this.#running;
  }

  async start(): Promise<Page> {
    this.#running = await this.#start();
    const { page } = this.#running;
    this.#watch(page.context());
    await page.emulateMedia({ reducedMotion: this.#motion === 'reduced' ? 'reduce' : 'no-preference' });
    return page;
  }

  async restart({ kill }: RestartOptions): Promise<Page> {
    const { stderr } = this.running;
    const { code, signal } = await this.running.kill(kill);
    if (kill === 'SIGTERM' && code !== 0) {
      throw new Error(`The console ended by ${signal ?? `status ${code}`} instead of status 0: ${stderr.trim()}`);
    }
    return this.start();
  }

  async end(): Promise<void> {
    await this.#running?.kill('SIGKILL');
    this.#running = null;
  }

  /** Electron brings a browser context of its own. */
  #watch(context: BrowserContext): void {
    if (this.#watched.has(context)) {
      return;
    }
    this.#watched.add(context);
    context.on('weberror', (webError) => {
      const error = webError.error();
      this.faults.push(error.stack ?? error.message);
    });
    context.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) {
        this.faults.push(message.text());
      }
    });
  }
}

export const test = base.extend<ConsoleOptions & ConsoleFixtures>({
  hostKind: ['headless', { option: true }],
  consoleArgs: [[], { option: true }],
  motion: ['reduced', { option: true }],
  hostIsThere: [
    async ({ hostKind }, use, testInfo) => {
      const obstacle = hostKind === 'electron' ? electronObstacle() : null;
      testInfo.skip(obstacle !== null, obstacle ?? '');
      await use(undefined);
    },
    { auto: true },
  ],
  dataFolder: async ({ hostKind: _ }, use) => {
    const folder = makeDataFolder();
    await use(folder);
    removeDataFolder(folder);
  },
  console: async ({ hostKind, consoleArgs, motion, dataFolder, context, timezoneId }, use) => {
    const console = new ConsoleUnderTest(context, motion, () =>
      starters[hostKind]({ context, dataFolder, args: consoleArgs, timezoneId }),
    );
    try {
      await console.start();
      await use(console);
    } finally {
      await console.end();
    }
    base.expect(console.faults, 'errors in the page').toEqual([]);
  },
  page: async ({ console }, use) => {
    await use(console.running.page);
  },
  restart: async ({ console }, use) => {
    await use((options) => console.restart(options));
  },
});
