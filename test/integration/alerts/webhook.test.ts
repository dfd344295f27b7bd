/** The webhook against a real HTTP server: what arrives, signed as a receiver would check it, and what it survives. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AlertKeeper } from '../../../core/alerts/alert-keeper.ts';
import { stateReading } from '../../../core/alerts/alert-reading.ts';
import { postJson } from '../../../core/alerts/post-json.ts';
import { Webhook } from '../../../core/alerts/webhook.ts';
import { systemClock } from '../../../core/base/clock.ts';
import { EventBus } from '../../../core/base/event-bus.ts';
import { systemRandom } from '../../../core/base/random.ts';

interface Received {
  readonly signature: string;
  readonly delivery: string;
  readonly body: string;
}

const secret = 'a secret that both know';
let folder: string;
let server: Server;
let received: Received[];
let statuses: number[];
let webhook: Webhook;
let keeper: AlertKeeper;
let blocks: boolean;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request.setEncoding('utf8')) {
    body += piece;
  }
  return body;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-webhook-'));
  writeFileSync(join(folder, 'secret'), secret);
  received = [];
  statuses = [];
  blocks = true;
  server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const status = statuses.shift() ?? 204;
    received.push({
      signature: String(request.headers['hotpool-signature']),
      delivery: String(request.headers['hotpool-delivery']),
      body,
    });
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const events = new EventBus(systemClock);
  webhook = new Webhook({
    clock: systemClock,
    random: systemRandom,
    events,
    settings: () => ({ webhookUrl: `http://127.0.0.1:${port}/alerts`, webhookSecretFile: join(folder, 'secret') }),
    post: postJson,
  });
  const times = { holdMs: 0, clearHoldMs: 0, reopenWithinMs: 0 };
  keeper = new AlertKeeper({ clock: systemClock, events, settings: () => times });
  keeper.addSource(() => [stateReading('host-blocks-us', 'a.test', blocks)]);
  keeper.observe({ notice: (notice) => webhook.tell(notice) });
});

afterEach(async () => {
  webhook.close();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As a receiver does it. */
function isGenuine({ signature, body }: Received): boolean {
  const [, seconds = '', digest = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  const expected = createHmac('sha256', secret).update(`${seconds}.${body}`).digest();
  return timingSafeEqual(expected, Buffer.from(digest, 'hex')) && Math.abs(Date.now() / 1_000 - Number(seconds)) < 60;
}

test('an alert is told when it fires and when it is over, each signed', async () => {
  keeper.judge(systemClock.monotonicMs());
  blocks = false;
  keeper.judge(systemClock.monotonicMs());
  await expect.poll(() => received.length).toBe(2);
  expect(received.map(isGenuine)).toEqual([true, true]);
  const [fired, resolved] = received.map(({ body }) => JSON.parse(body));
  expect(fired).toMatchObject({ event: 'alert.fired', alert: { rule: 'host-blocks-us', subject: 'a.test' } });
  expect(resolved).toMatchObject({ event: 'alert.resolved', alert: { id: fired.alert.id, state: 'resolved' } });
});

test('a receiver that is down for a moment gets it all the same, as the same delivery', async () => {
  statuses = [503];
  keeper.judge(systemClock.monotonicMs());
  await expect.poll(() => received.length, { timeout: 5_000 }).toBe(2);
  expect(new Set(received.map(({ delivery }) => delivery)).size).toBe(1);
  expect(received.map(isGenuine)).toEqual([true, true]);
});
