/** A program whose pool can reach nobody, and that has nothing else to do. Argument: what it waits for. */
import { defaultSettings, openPool } from '../../../core/index.ts';

const host = 'nobody.test:9';
await using hot = openPool({
  // Port 9 (discard): nobody listens there.
  hosts: { [host]: ['127.0.0.1'] },
  settings: defaultSettings({ pool: { acquireTimeoutMs: 2_500, maxRetries: 2 } }),
});

async function act(what: string | undefined): Promise<string> {
  switch (what) {
    case 'acquire': {
      using lease = await hot.pool.acquire(host);
      return lease.ip;
    }
    case 'warm-up':
      return `outcome: ${(await hot.warmUp({ hosts: [host], retries: 1 })).outcome}`;
    default:
      return String((await hot.pool.request({ origin: `https://${host}`, path: '/', method: 'GET' })).statusCode);
  }
}

try {
  process.stdout.write(`${await act(process.argv[2])}\n`);
} catch (error) {
  process.stdout.write(`failed: ${error instanceof Error ? error.message : String(error)}\n`);
}
