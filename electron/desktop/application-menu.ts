/** The menu bar: what the system expects of an application. What the console can do is in the console's own palette. */
import type { MenuItemConstructorOptions } from 'electron';
import type { Language } from '../../core/contract/language.ts';
import { desktopWords, type MenuRole } from './desktop-words.ts';

export interface MenuActions {
  openDataFolder(): void;
}

const separator = { type: 'separator' } as const satisfies MenuItemConstructorOptions;

/** Every item has its words here: those that Electron gives its roles are English on every system. */
export function applicationMenu(
  platform: NodeJS.Platform,
  language: Language,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const { menus, roles, help, showDataFolder, openDataFolder } = desktopWords[language];
  const item = (role: MenuRole): MenuItemConstructorOptions => ({ role, label: roles[role] });
  const dataFolder = { label: isMac ? showDataFolder : openDataFolder, click: () => actions.openDataFolder() };
  const application: MenuItemConstructorOptions = {
    // macOS puts the application's name here.
    label: 'Hotpool Console',
    submenu: [
      item('about'),
      separator,
      item('services'),
      separator,
      item('hide'),
      item('hideOthers'),
      item('unhide'),
      separator,
      item('quit'),
    ],
  };
  return [
    ...(isMac ? [application] : []),
    { label: menus.file, submenu: [dataFolder, separator, item(isMac ? 'close' : 'quit')] },
    {
      label: menus.edit,
      submenu: [
        item('undo'),
        item('redo'),
        separator,
        item('cut'),
        item('copy'),
        item('paste'),
        item('delete'),
        item('selectAll'),
      ],
    },
    {
      label: menus.view,
      submenu: [
        item('reload'),
        item('toggleDevTools'),
        separator,
        item('resetZoom'),
        item('zoomIn'),
        item('zoomOut'),
        separator,
        item('togglefullscreen'),
      ],
    },
    {
      // The role tells macOS which menu lists the windows.
      role: 'window',
      label: menus.window,
      submenu: [item('minimize'), item('zoom'), separator, item(isMac ? 'front' : 'close')],
    },
    ...(isMac ? [] : [{ label: help, submenu: [item('about')] }]),
  ];
}
