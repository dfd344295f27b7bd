/**
 * Electron's security checklist, kept on the real main, preload and console. Each test fails when its setting is weakened.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import { desktopMain } from '../../support/hosts/desktop-host.ts';
import { desktopLab, startForeignSite } from './desktop-under-test.ts';

const lab = desktopLab();

/** A refusal comes at once; what is not refused by then was allowed. */
const refusalTimeoutMs = 5_000;

/** Asks the engine from the page; the message of the refusal, or `answered`. */
function ask(frame: Pick<Page, 'evaluate'>): Promise<string> {
  return frame.evaluate(async () => {
    try {
      await window.hotpool?.request({ type: 'request', id: 1, name: 'session.describe', input: {} });
      return 'answered';
    } catch (error) {
      return String(error);
    }
  });
}

describe('points 2, 3 and 4: Node stays out, worlds apart, in the sandbox', () => {
  test('the window is made with every setting said aloud', async () => {
    const { desktop } = await lab.shared();
    const windows = desktop.recorded('BrowserWindow').map((entry) => entry.args[0]);
    expect(windows).toHaveLength(1);
    expect(windows[0]).toMatchObject({
      webPreferences: {
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        contextIsolation: true,
        sandbox: true,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
      },
    });
  });

  test('the sandbox is on for every process, from before the first window', async () => {
    const { desktop } = await lab.shared();
    expect(desktop.recorded('app.enableSandbox')).toEqual([{ call: 'app.enableSandbox', args: [], afterReady: false }]);
  });

  test('the page has neither Node nor anything of the preload but its bridge', async () => {
    const { page } = await lab.sharedPage();
    const added = await page.evaluate(() => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      const known = new Set(Object.getOwnPropertyNames(frame.contentWindow));
      frame.remove();
      return Object.getOwnPropertyNames(window).filter((name) => !known.has(name));
    });
    // The frameworks' own marks are the console's and not the preload's; frames are known by number.
    expect(added.filter((name) => !/^__|react|^\d+$/i.test(name))).toEqual(['hotpool']);
    expect(
      await page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in window)),
    ).toEqual([]);
  });

  test('the preload is one file', () => {
    expect(readdirSync(join(dirname(desktopMain), '..', 'preload'))).toEqual(['preload.cjs']);
  });
});

test('point 5: only copying to the clipboard is granted', async () => {
  const { desktop } = await lab.shared();
  for (const how of ['request', 'check', 'device'] as const) {
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'usb',
      'hid',
      'openExternal',
    ]) {
      expect(await desktop.ask('permission', { windowId: 1, permission, how }), `${how} ${permission}`).toBe(false);
    }
  }
  for (const how of ['request', 'check'] as const) {
    expect(await desktop.ask('permission', { windowId: 1, permission: 'clipboard-sanitized-write', how })).toBe(true);
  }
});

