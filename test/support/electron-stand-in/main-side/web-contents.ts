/** One page as main sees it. */
import { EventEmitter } from 'node:events';
import type { FrameInfo } from '../wire.ts';
import { channel } from './channel.ts';
import { defaultSession, type Session } from './session.ts';

type OpenHandler = (details: { url: string; frameName: string; disposition: string }) => { action: 'allow' | 'deny' };

/** As Electron's WebFrameMain: only what identifies a frame. */
export interface StandInFrame {
  readonly url: string;
  readonly origin: string;
  readonly parent: StandInFrame | null;
  readonly detached: boolean;
}

export class WebContents extends EventEmitter {
  readonly id: number;
  readonly session: Session = defaultSession;
  #url = '';
  #document = 0;
  #destroyed = false;
  #openHandler: OpenHandler | null = null;
  #zoomLevel = 0;

  constructor(id: number) {
    super();
    this.id = id;
  }

  get mainFrame(): StandInFrame {
    const origin = URL.canParse(this.#url) ? originOf(this.#url) : 'null';
    return { url: this.#url, origin, parent: null, detached: this.#destroyed };
  }

  get zoomLevel(): number {
    return this.#zoomLevel;
  }

  set zoomLevel(level: number) {
    this.#zoomLevel = level;
  }

  getURL(): string {
    return this.#url;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** @throws as Electron when an argument cannot be cloned. */
  send(name: string, ...args: unknown[]): void {
    if (this.#destroyed) {
      throw new TypeError('Object has been destroyed');
    }
    channel.send({
      kind: 'message',
      windowId: this.id,
      document: this.#document,
      channel: name,
      args: structuredClone(args),
    });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    channel.record('webContents.setWindowOpenHandler', handler);
    this.#openHandler = handler;
  }

  reload(): void {
    channel.send({ kind: 'reload', windowId: this.id });
  }

  toggleDevTools(): void {
    channel.record('webContents.toggleDevTools');
  }

  /** For the stand-in only. Without a handler Electron opens the window. */
  mayOpen(url: string): boolean {
    return this.#openHandler?.({ url, frameName: '', disposition: 'foreground-tab' }).action !== 'deny';
  }

  /** For the stand-in only. */
  becameUrl(url: string): void {
    this.#url = url;
    this.#document += 1;
  }

  /** For the stand-in only. */
  becameDestroyed(): void {
    if (!this.#destroyed) {
      this.#destroyed = true;
      this.emit('destroyed');
    }
  }
}

/** Standard schemes have an origin of scheme and host; Node's URL knows only the web's own. */
export function originOf(url: string): string {
  const parsed = new URL(url);
  return parsed.host ? `${parsed.protocol}//${parsed.host}` : 'null';
}

export function standInFrame(info: FrameInfo): StandInFrame {
  return {
    url: info.url,
    origin: info.origin,
    parent: info.parent ? standInFrame(info.parent) : null,
    detached: false,
  };
}
