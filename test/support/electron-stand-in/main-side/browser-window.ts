/** `BrowserWindow`: each is one Chromium page, owned by the test's process. */
import { EventEmitter } from 'node:events';
import type { WebPreferencesInfo } from '../wire.ts';
import { app } from './app.ts';
import { channel } from './channel.ts';
import { electronEvent, emitPreventable } from './electron-event.ts';
import { WebContents } from './web-contents.ts';

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface WindowOptions extends Partial<Rectangle> {
  readonly show?: boolean;
  readonly title?: string;
  readonly webPreferences?: Record<string, unknown>;
}

const windows = new Map<number, BrowserWindow>();

export class BrowserWindow extends EventEmitter {
  static #lastId = 0;
  /** A window manager gives the focus to whoever asks for it, and to no window that merely opens. */
  static #focused: BrowserWindow | null = null;
  readonly id: number;
  readonly webContents: WebContents;
  #bounds: Rectangle;
  #visible: boolean;
  #maximised = false;
  #fullScreen = false;
  #title: string;
  #destroyed = false;

  constructor(options: WindowOptions = {}) {
    super();
    if (!app.isReady()) {
      throw new Error('Cannot create BrowserWindow before app is ready');
    }
    BrowserWindow.#lastId += 1;
    this.id = BrowserWindow.#lastId;
    this.#bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    this.#visible = options.show ?? true;
    this.#title = options.title ?? app.name;
    channel.record('BrowserWindow', options);
    channel.send({
      kind: 'window',
      windowId: this.id,
      width: this.#bounds.width,
      height: this.#bounds.height,
      preferences: effectivePreferences(options.webPreferences ?? {}),
    });
    this.webContents = new WebContents(this.id);
    windows.set(this.id, this);
    app.emit('web-contents-created', electronEvent({}), this.webContents);
    app.emit('browser-window-created', electronEvent({}), this);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }

  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return windows.get(contents.id) ?? null;
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.#focused;
  }

  loadURL(url: string): Promise<void> {
    channel.record('window.loadURL', url);
    return channel.load(this.id, url);
  }

  show(): void {
    this.#visible = true;
    this.emit('show');
  }

  hide(): void {
    this.#visible = false;
    this.emit('hide');
  }

  focus(): void {
    channel.record('window.focus');
    BrowserWindow.#focused = this;
    this.emit('focus');
  }

  restore(): void {
    channel.record('window.restore');
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isMinimized(): boolean {
    return false;
  }

  isMaximized(): boolean {
    return this.#maximised;
  }

  maximize(): void {
    this.#maximised = true;
    this.emit('maximize');
  }

  isFullScreen(): boolean {
    return this.#fullScreen;
  }

  setFullScreen(fullScreen: boolean): void {
    this.#fullScreen = fullScreen;
  }

  getBounds(): Rectangle {
    return this.#bounds;
  }

  getNormalBounds(): Rectangle {
    return this.#bounds;
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    channel.send({ kind: 'resize', windowId: this.id, width: this.#bounds.width, height: this.#bounds.height });
    this.emit('resize');
  }

  getTitle(): string {
    return this.#title;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** false when main prevented it; Electron returns nothing. */
  close(): boolean {
    if (!this.#destroyed && emitPreventable(this, 'close', {})) {
      return false;
    }
    this.destroy();
    return true;
  }

  destroy(): void {
    if (this.#destroyed) {
      return;
    }
    this.#destroyed = true;
    windows.delete(this.id);
    if (BrowserWindow.#focused === this) {
      BrowserWindow.#focused = null;
    }
    channel.send({ kind: 'destroy', windowId: this.id });
    this.webContents.becameDestroyed();
    this.emit('closed');
    app.windowClosed(windows.size);
  }
}

/** Electron's defaults since 20: isolated and sandboxed, and Node in the page ends the sandbox. */
function effectivePreferences(given: Record<string, unknown>): WebPreferencesInfo {
  const nodeIntegration = given.nodeIntegration === true;
  return {
    preload: typeof given.preload === 'string' ? given.preload : null,
    contextIsolation: given.contextIsolation !== false,
    sandbox: given.sandbox === undefined ? !nodeIntegration : given.sandbox === true,
    nodeIntegration,
  };
}

app.knowWindows(() => BrowserWindow.getAllWindows());
