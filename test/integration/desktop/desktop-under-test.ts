/** One browser for all tests of a file, and a desktop with a small demo fleet for whoever asks. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { DesktopProcess } from '../../support/electron-stand-in/test-side/desktop-process.ts';
import { ensureBrowser } from '../../support/ensure-browser.mjs';
import { desktopMain } from '../../support/hosts/desktop-host.ts';
import { makeDataFolder, removeDataFolder } from '../../support/hosts/running-console.ts';

export interface DesktopUnderTestOptions {
  readonly dataFolder?: string;
  readonly args?: readonly string[];
  readonly preloadInSubFrames?: boolean;
}

export interface StartedDesktop {
  readonly desktop: DesktopProcess;
  readonly context: BrowserContext;
}

export interface DesktopLab {
  /** One that ends with the test. */
  start(options?: DesktopUnderTestOptions): Promise<StartedDesktop>;
  /** One for all tests of the file: for tests that leave the process as they found it. */
  shared(): Promise<StartedDesktop>;
  /** The same with its page, loaded anew. */
  sharedPage(): Promise<StartedDesktop & { readonly page: Page }>;
  /** Empty; goes with the test. */
  dataFolder(): string;
}

export function desktopLab(): DesktopLab {
  let browser: Browser;
  let sharedDesktop: Promise<StartedDesktop> | null = null;
  const afterTest = new Undo();
  const afterFile = new Undo();
  beforeAll(async () => {
    const { path, reason } = ensureBrowser();
    if (path === null) {
      throw new Error(reason);
    }
    browser = await chromium.launch({ executablePath: path });
    afterFile.add(() => browser.close());
  });
  afterEach(() => afterTest.run());
  afterAll(() => afterFile.run());

  function makeFolder(undo: Undo): string {
    const folder = makeDataFolder();
    undo.add(() => removeDataFolder(folder));
    return folder;
  }

  async function start(undo: Undo, options: DesktopUnderTestOptions): Promise<StartedDesktop> {
    const { dataFolder = makeFolder(undo), args = ['--demo=3'], preloadInSubFrames = false } = options;
    const context = await browser.newContext();
    undo.add(() => context.close());
    const desktop = await DesktopProcess.start({
      context,
      main: desktopMain,
      args: ['--data', dataFolder, ...args],
      preloadInSubFrames,
    });
    undo.add(() => desktop[Symbol.asyncDispose]());
    return { desktop, context };
  }

  async function shared(): Promise<StartedDesktop & { readonly page: Page }> {
    sharedDesktop ??= start(afterFile, {});
    const { desktop, context } = await sharedDesktop;
    return { desktop, context, page: await desktop.firstPage() };
  }

  return {
    start: (options = {}) => start(afterTest, options),
    shared,
    async sharedPage() {
      const { desktop, context, page } = await shared();
      await page.reload();
      return { desktop, context, page };
    },
    dataFolder: () => makeFolder(afterTest),
  };
}

class Undo {
  readonly #steps: (() => unknown)[] = [];

  add(step: () => unknown): void {
    this.#steps.push(step);
  }

  /** The last first. */
  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) {
      await step();
    }
  }
}

export interface ForeignSite extends AsyncDisposable {
  readonly url: string;
  /** Paths that were asked for. */
  readonly hits: readonly string[];
}

/** Somebody else's site, on loopback: whoever reaches it has left the console. */
export async function startForeignSite(): Promise<ForeignSite> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Foreign</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    hits,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
