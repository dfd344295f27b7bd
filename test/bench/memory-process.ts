/** `node --expose-gc memory-process.ts CONTENDER CONNECTIONS PLACE` prints bytes of RSS per connection. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'undici';
import { parseHostName } from '../../core/dial/endpoint.ts';
import { originHostname } from './origin.ts';
import { clientOn, openRealPool, openSocket, type Place, sharedContext } from './real-pool.ts';

const [contender = '', wanted = '', placeText = '{}'] = process.argv.slice(2);
const place = JSON.parse(placeText) as Place;
const connections = Number(wanted);
const loading = 50;
const handshakesAtOnce = 32;
const streams = 100;

type Open = () => Promise<unknown>;

const kept: unknown[] = [];

function opener(): Open {
  if (contender === 'ours') {
    const pool = openRealPool(place, connections + loading);
    kept.push(pool);
    const endpoint = { host: parseHostName(originHostname), ip: '127.0.0.1', port: place.port };
    const { signal } = new AbortController();
    return () => pool.open(endpoint, { timeoutMs: 60_000, priority: 'warm-up', signal });
  }
  const context = sharedContext(place.authorityPem);
  if (contender === 'TLSSocket') {
    return async () => kept.push(await openSocket(context, place.port));
  }
  return async () => {
    const client: Client = clientOn(await openSocket(context, place.port), streams);
    const { body } = await client.request({ path: '/', method: 'HEAD', reset: false });
    await body.dump();
    kept.push(client);
  };
}

async function openMany(open: Open, count: number): Promise<void> {
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      await open();
    }
  };
  await Promise.all(Array.from({ length: handshakesAtOnce }, lane));
}

async function residentBytes(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    // Freed handles are given back in turns of the event loop.
    await delay(100);
  }
  return process.memoryUsage.rss();
}

const open = opener();
await openMany(open, loading);
const before = await residentBytes();
await openMany(open, connections);
const after = await residentBytes();
process.stdout.write(`${(after - before) / connections}\n`, () => process.exit(0));
