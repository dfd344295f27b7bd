/**
 * Stands in for the module `electron` in main's process where Electron's binary cannot be had. Only what this project's
 * main uses, with Electron's order, defaults and errors; the windows are Chromium pages of the process that started this
 * one. A name that is missing here fails at import, a method that is missing when it is called: nothing is pretended.
 *
 * What differs from Electron and is not hidden: the page's own address is an http one (see address.ts); `window.open` that
 * is denied gives a window that closes at once instead of null; menus are not drawn, and a role does nothing; no process
 * is sandboxed by the operating system, only what main asked for is recorded.
 */
import { channel } from './main-side/channel.ts';

export { app } from './main-side/app.ts';
export { BrowserWindow } from './main-side/browser-window.ts';
export { ipcMain } from './main-side/ipc-main.ts';
export { Menu } from './main-side/menu.ts';
export { Notification } from './main-side/notification.ts';
export { protocol } from './main-side/session.ts';

import { defaultSession } from './main-side/session.ts';

export const session = { defaultSession };

const workArea = { x: 0, y: 0, width: 1600, height: 1000 };
const display = { id: 1, bounds: workArea, workArea, scaleFactor: 1 };
export const screen = {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
  getDisplayMatching: () => display,
};

export const shell = {
  openExternal: (url: string): Promise<void> => {
    channel.record('shell.openExternal', url);
    return Promise.resolve();
  },
  openPath: (path: string): Promise<string> => {
    channel.record('shell.openPath', path);
    return Promise.resolve('');
  },
  showItemInFolder: (path: string): void => channel.record('shell.showItemInFolder', path),
};

export const dialog = {
  showErrorBox: (title: string, content: string): void => channel.record('dialog.showErrorBox', title, content),
  showMessageBox: (...args: unknown[]): Promise<{ response: number }> => {
    channel.record('dialog.showMessageBox', ...args);
    return Promise.resolve({ response: 0 });
  },
};

export const nativeTheme = { shouldUseDarkColors: true, themeSource: 'system' };
