/** A URL that is asked for through the pool. */
import { type HostName, parseHostName } from './endpoint.ts';

export interface HttpsUrl {
  readonly host: HostName;
  /** With its query; begins with a slash. */
  readonly path: string;
}

/** The host and the path, or why it cannot be asked for. */
export function readHttpsUrl(text: string): HttpsUrl | string {
  const url = URL.parse(text);
  if (!url) {
    return `“${text}” is no URL: write https://host/path`;
  }
  if (url.protocol !== 'https:') {
    return `“${text}” is not https: the pool holds TLS connections only`;
  }
  if (url.username !== '' || url.password !== '') {
    return 'a URL with a name or a password in it is not asked for: leave them out';
  }
  try {
    return { host: parseHostName(url.host), path: `${url.pathname}${url.search}` };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
