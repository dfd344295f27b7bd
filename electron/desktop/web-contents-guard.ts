/**
 * What no page of ours may do, whatever runs in it: navigate away, open windows, embed web views, be granted powers
 * (points 5 and 11 to 14 of Electron's security checklist).
 */
import type { App, Session, WebContents } from 'electron';
import { isConsoleUrl } from './console-scheme.ts';

/** Copying to the clipboard by a click; everything else is refused. */
const grantedPermission = 'clipboard-sanitized-write';

/** For every page that will ever be made. */
export function guardAllWebContents(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => guardWebContents(contents));
}

export function guardWebContents(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>): void {
  const blockForeign = (event: { url: string; preventDefault(): void }): void => {
    if (!isConsoleUrl(event.url)) {
      event.preventDefault();
    }
  };
  contents.on('will-navigate', blockForeign);
  contents.on('will-redirect', blockForeign);
  contents.on('will-frame-navigate', (event) => {
    // The console has no frames, so none of its pages may go anywhere in one.
    if (!event.isMainFrame || !isConsoleUrl(event.url)) {
      event.preventDefault();
    }
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

export function denyPermissions(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>,
): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(permission === grantedPermission));
  session.setPermissionCheckHandler((_contents, permission) => permission === grantedPermission);
  session.setDevicePermissionHandler(() => false);
}
