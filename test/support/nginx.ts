/** A private nginx on a loopback port, in a folder of its own: a server of other people's making. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type CertificateAuthority, createAuthority } from '../../core/demo/certificate-authority.ts';
import { type Endpoint, parseHostName } from '../../core/dial/endpoint.ts';
import { freePort } from './free-port.ts';

/** As `nginx -v` tells it; null where it is not installed. Debian has it outside the path of ordinary users. */
export const nginxVersion = findVersion();

export interface NginxOptions {
  readonly protocol: 'h2' | 'http/1.1';
  /** Directives of the server block, each with its semicolon. */
  readonly server?: string;
}

export interface Nginx extends AsyncDisposable {
  readonly hostname: string;
  readonly authority: CertificateAuthority;
  readonly endpoint: Endpoint;
  /** Connections that it has accepted. Asking is none of them. */
  accepted(): Promise<number>;
  /** Ends as an operator's `nginx -s quit`: requests under way are finished. Resolves when the process has gone. */
  quit(): Promise<void>;
}

/** How long it may take to be ready; its start is some tens of milliseconds. */
const patienceMs = 10_000;
const bigBytes = 4 * 1024 * 1024;

/**
 * `/` answers with the number of its connection and of the request on it, `/big` with 4 MiB, `/slow` with 64 KiB over
 * about a second, `/status/NNN` with that status.
 * @throws Error with what nginx said when it does not come up.
 */
export async function startNginx({ protocol, server = '' }: NginxOptions): Promise<Nginx> {
  const hostname = 'nginx.test';
  const folder = await mkdtemp(join(tmpdir(), 'hotpool-nginx-'));
  const authority = await createAuthority();
  const certificate = await authority.issue({ names: [hostname], ips: ['127.0.0.1'] });
  const [port, statusPort] = [await freePort(), await freePort()];
  await Promise.all([
    writeFile(join(folder, 'key.pem'), certificate.privateKeyPem, { mode: 0o600 }),
    writeFile(join(folder, 'certificate.pem'), certificate.certificatePem),
    writeFile(join(folder, 'big'), Buffer.alloc(bigBytes, 'b')),
    writeFile(join(folder, 'slow'), Buffer.alloc(64 * 1024, 's')),
    writeFile(join(folder, 'nginx.conf'), configuration({ folder, port, statusPort, protocol, server })),
  ]);
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], {
    env: { ...process.env, PATH: searchPath() },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const nginx: Nginx = {
    hostname,
    authority,
    endpoint: { host: parseHostName(hostname), ip: '127.0.0.1', port },
    async accepted() {
      const text = await (await fetch(`http://127.0.0.1:${statusPort}/`)).text();
      // "server accepts handled requests", and below the numbers; this question is the one accept that is not counted.
      const [, accepts = ''] = /\n\s*(\d+) \d+ \d+/.exec(text) ?? [];
      asked += 1;
      return Number(accepts) - asked - 1;
    },
    quit: () => end(child, 'SIGQUIT'),
    async [Symbol.asyncDispose]() {
      await end(child, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
  let asked = 0;
  if (!(await accepts(child, port))) {
    await nginx[Symbol.asyncDispose]();
    throw new Error(`nginx did not come up:\n${said}`);
  }
  return nginx;
}

interface Places {
  readonly folder: string;
  readonly port: number;
  readonly statusPort: number;
  readonly protocol: NginxOptions['protocol'];
  readonly server: string;
}

function configuration({ folder, port, statusPort, protocol, server }: Places): string {
  const statuses = [403, 404, 503].map((status) => `location = /status/${status} { return ${status}; }`);
  return `
daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid ${folder}/pid;
worker_shutdown_timeout 10s;
error_log stderr warn;
events { worker_connections 512; }
http {
  access_log off;
  default_type text/plain;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((part) => `${part}_temp_path ${folder}/${part};`).join(' ')}
  server {
    listen 127.0.0.1:${statusPort};
    keepalive_timeout 0;
    location / { stub_status; }
  }
  server {
    listen 127.0.0.1:${port} ssl${protocol === 'h2' ? ' http2' : ''};
    ssl_certificate ${folder}/certificate.pem;
    ssl_certificate_key ${folder}/key.pem;
    ${server}
    location = / { return 200 "$connection $connection_requests"; }
    location = /big { root ${folder}; }
    location = /slow { root ${folder}; limit_rate 64k; limit_rate_after 1k; }
    ${statuses.join('\n    ')}
  }
}
`;
}

function findVersion(): string | null {
  const { stderr, status } = spawnSync('nginx', ['-v'], {
    env: { ...process.env, PATH: searchPath() },
    encoding: 'utf8',
  });
  return status === 0 ? (/nginx\/(\S+)/.exec(stderr)?.[1] ?? 'of unknown version') : null;
}

function searchPath(): string {
  return [process.env.PATH ?? '', '/usr/sbin', '/usr/local/sbin'].join(delimiter);
}

/** False when the process ends, or does not listen in time. */
async function accepts(child: ChildProcess, port: number): Promise<boolean> {
  const untilMs = Date.now() + patienceMs;
  while (child.exitCode === null && Date.now() < untilMs) {
    const socket = connect(port, '127.0.0.1');
    const connected = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (connected) {
      return true;
    }
    await delay(10);
  }
  return false;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}
