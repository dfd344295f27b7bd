/** `Menu`: its items can be seen and clicked by a test; it is drawn nowhere. */
import type { MenuItemInfo } from '../wire.ts';
import { BrowserWindow } from './browser-window.ts';
import { channel } from './channel.ts';

interface MenuItemTemplate {
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly accelerator?: string;
  readonly enabled?: boolean;
  readonly visible?: boolean;
  readonly click?: (item: object, window: unknown, event: object) => void;
  readonly submenu?: readonly MenuItemTemplate[];
}

export class Menu {
  static #application: Menu | null = null;
  readonly items: readonly MenuItemTemplate[];

  constructor(items: readonly MenuItemTemplate[] = []) {
    this.items = items;
  }

  static buildFromTemplate(template: readonly MenuItemTemplate[]): Menu {
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
    channel.send({ kind: 'menu', items: (menu?.items ?? []).map(describe) });
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }
}

function describe(item: MenuItemTemplate): MenuItemInfo {
  return {
    label: item.label ?? item.role ?? '',
    role: item.role ?? null,
    type: item.type ?? (item.submenu ? 'submenu' : 'normal'),
    accelerator: item.accelerator ?? null,
    enabled: item.enabled ?? true,
    hasClick: item.click !== undefined,
    submenu: (item.submenu ?? []).map(describe),
  };
}

export function clickMenuItem(path: readonly string[]): boolean {
  let items: readonly MenuItemTemplate[] = Menu.getApplicationMenu()?.items ?? [];
  let found: MenuItemTemplate | undefined;
  for (const label of path) {
    found = items.find((item) => (item.label ?? item.role) === label);
    items = found?.submenu ?? [];
  }
  if (!found?.click || found.enabled === false) {
    return false;
  }
  found.click(found, BrowserWindow.getAllWindows().at(-1) ?? null, {});
  return true;
}
