/** One BrowserWindow: a Chromium page whose scheme, preload and messages are served by main's process. */
import type { BrowserContext, CDPSession, Frame, Page, Route } from '@playwright/test';
import { isMapped, toBrowserUrl, toElectronUrl } from '../address.ts';
import { decodeClone, encodeClone } from '../page-side/clone-codec.js';
import type { FrameInfo, QuestionName, Questions, ToMain, WebPreferencesInfo } from '../wire.ts';
import { type PageScripts, pageScripts } from './page-scripts.ts';

/** The line to main's process. */
export interface MainLine {
  ask<Name extends QuestionName>(name: Name, ask: Questions[Name]['ask']): Promise<Questions[Name]['answer']>;
  tell(message: ToMain): void;
}

interface FrameNode {
  readonly frame: { id: string; url: string; securityOrigin: string };
  readonly childFrames?: readonly FrameNode[];
}

type FromPage =
  | { kind: 'invoke'; id: number; channel: string; args: string }
  | { kind: 'send'; channel: string; args: string };

export class StandInWindow {
  readonly id: number;
  readonly page: Page;
  readonly #cdp: CDPSession;
  readonly #main: MainLine;
  readonly #scripts: PageScripts;
  /** Worlds in which the preload runs, by execution context. */
  readonly #worlds = new Map<number, { frameId: string; origin: string }>();
  #mainWorld: number | null = null;
  #mainFrameId = '';
  #document = 0;
  /** Addresses that main itself asked for: they are not the page's own wish, so main is not asked about them. */
  readonly #expected = new Set<string>();
  #closing = false;

  private constructor(id: number, page: Page, cdp: CDPSession, main: MainLine, scripts: PageScripts) {
    this.id = id;
    this.page = page;
    this.#cdp = cdp;
    this.#main = main;
    this.#scripts = scripts;
  }

  static async open(
    id: number,
    context: BrowserContext,
    main: MainLine,
    preferences: WebPreferencesInfo,
    preloadInSubFrames: boolean,
  ): Promise<StandInWindow> {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const window = new StandInWindow(id, page, cdp, main, pageScripts(preferences, preloadInSubFrames));
    await window.#prepare();
    return window;
  }

