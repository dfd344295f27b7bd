/** What the desktop itself says beside the console: its menu and the heads of its notifications. */
import type { AlertSeverity } from '../../core/contract/alerts.ts';
import type { Language } from '../../core/contract/language.ts';

/** Electron's. */
export type MenuRole =
  | 'about'
  | 'services'
  | 'hide'
  | 'hideOthers'
  | 'unhide'
  | 'quit'
  | 'close'
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'delete'
  | 'selectAll'
  | 'reload'
  | 'toggleDevTools'
  | 'resetZoom'
  | 'zoomIn'
  | 'zoomOut'
  | 'togglefullscreen'
  | 'minimize'
  | 'zoom'
  | 'front';

export interface DesktopWords {
  readonly notifications: Readonly<Record<AlertSeverity, string>>;
  readonly menus: { readonly file: string; readonly edit: string; readonly view: string; readonly window: string };
  readonly help: string;
  readonly showDataFolder: string;
  readonly openDataFolder: string;
  readonly roles: Readonly<Record<MenuRole, string>>;
}

const en: DesktopWords = {
  notifications: { critical: 'Hotpool: critical alert', warning: 'Hotpool: warning' },
  menus: { file: 'File', edit: 'Edit', view: 'View', window: 'Window' },
  help: 'Help',
  showDataFolder: 'Show Data Folder in Finder',
  openDataFolder: 'Open Data Folder',
  roles: {
    about: 'About Hotpool Console',
    services: 'Services',
    hide: 'Hide Hotpool Console',
    hideOthers: 'Hide Others',
    unhide: 'Show All',
    quit: 'Quit Hotpool Console',
    close: 'Close Window',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    delete: 'Delete',
    selectAll: 'Select All',
    reload: 'Reload',
    toggleDevTools: 'Toggle Developer Tools',
    resetZoom: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    togglefullscreen: 'Toggle Full Screen',
    minimize: 'Minimize',
    zoom: 'Zoom',
    front: 'Bring All to Front',
  },
};

const zh: DesktopWords = {
  notifications: { critical: 'Hotpool：严重告警', warning: 'Hotpool：警告' },
  menus: { file: '文件', edit: '编辑', view: '视图', window: '窗口' },
  help: '帮助',
  showDataFolder: '在访达中显示数据文件夹',
  openDataFolder: '打开数据文件夹',
  roles: {
    about: '关于 Hotpool Console',
    services: '服务',
    hide: '隐藏 Hotpool Console',
    hideOthers: '隐藏其他',
    unhide: '全部显示',
    quit: '退出 Hotpool Console',
    close: '关闭窗口',
    undo: '撤销',
    redo: '重做',
    cut: '剪切',
    copy: '复制',
    paste: '粘贴',
    delete: '删除',
    selectAll: '全选',
    reload: '重新加载',
    toggleDevTools: '开发者工具',
    resetZoom: '实际大小',
    zoomIn: '放大',
    zoomOut: '缩小',
    togglefullscreen: '切换全屏',
    minimize: '最小化',
    zoom: '缩放',
    front: '全部置于前面',
  },
};

export const desktopWords: Readonly<Record<Language, DesktopWords>> = { en, zh };
