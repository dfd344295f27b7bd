/** Starts the endpoints that the warm-up bench dials: many addresses on loopback, served by a process of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createAuthority } from '../../core/demo/certificate-authority.ts';
import { originHostname } from './origin.ts';

/** As many as the reference system's own report has. */
export const endpointCount = 1_631;
/** To the far endpoints. */
export const farRoundTripMs = 50;

export interface WarmUpPlace {
  readonly authorityFile: string;
  readonly ips: readonly string[];
  readonly port: number;
  /** The same, {@link farRoundTripMs} away. */
  readonly farPort: number;
}

export interface OriginOrder {
  readonly ips: readonly string[];
  readonly keyPem: string;
  readonly certificatePem: string;
  readonly port: number;
  readonly farPort: number;
}

const port = 24_430;
const farPort = 24_431;

const file = fileURLToPath(new URL('./warmup-origin-process.ts', import.meta.url));

/** @throws Error when the process ends before it listens. */
export async function startEndpoints(folder: string): Promise<WarmUpPlace & AsyncDisposable> {
  const ips = Array.from({ length: endpointCount }, (_, index) => `127.77.${index >> 8}.${index & 255}`);
  const authority = await createAuthority();
  const certificate = await authority.issue({ names: [originHostname], ips: [] });
  const authorityFile = `${folder}/authority.pem`;
  await writeFile(authorityFile, authority.certificatePem);
  const child = startProcess({
    ips,
    keyPem: certificate.privateKeyPem,
    certificatePem: certificate.certificatePem,
    port,
    farPort,
  });
  await listening(child);
  return {
    authorityFile,
    ips,
    port,
    farPort,
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.stdin?.end();
      await exited;
    },
  };
}

function startProcess(order: OriginOrder): ChildProcess {
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write(`${JSON.stringify(order)}\n`);
  return child;
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the origins' process ended with ${code}`)));
    if (child.stdout) {
      createInterface({ input: child.stdout }).once('line', resolve);
    }
  });
}
