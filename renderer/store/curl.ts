/** A request of this page as a command for a terminal that asks the same IP for the same. */
import type { ConfigTarget } from '../../core/contract/config.ts';
import { methodsWithoutBody } from '../../core/contract/requests.ts';
import type { SentEntry } from './sent-requests.ts';

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./[\]-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function bracketed(ip: string): string {
  return ip.includes(':') ? `[${ip}]` : ip;
}

/** `--resolve` takes the host's port; where the address has a port of its own, `--connect-to` says both. */
function wayTo(url: URL, ip: string, port: number): string[] {
  const urlPort = url.port === '' ? 443 : Number(url.port);
  return port === urlPort
    ? ['--resolve', `${url.hostname}:${urlPort}:${bracketed(ip)}`]
    : ['--connect-to', `${url.hostname}:${urlPort}:${bracketed(ip)}:${port}`];
}

/** Files of a target are named from the configuration's folder. */
function fileOf(name: unknown, configFile: string | null): string | null {
  if (typeof name !== 'string' || name === '') {
    return null;
  }
  const isAbsolute = /^(\/|[A-Za-z]:[\\/])/.test(name);
  return isAbsolute || configFile === null ? name : `${configFile.replace(/[^\\/]*$/, '')}${name}`;
}

interface Config {
  readonly file: string | null;
  readonly targets: readonly ConfigTarget[];
}

/** `isDemo`: its authority is known to nobody outside of the engine, so the certificate cannot be checked. */
export function curlOf({ draft, result }: SentEntry, config: Config | null, isDemo: boolean): string {
  const { method = 'GET', url, headers = [], body = null, timeoutMs } = draft;
  const parsed = new URL(url);
  const values = config?.targets.find(({ host }) => host === parsed.host)?.values ?? {};
  const ip = result?.connection?.ip ?? draft.ip ?? null;
  const port = result?.connection?.port ?? (parsed.port === '' ? 443 : Number(parsed.port));
  const protocol = result?.connection?.protocol;
  const parts: string[][] = [];
  const file = (option: string, key: string): void => {
    const name = fileOf(values[key], config?.file ?? null);
    if (name !== null) {
      parts.push([option, name]);
    }
  };
  if (method === 'HEAD') {
    parts.push(['--head']);
  } else {
    parts.push(['--include'], ...(method === 'GET' ? [] : [['--request', method]]));
  }
  if (protocol !== undefined) {
    parts.push([protocol === 'h2' ? '--http2' : '--http1.1']);
  }
  if (ip !== null) {
    parts.push(wayTo(parsed, ip, port));
  }
  file('--cacert', 'ca_file');
  file('--cert', 'client_cert_file');
  file('--key', 'client_key_file');
  if (isDemo) {
    parts.push(['--insecure']);
  }
  if (timeoutMs !== undefined) {
    parts.push(['--max-time', String(timeoutMs / 1_000)]);
  }
  for (const { name, value } of headers) {
    // Without a value curl would leave the header out; a semicolon sends it empty.
    parts.push(['--header', value === '' ? `${name};` : `${name}: ${value}`]);
  }
  if (body !== null && !methodsWithoutBody.includes(method)) {
    if (!headers.some(({ name }) => name.toLowerCase() === 'content-type')) {
      // Curl would call it a form.
      parts.push(['--header', 'Content-Type:']);
    }
    parts.push(['--data-raw', body]);
  }
  const asked = `${parsed.pathname}${parsed.search}`;
  if (/[[\]{}]/.test(asked)) {
    // They would stand for several URLs.
    parts.push(['--globoff']);
  }
  // As the engine sends it: what a URL cannot hold is escaped, a fragment left out.
  parts.push([`${parsed.origin}${asked}`]);
  return `curl ${parts.map((words) => words.map(quoted).join(' ')).join(' \\\n  ')}`;
}
