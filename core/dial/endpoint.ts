/** Who is dialled: a host as the operator names it, and one address of it. */
import { PhraseError } from '../base/phrase-error.ts';
import { phrase } from '../contract/phrase.ts';

/** A host and port, named `host` or `host:port` (443 when it is not said), brackets around an IPv6 literal. */
export interface HostName {
  /** Canonical name, lower case, `:443` left out. The key of everything that is kept per host. */
  readonly name: string;
  /** What goes into SNI, the certificate check and the Host header. */
  readonly hostname: string;
  readonly port: number;
}

/** One address of one host. A connection belongs to exactly one endpoint; an endpoint may have many connections. */
export interface Endpoint {
  readonly host: HostName;
  /** Canonical IPv4 or IPv6. */
  readonly ip: string;
  /** Usually the host's port; a resolver may send a host's addresses to ports of their own. */
  readonly port: number;
}

/** The key of an endpoint is host + IP + port: one IP under two hosts is two endpoints. */
export function endpointKey(endpoint: Endpoint): string {
  return `${endpoint.host.name}|${endpoint.ip}|${endpoint.port}`;
}

/**
 * Reads `host`, `host:port`, `[v6]` or `[v6]:port`.
 * @throws PhraseError that says what is wrong with the text.
 */
export function parseHostName(text: string): HostName {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === '' || /[\s/@?#]/.test(trimmed)) {
    throw new PhraseError(phrase('host.not-host', { text }));
  }
  let url: URL;
  try {
    url = new URL(`https://${trimmed}/`);
  } catch {
    throw new PhraseError(phrase('host.not-host-or-port', { text }));
  }
  const port = url.port === '' ? 443 : Number(url.port);
  if (port === 0) {
    throw new PhraseError(phrase('host.port-zero', { text }));
  }
  if (/^\.|\.\./.test(url.hostname)) {
    throw new PhraseError(phrase('host.empty-part', { text }));
  }
  const hostname = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  return { name: port === 443 ? url.hostname : `${url.hostname}:${port}`, hostname, port };
}

/** `https://host[:port]path` of a host; `path` begins with a slash. */
export function hostUrl(host: HostName, path: string): string {
  return `https://${host.name}${path}`;
}

/** `10.0.0.1:443`, `[2001:db8::1]:443`: for messages. */
export function endpointPlace({ ip, port }: Pick<Endpoint, 'ip' | 'port'>): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}
