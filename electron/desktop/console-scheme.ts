/**
 * The console's own origin, `app://hotpool`: its built files and nothing else, each with the content security policy.
 * Never file://, whose pages could read the disk (points 7 and 18 of Electron's security checklist).
 */
import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { Protocol } from 'electron';
import { contentSecurityPolicy } from '../shared/content-security-policy.ts';
import { contentTypeOf } from '../shared/content-type.ts';

const scheme = 'app';
const host = 'hotpool';

export const consoleOrigin = `${scheme}://${host}`;
export const consoleUrl = `${consoleOrigin}/index.html`;

/** Parsed, never compared by `startsWith`: `app://hotpool.example/` begins like ours. */
export function isConsoleUrl(url: string): boolean {
  if (!URL.canParse(url)) {
    return false;
  }
  const parsed = new URL(url);
  return parsed.protocol === `${scheme}:` && parsed.host === host && parsed.username === '' && parsed.password === '';
}

/** Must be called before `ready`. */
export function registerConsoleScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built console from `folder`. */
export function serveConsole(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle(scheme, (request) => answer(request, folder));
}

async function answer(request: Pick<Request, 'method' | 'url'>, folder: string): Promise<Response> {
  if (!isConsoleUrl(request.url)) {
    return plain(404, 'There is nothing here.');
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return plain(405, 'The console is only read.');
  }
  const path = fileInside(folder, new URL(request.url).pathname);
  if (path === null) {
    return plain(403, 'This path leaves the console.');
  }
  try {
    const body = await readFile(path);
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
      headers: headers(contentTypeOf(path)),
    });
  } catch {
    return plain(404, 'There is no such file in the console.');
  }
}

/** null when the path, its escapes decoded, is not inside `folder`. */
export function fileInside(folder: string, urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  const path = join(folder, decoded);
  const inside = relative(folder, path);
  const [first] = inside.split(sep);
  const escapes = first === '' || first === '..' || isAbsolute(inside) || inside.includes('\0');
  return escapes ? null : path;
}

function headers(contentType: string): Record<string, string> {
  return {
    'content-type': contentType,
    'content-security-policy': contentSecurityPolicy(),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    // Files of the app itself; a copy kept by the browser would only outlive an update.
    'cache-control': 'no-store',
  };
}

function plain(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: headers('text/plain; charset=utf-8') });
}