  async #prepare(): Promise<void> {
    const { page, preload, preloadWorld, binding } = this.#scripts;
    const cdp = this.#cdp;
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId, isDefault } = context.auxData as unknown as { frameId: string; isDefault: boolean };
      if (preloadWorld === null ? isDefault : context.name === preloadWorld) {
        this.#worlds.set(context.id, { frameId, origin: context.origin });
        if (frameId === this.#mainFrameId) {
          this.#mainWorld = context.id;
        }
      }
    });
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this.#worlds.delete(executionContextId);
      if (this.#mainWorld === executionContextId) {
        this.#mainWorld = null;
      }
    });
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === binding) {
        void this.#fromPage(JSON.parse(payload), executionContextId);
      }
    });
    await cdp.send('Page.enable');
    this.#mainFrameId = (await cdp.send('Page.getFrameTree')).frameTree.frame.id;
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', {
      name: binding,
      ...(preloadWorld === null ? {} : { executionContextName: preloadWorld }),
    });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: page });
    if (preload !== null) {
      await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
        source: preload,
        ...(preloadWorld === null ? {} : { worldName: preloadWorld }),
      });
    }
    // On the session that also carries the preload's messages, so that a document is known before it speaks.
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) {
        this.#document += 1;
        this.#main.tell({ kind: 'navigated', windowId: this.id, url: toElectronUrl(frame.url) });
      }
    });
    this.page.on('load', () => this.#main.tell({ kind: 'loaded', windowId: this.id }));
    this.page.on('crash', () => this.#main.tell({ kind: 'crashed', windowId: this.id }));
    this.page.on('popup', (popup) => void this.#popup(popup));
    this.page.on('close', () => {
      if (!this.#closing) {
        this.#main.tell({ kind: 'gone', windowId: this.id });
      }
    });
  }

  async load(url: string): Promise<void> {
    const browserUrl = toBrowserUrl(url);
    this.#expected.add(browserUrl);
    await this.page.goto(browserUrl);
  }

  async reload(): Promise<void> {
    this.#expected.add(this.page.url());
    await this.page.reload();
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.page.close().catch(() => undefined);
  }

  /** From main to the preload's world of the main frame; lost when there is none, as in Electron. */
  deliver(message: object): void {
    if (this.#mainWorld !== null) {
      this.#evaluate(this.#mainWorld, message);
    }
  }

  deliverMessage(document: number, channel: string, args: readonly unknown[]): void {
    if (document === this.#document) {
      this.deliver({ kind: 'message', channel, args: encodeClone(args) });
    }
  }

  #evaluate(contextId: number, message: object): void {
    const name = JSON.stringify(this.#scripts.deliver);
    this.#cdp
      .send('Runtime.evaluate', { contextId, expression: `globalThis[${name}](${JSON.stringify(message)})` })
      .catch(() => undefined);
  }

  async #fromPage(message: FromPage, contextId: number): Promise<void> {
    const world = this.#worlds.get(contextId);
    // A page that is closing may still have spoken; nobody waits for the answer any more.
    const place = world && (await this.#frameInfo(world.frameId).catch(() => null));
    if (!place) {
      return;
    }
    // An empty frame has its parent's origin, which only its world knows.
    const frame: FrameInfo = { ...place, origin: electronOrigin(world.origin) };
    const args = decodeClone(message.args) as readonly unknown[];
    const call = { windowId: this.id, frame, channel: message.channel, args };
    if (message.kind === 'send') {
      this.#main.tell({ kind: 'sent', ...call });
      return;
    }
    try {
      const value = encodeClone(await this.#main.ask('invoke', call));
      this.#evaluate(contextId, { kind: 'reply', id: message.id, value });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const text = `Error invoking remote method '${message.channel}': ${reason}`;
      this.#evaluate(contextId, { kind: 'reply', id: message.id, error: text });
    }
  }

  async #frameInfo(frameId: string): Promise<FrameInfo | null> {
    const { frameTree } = await this.#cdp.send('Page.getFrameTree');
    const find = (node: FrameNode, parent: FrameInfo | null): FrameInfo | null => {
      const { url, securityOrigin } = node.frame;
      const info: FrameInfo = { url: toElectronUrl(url), origin: electronOrigin(securityOrigin), parent };
      if (node.frame.id === frameId) {
        return info;
      }
      for (const child of node.childFrames ?? []) {
        const found = find(child, info);
        if (found) {
          return found;
        }
      }
      return null;
    };
    return find(frameTree, null);
  }

  /** Whether this page's frame may go where it wants to; what main itself asked for goes unasked, once. */
  async mayNavigate(url: string, frame: Frame): Promise<boolean> {
    if (this.#expected.delete(url)) {
      return true;
    }
    const isMainFrame = frame === this.page.mainFrame();
    return this.#main.ask('navigation', { windowId: this.id, url: toElectronUrl(url), isMainFrame, isRedirect: false });
  }

  async #popup(popup: Page): Promise<void> {
    if (!(await this.mayOpen(popup.url()))) {
      await popup.close().catch(() => undefined);
    }
  }

  mayOpen(url: string): Promise<boolean> {
    return this.#main.ask('open', { windowId: this.id, url: toElectronUrl(url) });
  }
}

function electronOrigin(origin: string): string {
  return URL.canParse(origin) ? toElectronUrl(origin) : 'null';
}

/** Serves every request of the browser's pages: our schemes by main, loopback by the network, nothing else. */
export async function serve(
  route: Route,
  main: MainLine,
  windowOf: (page: Page | null) => StandInWindow | null,
): Promise<void> {
  const request = route.request();
  const url = request.url();
  if (request.isNavigationRequest()) {
    const frame = request.frame();
    const window = windowOf(frame.page());
    const opener = window ? null : windowOf(await frame.page().opener());
    const allowed = window ? await window.mayNavigate(url, frame) : ((await opener?.mayOpen(url)) ?? false);
    if (!allowed) {
      await route.abort('aborted');
      return;
    }
  }
  if (isMapped(url)) {
    const headers = await request.allHeaders();
    const answer = await main.ask('protocol', { url: toElectronUrl(url), method: request.method(), headers });
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(answer.body),
    });
  } else if (['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)) {
    await route.continue();
  } else {
    await route.abort('blockedbyclient');
  }
}