describe('point 7: the content security policy', () => {
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

  test('every answer carries it, errors included', async () => {
    const { desktop } = await lab.shared();
    for (const path of ['/', '/index.html', '/missing.js', '/..%2f..%2fpackage.json']) {
      const { headers } = await desktop.ask('protocol', { url: `app://hotpool${path}`, method: 'GET', headers: {} });
      expect(Object.fromEntries(headers)['content-security-policy'], path).toBe(policy);
    }
  });

  test('it is enforced: no inline script, no eval, no foreign picture, request or frame', async () => {
    await using foreign = await startForeignSite();
    const { page } = await lab.sharedPage();
    const violated = await page.evaluate(async (foreignUrl) => {
      const directives = new Set<string>();
      document.addEventListener('securitypolicyviolation', (event) => directives.add(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      const style = document.createElement('style');
      style.textContent = 'body { display: none }';
      const picture = new Image();
      picture.src = `${foreignUrl}/picture.png`;
      const frame = document.createElement('iframe');
      frame.src = `${foreignUrl}/frame`;
      document.body.append(script, style, picture, frame);
      await fetch(`${foreignUrl}/fetch`).catch(() => undefined);
      // Not in this task: the debugger's own evaluation is exempt from the policy.
      const evaluated = await new Promise<boolean>((resolve) => {
        setTimeout(() => {
          try {
            resolve(new Function('return true')());
          } catch {
            resolve(false);
          }
        });
      });
      const deadline = performance.now() + 2_000;
      while (directives.size < 6 && performance.now() < deadline) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return { directives: [...directives].sort(), evaluated, inlineRan: 'inlineRan' in window };
    }, foreign.url);
    expect(violated).toEqual({
      directives: ['connect-src', 'frame-src', 'img-src', 'script-src', 'script-src-elem', 'style-src-elem'],
      evaluated: false,
      inlineRan: false,
    });
    expect(foreign.hits).toEqual([]);
  });
});

describe('point 13: the window shows the console and nothing else', () => {
  const ways: Record<string, (url: string) => void> = {
    'by its location': (url) => {
      window.location.href = url;
    },
    'by a link': (url) => {
      const link = document.createElement('a');
      link.href = url;
      document.body.append(link);
      link.click();
    },
    'to a name that begins like ours': () => {
      window.location.href = window.location.href.replace('hotpool.', 'hotpool.evil.');
    },
  };
  for (const [name, leave] of Object.entries(ways)) {
    test(name, async () => {
      await using foreign = await startForeignSite();
      const { page } = await lab.sharedPage();
      const before = page.url();
      const refused = page.waitForEvent('requestfailed', {
        predicate: (request) => request.isNavigationRequest(),
        timeout: refusalTimeoutMs,
      });
      await page.evaluate(leave, `${foreign.url}/away`);
      await refused;
      expect(page.url()).toBe(before);
      expect(foreign.hits).toEqual([]);
      expect(await ask(page)).toBe('answered');
    });
  }

  test('it may reload', async () => {
    const { page } = await lab.sharedPage();
    await Promise.all([page.waitForEvent('load'), page.evaluate(() => window.location.reload())]);
    expect(await ask(page)).toBe('answered');
  });
});

test('point 14: no window opens another', async () => {
  await using foreign = await startForeignSite();
  const { page, context } = await lab.sharedPage();
  for (const url of [`${foreign.url}/popup`, `${new URL(page.url()).origin}/index.html`]) {
    const opened = context.waitForEvent('page');
    await page.evaluate((to) => void window.open(to), url);
    const popup = await opened;
    if (!popup.isClosed()) {
      await popup.waitForEvent('close', { timeout: refusalTimeoutMs });
    }
  }
  expect(context.pages()).toEqual([page]);
  expect(foreign.hits).toEqual([]);
});

describe('point 17: only the console itself may speak to the engine', () => {
  test('a foreign origin in the window is refused, its subscriptions too', async () => {
    await using foreign = await startForeignSite();
    const { desktop } = await lab.start();
    const page = await desktop.firstPage();
    await desktop.breakOut(foreign.url);
    expect(await ask(page)).toContain(`Refused: ${foreign.url} may not talk to the engine`);
    const message = await page.evaluate(
      () => new Promise((resolve) => window.hotpool?.subscribe('events', (first) => resolve(first))),
    );
    expect(message).toMatchObject({ type: 'error', error: { code: 'disconnected' } });
  });

  test('a frame inside the console is refused, though its origin is ours', async () => {
    const { desktop } = await lab.start({ preloadInSubFrames: true });
    const page = await desktop.firstPage();
    expect(await ask(page)).toBe('answered');
    const frameElement = await page.evaluateHandle(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      return frame;
    });
    const frame = await frameElement.asElement()?.contentFrame();
    expect(frame && (await ask(frame))).toContain('Refused: a frame inside the console may not talk to the engine');
  });
});

test('point 18: nothing but the built console is served', async () => {
  const { desktop } = await lab.shared();
  const statusOf = async (url: string, method = 'GET'): Promise<number> =>
    (await desktop.ask('protocol', { url, method, headers: {} })).status;
  expect(await statusOf('app://hotpool/index.html')).toBe(200);
  for (const path of [
    '/..%2fmain%2fdesktop.js',
    '/%2e%2e%2f%2e%2e%2fpackage.json',
    '/..%5c..%5cpackage.json',
    '/%00',
    '/%',
  ]) {
    expect(await statusOf(`app://hotpool${path}`), path).not.toBe(200);
  }
  expect(await statusOf('app://hotpool.evil/index.html')).toBe(404);
  expect(await statusOf('app://hotpool/index.html', 'POST')).toBe(405);
  expect(desktop.recorded('protocol.registerSchemesAsPrivileged')).toEqual([
    {
      call: 'protocol.registerSchemesAsPrivileged',
      args: [[{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]],
      afterReady: false,
    },
  ]);
});

describe('point 20: the bridge', () => {
  test('is two functions for messages, two for the zoom and one for the language, and cannot be changed', async () => {
    const { page } = await lab.sharedPage();
    const bridge = await page.evaluate(() => {
      const kinds = Object.entries(window.hotpool ?? {}).map(([name, value]) => [name, typeof value]);
      const frozen = Object.isFrozen(window.hotpool);
      const { writable, configurable } = Object.getOwnPropertyDescriptor(window, 'hotpool') ?? {};
      return { kinds, frozen, writable, configurable };
    });
    expect(bridge).toEqual({
      kinds: [
        ['request', 'function'],
        ['subscribe', 'function'],
        ['zoom', 'function'],
        ['setZoom', 'function'],
        ['setLanguage', 'function'],
      ],
      frozen: true,
      writable: false,
      configurable: false,
    });
  });

  test('hands a listener the message alone, never the event', async () => {
    const { page } = await lab.sharedPage();
    const heard = await page.evaluate(
      () =>
        new Promise<{ count: number; type: string; keys: string[]; functions: number }>((resolve) => {
          const end = window.hotpool?.subscribe('statistics', (...heardArgs: unknown[]) => {
            end?.();
            const message = heardArgs[0] as { type: string };
            const functions = [...heardArgs, ...Object.values(message)].filter((part) => typeof part === 'function');
            resolve({
              count: heardArgs.length,
              type: message.type,
              keys: Object.keys(message).sort(),
              functions: functions.length,
            });
          });
        }),
    );
    expect(heard).toEqual({ count: 1, type: 'frame', keys: ['frame', 'id', 'type'], functions: 0 });
  });

  test('copies what crosses, and what cannot be copied does not cross', async () => {
    const { page } = await lab.sharedPage();
    const refused = await page.evaluate(async () => {
      try {
        const input = { callback: () => undefined };
        await window.hotpool?.request({ type: 'request', id: 1, name: 'session.describe', input });
        return null;
      } catch (error) {
        return String(error);
      }
    });
    expect(refused).toContain('could not be cloned');
  });
});
