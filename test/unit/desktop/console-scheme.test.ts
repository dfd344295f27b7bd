import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileInside, isConsoleUrl, serveConsole } from '../../../electron/desktop/console-scheme.ts';

describe('the console’s own addresses', () => {
  test.each(['app://hotpool/', 'app://hotpool/index.html', 'app://hotpool/a?b#c', 'APP://hotpool/'])(
    '%s is ours',
    (url) => {
      expect(isConsoleUrl(url)).toBe(true);
    },
  );

  test.each([
    'app://hotpool.evil/index.html',
    'app://hotpool@evil/',
    'app://user@hotpool/',
    'app://hotpool:8080/',
    'app://hotpools/',
    'application://hotpool/',
    'https://hotpool/',
    'file:///index.html',
    'javascript:alert(1)',
    'data:text/html,app://hotpool/',
    'about:blank',
    'app:hotpool',
    '',
  ])('%s is not', (url) => {
    expect(isConsoleUrl(url)).toBe(false);
  });
});

describe('a path stays inside the folder', () => {
  const folder = join('/', 'srv', 'console');

  test.each([
    ['/index.html', 'index.html'],
    ['/assets/a%20b.js', join('assets', 'a b.js')],
    ['/assets/../index.html', 'index.html'],
    ['/..a/b', join('..a', 'b')],
  ])('%s', (path, inside) => {
    expect(fileInside(folder, path)).toBe(join(folder, inside));
  });

  test.each([
    '/',
    '/..',
    '/../console-secrets/key',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc%2fpasswd',
    '/a%00',
    '/%',
    '/%E0%A4',
  ])('%s is refused', (path) => {
    expect(fileInside(folder, path)).toBeNull();
  });
});

describe('what the scheme answers', () => {
  let folder: string;
  let handle: (request: { url: string; method: string }) => Promise<Response>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hotpool-scheme-'));
    mkdirSync(join(folder, 'console', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    writeFileSync(join(folder, 'console', 'index.html'), '<!doctype html>');
    writeFileSync(join(folder, 'console', 'assets', 'a.js'), 'export {};');
    serveConsole(
      {
        handle: (_scheme, handler) => {
          handle = async (request) => handler(request as never);
        },
      },
      join(folder, 'console'),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('a file with its type, never sniffed and never kept', async () => {
    const response = await handle({ url: 'app://hotpool/assets/a.js', method: 'GET' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('export {};');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('HEAD without the body', async () => {
    const response = await handle({ url: 'app://hotpool/index.html', method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  test.each([
    ['app://hotpool/missing.js', 'GET', 404],
    ['app://hotpool/assets', 'GET', 404],
    ['app://hotpool/..%2fsecret.txt', 'GET', 403],
    ['app://elsewhere/index.html', 'GET', 404],
    ['app://hotpool/index.html', 'POST', 405],
  ])('%s by %s: %i', async (url, method, status) => {
    const response = await handle({ url, method });
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain('secret');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
