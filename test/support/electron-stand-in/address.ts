/**
 * Chromium under test cannot load a scheme of our own. So each privileged scheme is mapped to an origin of its own under
 * `.localhost` (a secure context, never resolved: every request is intercepted), and back before main sees an address:
 * `app://hotpool/a.js` is `http://hotpool.app.stand-in.localhost/a.js` in the browser.
 */
const suffix = '.stand-in.localhost';

export function toBrowserUrl(url: string): string {
  const parsed = new URL(url);
  if (['http:', 'https:', 'about:', 'data:', 'blob:'].includes(parsed.protocol)) {
    return parsed.href;
  }
  // The part after the host is kept byte for byte, for an escape attempt must reach main as it was written.
  const [, scheme, host, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
  if (!scheme || !host) {
    throw new Error(`${url} has no host; only standard schemes can be shown`);
  }
  return `http://${host}.${scheme.toLowerCase()}${suffix}${rest || '/'}`;
}

export function toElectronUrl(url: string): string {
  const [, host, scheme, rest] = /^http:\/\/([^/?#]+)\.([a-z][a-z0-9+-]*)\.stand-in\.localhost(.*)$/.exec(url) ?? [];
  return host && scheme ? `${scheme}://${host}${rest ?? ''}` : url;
}

export function isMapped(url: string): boolean {
  return toElectronUrl(url) !== url;
}
