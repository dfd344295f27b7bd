import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { denyPermissions, guardAllWebContents } from '../../../electron/desktop/web-contents-guard.ts';

class FakeContents extends EventEmitter {
  openHandler: ((details: object) => { action: string }) | null = null;
  setWindowOpenHandler(handler: (details: object) => { action: string }): void {
    this.openHandler = handler;
  }
}

function guarded(): FakeContents {
  const app = new EventEmitter();
  guardAllWebContents(app as never);
  const contents = new FakeContents();
  app.emit('web-contents-created', {}, contents);
  return contents;
}

function isPrevented(contents: EventEmitter, name: string, details: object): boolean {
  let prevented = false;
  contents.emit(name, {
    ...details,
    preventDefault: () => {
      prevented = true;
    },
  });
  return prevented;
}

test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('%s only to the console', (name) => {
  const contents = guarded();
  expect(isPrevented(contents, name, { url: 'app://hotpool/index.html', isMainFrame: true })).toBe(false);
  for (const url of ['https://example.com/', 'app://hotpool.evil/', 'file:///etc/passwd', 'not an address']) {
    expect(isPrevented(contents, name, { url, isMainFrame: true }), url).toBe(true);
  }
});

test('no frame inside the console goes anywhere', () => {
  expect(isPrevented(guarded(), 'will-frame-navigate', { url: 'app://hotpool/', isMainFrame: false })).toBe(true);
});

test('no web view is attached, no window opened', () => {
  const contents = guarded();
  expect(isPrevented(contents, 'will-attach-webview', {})).toBe(true);
  expect(contents.openHandler?.({ url: 'app://hotpool/index.html' })).toEqual({ action: 'deny' });
});

test('a permission nobody knows yet is refused', () => {
  const granted: boolean[] = [];
  denyPermissions({
    setPermissionRequestHandler: (handler) => {
      for (const permission of ['clipboard-sanitized-write', 'telepathy']) {
        handler?.({} as never, permission as never, (isGranted) => granted.push(isGranted), {} as never);
      }
    },
    setPermissionCheckHandler: () => undefined,
    setDevicePermissionHandler: () => undefined,
  });
  expect(granted).toEqual([true, false]);
});
