/** `ipcMain`, and everything else that the browser's owner asks main. */
import { EventEmitter } from 'node:events';
import { BrowserWindow } from './browser-window.ts';
import { channel } from './channel.ts';
import { electronEvent, emitPreventable } from './electron-event.ts';
import { clickMenuItem } from './menu.ts';
import { clickNotification } from './notification.ts';
import { defaultSession, protocol } from './session.ts';
import { standInFrame, type WebContents } from './web-contents.ts';

type InvokeHandler = (event: object, ...args: readonly unknown[]) => unknown;

class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, InvokeHandler>();

  handle(name: string, handler: InvokeHandler): void {
    if (this.#handlers.has(name)) {
      throw new Error(`Attempted to register a second handler for '${name}'`);
    }
    channel.record('ipcMain.handle', name);
    this.#handlers.set(name, handler);
  }

  removeHandler(name: string): void {
    this.#handlers.delete(name);
  }

  /** For the stand-in only. */
  invoke(name: string, event: object, args: readonly unknown[]): unknown {
    const handler = this.#handlers.get(name);
    if (!handler) {
      throw new Error(`No handler registered for '${name}'`);
    }
    return handler(event, ...args);
  }
}

export const ipcMain = new IpcMain();

function contentsOf(windowId: number): WebContents {
  const window = BrowserWindow.fromId(windowId);
  if (!window) {
    throw new Error(`Window ${windowId} is closed`);
  }
  return window.webContents;
}

channel.answer('protocol', ({ url, method, headers }) => protocol.answer(url, method, headers));
channel.answer('invoke', ({ windowId, frame, channel: name, args }) => {
  const sender = contentsOf(windowId);
  return ipcMain.invoke(name, electronEvent({ type: 'frame', sender, senderFrame: standInFrame(frame) }), args);
});
channel.answer('navigation', ({ windowId, url, isMainFrame, isRedirect }) => {
  const contents = contentsOf(windowId);
  const names = isRedirect
    ? ['will-redirect']
    : isMainFrame
      ? ['will-frame-navigate', 'will-navigate']
      : ['will-frame-navigate'];
  return !names.some((name) => emitPreventable(contents, name, { url, isMainFrame }, url, false, isMainFrame));
});
channel.answer('open', ({ windowId, url }) => contentsOf(windowId).mayOpen(url));
channel.answer('permission', ({ windowId, permission, how }) =>
  defaultSession.decide(contentsOf(windowId), permission, how),
);
channel.answer('menu', ({ path }) => clickMenuItem(path));
channel.answer('notification', () => clickNotification());
channel.answer('close', ({ windowId }) => BrowserWindow.fromId(windowId)?.close() ?? true);

channel.listen((message) => {
  if (message.kind === 'quit') {
    return;
  }
  const window = BrowserWindow.fromId(message.windowId);
  const contents = window?.webContents;
  switch (message.kind) {
    case 'sent':
      ipcMain.emit(
        message.channel,
        electronEvent({ type: 'frame', sender: contents, senderFrame: standInFrame(message.frame) }),
        ...message.args,
      );
      break;
    case 'navigated':
      contents?.becameUrl(message.url);
      contents?.emit('did-navigate', electronEvent({}), message.url, 200, 'OK');
      break;
    case 'loaded':
      contents?.emit('did-finish-load');
      window?.emit('ready-to-show');
      break;
    case 'crashed':
      contents?.emit('render-process-gone', electronEvent({}), { reason: 'crashed', exitCode: 5 });
      break;
    case 'gone':
      window?.destroy();
      break;
  }
});
