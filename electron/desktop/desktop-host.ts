/** The desktop host: one engine, its window, and what an operating system expects of an application. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app, ipcMain, Menu, Notification, protocol, session, shell } from 'electron';
import type { CommandLine } from '../shared/command-line.mjs';
import { type ConsoleHost, openConsoleHost } from '../shared/console-host.ts';
import { defaultDataFolder } from '../shared/data-folder.ts';
import { DataFolderInUseError } from '../shared/instance-lock.ts';
import { StartError } from '../shared/start-error.ts';
import { onLauncherGone, onStopSignals } from '../shared/stop-signals.ts';
import { showAlertNotifications } from './alert-notifications.ts';
import { applicationMenu } from './application-menu.ts';
import { registerConsoleScheme, serveConsole } from './console-scheme.ts';
import { focusConsoleWindow, hideConsoleWindows, isConsoleLookedAt, openConsoleWindow } from './console-window.ts';
import { IpcGate } from './ipc-gate.ts';
import { KeptLanguage } from './kept-language.ts';
import { denyPermissions, guardAllWebContents } from './web-contents-guard.ts';

/** The same in the repository and in the package: this file is built to `dist/main/`. */
export const appFolder = join(import.meta.dirname, '..', '..');

/**
 * Everything that Electron wants before it is ready, and the engine.
 * @throws StartError before anything is opened; a second start has then brought the first one's window to the front.
 */
export async function prepareDesktop(commandLine: CommandLine): Promise<ConsoleHost> {
  app.enableSandbox();
  registerConsoleScheme(protocol);
  guardAllWebContents(app);
  try {
    const host = await openConsoleHost({
      kind: 'desktop',
      commandLine,
      appFolder,
      writeLogLine: (line) => process.stderr.write(`${line}\n`),
    });
    try {
      knockOrListen(host.dataFolder);
    } catch (error) {
      await host.close(AbortSignal.abort());
      throw error;
    }
    quitInOrder(host);
    return host;
  } catch (error) {
    if (error instanceof Error && error.cause instanceof DataFolderInUseError) {
      knockOrListen(resolve(commandLine.dataFolder ?? defaultDataFolder()));
    }
    throw error;
  }
}

/**
 * A later start on the same data folder knocks, and the first one hears `second-instance`. Which of them may have the
 * folder is decided by the folder's own lock, which the headless host knows as well.
 * @throws StartError when Chromium's folder in it cannot be made.
 */
function knockOrListen(dataFolder: string): void {
  // What Chromium keeps for itself stays apart from what is the operator's.
  const browserFolder = join(dataFolder, 'browser');
  try {
    mkdirSync(browserFolder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  app.setPath('userData', browserFolder);
  app.requestSingleInstanceLock();
}

/** Resolves when the window shows the console. */
export async function showConsole({ engine, gate, dataFolder }: ConsoleHost): Promise<void> {
  denyPermissions(session.defaultSession);
  serveConsole(protocol, join(appFolder, 'dist', 'renderer'));
  const language = new KeptLanguage(dataFolder, app.getPreferredSystemLanguages());
  const ipcGate = new IpcGate(gate, ipcMain, (shown) => language.keep(shown));
  const openDataFolder = (): void => void shell.openPath(dataFolder);
  const showMenu = (): void => {
    const menu = applicationMenu(process.platform, language.current, { openDataFolder });
    Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
  };
  showMenu();
  language.onChange(showMenu);

  const open = (address?: string): Promise<void> =>
    openConsoleWindow({
      address,
      preload: join(appFolder, 'dist', 'preload', 'preload.cjs'),
      dataFolder,
      prepare: (window) => ipcGate.attach(window.webContents),
    });
  const showOrOpen = (address?: string): void => {
    if (!focusConsoleWindow(address)) {
      void open(address);
    }
  };
  app.on('second-instance', () => showOrOpen());
  app.on('activate', () => showOrOpen());
  showAlertNotifications({
    alerts: engine.pool.alerts,
    firedSinceMs: performance.timeOrigin,
    isWanted: () => engine.settings().alerts.notifications && !isConsoleLookedAt(),
    language: () => language.current,
    make: Notification.isSupported() ? (words) => new Notification(words) : null,
    open: (alertId) => showOrOpen(`#/alerts/${alertId}`),
  });
  await open();
}

/** Whoever asks to quit waits for the leases, at most drain_timeout; whoever asks again does not wait. */
function quitInOrder(host: ConsoleHost): void {
  const atOnce = new AbortController();
  let isStopping = false;
  let isStopped = false;
  const stop = async (): Promise<void> => {
    isStopping = true;
    hideConsoleWindows();
    await host.close(atOnce.signal);
    isStopped = true;
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (isStopped) {
      return;
    }
    event.preventDefault();
    if (!isStopping) {
      stop().catch((error: unknown) => {
        // What could not be closed ends with the process; an application without a window must not stay for it.
        process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
        app.exit(1);
      });
    }
  });
  app.on('window-all-closed', () => {
    // On macOS an application lives on without a window, and its pool stays hot.
    if (process.platform !== 'darwin') {
      app.quit();
    }
  });
  // Chromium sets handlers of its own on its way to readiness; ours come after them.
  void app.whenReady().then(() => onStopSignals({ gently: () => app.quit(), atOnce: () => atOnce.abort() }));
  onLauncherGone(() => {
    app.quit();
    atOnce.abort();
  });
}
