/** The console's window: Electron's safest settings, all said aloud, and its last place on the screen. */
import { BrowserWindow, screen } from 'electron';
import { consoleUrl } from './console-scheme.ts';
import { minimumSize, readWindowState, saveWindowState } from './window-state.ts';

export interface ConsoleWindowOptions {
  readonly preload: string;
  readonly dataFolder: string;
  /** The view that is shown first, as the page writes it: `#/alerts/7`. */
  readonly address?: string | undefined;
  /** Called before the window loads anything. */
  prepare(window: BrowserWindow): void;
}

export async function openConsoleWindow({
  preload,
  dataFolder,
  address = '',
  prepare,
}: ConsoleWindowOptions): Promise<void> {
  const { maximised, ...bounds } = readWindowState(
    dataFolder,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...bounds,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: 'Hotpool Console',
    // The dark theme's ground: no white flash before the first paint.
    backgroundColor: '#0b0f14',
    show: false,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (maximised) {
    window.maximize();
  }
  window.once('ready-to-show', () => window.show());
  window.on('close', () => saveWindowState(dataFolder, window));
  prepare(window);
  await window.loadURL(consoleUrl + address);
}

/** Brings the window that is there to the front, at this view if one is said; false when there is none. */
export function focusConsoleWindow(address?: string): boolean {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) {
    return false;
  }
  if (address !== undefined) {
    // Only the fragment is another, so the page stays and goes there by itself. Torn down meanwhile, it goes nowhere.
    window.loadURL(consoleUrl + address).catch(() => undefined);
  }
  if (window.isMinimized()) {
    window.restore();
  }
  window.show();
  window.focus();
  return true;
}

/** Somebody works in it: what happens is told in the page. */
export function isConsoleLookedAt(): boolean {
  return BrowserWindow.getFocusedWindow() !== null;
}

/** Gone from the screen at once, while what it showed still ends. */
export function hideConsoleWindows(): void {
  for (const window of BrowserWindow.getAllWindows()) {
    window.hide();
  }
}
