/** The headless console on the wire: who is let in, what is served, and that a wrong message harms nobody. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { EventBus } from '../../../core/base/event-bus.ts';
import { type GatedConsole, MessageGate } from '../../../core/console/message-gate.ts';
import { parseInput } from '../../../core/console/request-input.ts';
import type { HostMessage } from '../../../core/contract/messages.ts';
import type { MetricFamily } from '../../../core/metrics/metric-text.ts';
import {
  type ConsoleServer,
  type ConsoleServerOptions,
  startConsoleServer,
} from '../../../electron/headless/console-server.ts';
import { StaticFiles } from '../../../electron/headless/static-files.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const token = 'dGhlLXRva2VuLW9mLXRoaXMtdGVzdA';
const page = '<!doctype html><title>Hotpool Console</title>';

let folder: string;
let server: ConsoleServer;
let reached: string[];
let send: ((frame: unknown) => void) | null;
let isReady: (() => boolean) | null;

const engine: GatedConsole = {
  async answer(name, input) {
    parseInput(name, input);
    reached.push(name);
    return { from: 'engine' };
  },
  subscribe(_stream, listener, options) {
    send = listener;
    isReady = options?.isReady ?? null;
    return () => {
      send = null;
    };
  },
};

const metrics = {
  families: (): MetricFamily[] => [
    { name: 'hotpool_waiters', help: 'Waiting.', type: 'gauge', samples: [{ value: 3 }] },
  ],
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-static-'));
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'index.html'), page);
  writeFileSync(join(folder, 'renderer', 'assets', 'app-1a2b.js'), 'export {};');
  writeFileSync(join(folder, 'renderer', 'assets', 'app-1a2b.js.map'), '{}');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  reached = [];
  send = null;
  isReady = null;
  const events = new EventBus(new ManualClock());
  const files = new StaticFiles(join(folder, 'renderer'));
  server = await startConsoleServer({ events, files, token, port: 0 });
  server.serve(new MessageGate(engine, events), metrics);
});

afterEach(() => server.close());

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

async function ask(
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers, agent: false });
  sent.end(body);
  const [response]: IncomingMessage[] = await once(sent, 'response');
  if (!response) {
    throw new Error('no response');
  }
  let text = '';
  for await (const part of response.setEncoding('utf8')) {
    text += part;
  }
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

/** The status with which an upgrade was refused, or 101. */
async function upgrade(headers: Record<string, string>, path = '/ws'): Promise<number> {
  const handshake = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  const sent = request({
    host: '127.0.0.1',
    port: server.port,
    path,
    headers: { ...handshake, ...headers },
    agent: false,
  });
  sent.end();
  return new Promise((resolve, reject) => {
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('upgrade', (_, socket) => {
      socket.destroy();
      resolve(101);
    });
    sent.on('error', reject);
  });
}

const bearer = { authorization: `Bearer ${token}` };
const protocols = { 'sec-websocket-protocol': `hotpool, token.${token}` };
const statistics = JSON.stringify({ name: 'statistics.get', input: {} });

/** Every door, with the right token. */
function everyDoor(extra: Record<string, string>): Promise<number[]> {
  return Promise.all([
    ask('/', { headers: extra }).then(({ status }) => status),
    ask('/assets/app-1a2b.js', { headers: extra }).then(({ status }) => status),
    ask('/nothing', { headers: extra }).then(({ status }) => status),
    ask('/api/request', { method: 'POST', headers: { ...bearer, ...extra }, body: statistics }).then((a) => a.status),
    ask('/ws', { headers: { ...bearer, ...extra } }).then(({ status }) => status),
    upgrade({ ...protocols, ...extra }),
  ]);
}

describe('the address that a browser is started with', () => {
  it('leads to the page with its token once, and holds no token itself', async () => {
    const { pathname, href } = new URL(server.openingUrl());
    expect(href).not.toContain(token);
    const first = await ask(pathname);
    expect([first.status, first.headers.location, first.headers['cache-control']]).toEqual([
      303,
      `/#token=${token}`,
      'no-store',
    ]);
    const second = await ask(pathname);
    expect(second.status).toBe(410);
    expect(second.text).toContain('open the one that the console printed');
    expect(second.text).not.toContain(token);
  });

  it('ends when a new one is made, and cannot be guessed or asked for by a foreign page', async () => {
    const old = new URL(server.openingUrl()).pathname;
    const { pathname } = new URL(server.openingUrl());
    expect((await ask(old)).status).toBe(410);
    expect((await ask('/open/')).status).toBe(410);
    expect((await ask(pathname, { headers: { origin: 'https://elsewhere.test' } })).status).toBe(403);
    expect((await ask(pathname)).status).toBe(303);
  });
});

describe('a foreign Host or Origin', () => {
  it.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '[::1]',
    '0.0.0.0',
  ])('Host %s is refused with 403 at every door', async (host) => {
    expect(await everyDoor({ host })).toEqual([403, 403, 403, 403, 403, 403]);
    expect(reached).toEqual([]);
  });

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1', 'file://', ''])(
    'Origin %j is refused with 403 at every door',
    async (origin) => {
      expect(await everyDoor({ origin })).toEqual([403, 403, 403, 403, 403, 403]);
      expect(reached).toEqual([]);
    },
  );

  it('of our own, by number or by name, is let in', async () => {
    for (const authority of [`127.0.0.1:${server.port}`, `localhost:${server.port}`]) {
      const own = { host: authority, origin: `http://${authority}` };
      expect(await everyDoor(own)).toEqual([200, 200, 404, 200, 426, 101]);
    }
  });

  it('missing, as in HTTP/1.0, is refused', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.end('GET / HTTP/1.0\r\n\r\n');
    let text = '';
    for await (const part of socket.setEncoding('utf8')) {
      text += part;
    }
    expect(text).toMatch(/^HTTP\/1\.1 403 /);
  });
});

describe('the token', () => {
  const wrong = [`${token}x`, token.slice(1), token.toLowerCase(), '', '%00'];

  it('is not needed for the page, which carries no data', async () => {
    expect((await ask('/')).text).toBe(page);
  });

  it.each(['/api/request', '/api/', '/api', '/api/nothing', '/ws'])(
    'missing at %s: 401 for every method',
    async (path) => {
      for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
        const { status, text } = await ask(path, { method, body: method === 'POST' ? statistics : '' });
        expect(status).toBe(401);
        expect(text).not.toContain(token);
      }
      expect(reached).toEqual([]);
    },
  );

  it('wrong: 401 for requests and upgrades', async () => {
    for (const other of wrong) {
      const headers = { authorization: `Bearer ${other}` };
      expect((await ask('/api/request', { method: 'POST', headers, body: statistics })).status).toBe(401);
      expect(await upgrade({ 'sec-websocket-protocol': `hotpool, token.${other}` })).toBe(401);
    }
    expect(await upgrade({})).toBe(401);
    expect(await upgrade({ 'sec-websocket-protocol': 'hotpool' })).toBe(401);
    expect(await upgrade({ 'sec-websocket-protocol': `token.${token}` })).toBe(401);
    expect(await upgrade({}, `/ws?token=${token}`)).toBe(401);
    expect(await upgrade(bearer)).toBe(401);
    expect(reached).toEqual([]);
  });

  it('right, but at another path: no upgrade', async () => {
    expect(await upgrade(protocols, '/api/request')).toBe(404);
  });
});

describe('the page', () => {
  it('is served under the strict policy, is not sniffed, framed or stored', async () => {
    const { headers } = await ask('/');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    const policy = new Map(
      String(headers['content-security-policy'])
        .split('; ')
        .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
    );
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'connect-src': `'self' ws://127.0.0.1:${server.port} ws://localhost:${server.port}`,
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'object-src': "'none'",
    });
  });

  it('and its hashed files come with type, length and no body for HEAD', async () => {
    const file = await ask('/assets/app-1a2b.js');
    expect(file).toMatchObject({ status: 200, text: 'export {};' });
    expect(file.headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', 'content-length': '10' });
    expect(file.headers['cache-control']).toContain('immutable');
    expect(await ask('/assets/app-1a2b.js', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    expect((await ask('/', { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '//secret.txt',
    '/assets/app-1a2b.js.map',
    '/assets',
    '/index.html/',
    '/\\..\\secret.txt',
  ])('%s is not found', async (path) => {
    const { status, text } = await ask(path);
    expect(status).toBe(404);
    expect(text).not.toContain('secret.txt');
  });
});

describe('POST /api/request', () => {
  const post = (body: string): Promise<Answer> => ask('/api/request', { method: 'POST', headers: bearer, body });

  it('answers one request of the contract', async () => {
    const { status, text, headers } = await post(statistics);
    expect([status, JSON.parse(text)]).toEqual([200, { output: { from: 'engine' } }]);
    expect(headers['cache-control']).toBe('no-store');
    expect((await post('{"name":"statistics.get"}')).status).toBe(200);
  });

  it.each([
    ['{', 400, 'malformed-message'],
    ['[]', 400, 'malformed-message'],
    ['null', 400, 'malformed-message'],
    ['{"name":7}', 400, 'malformed-message'],
    ['{"name":"statistics.get","input":{},"extra":1}', 400, 'malformed-message'],
    ['{"name":"eval","input":{}}', 404, 'unknown-request'],
    ['{"name":"connections.close","input":{"ids":[]}}', 400, 'invalid-input'],
    ['{"type":"subscribe","id":1,"stream":"events"}', 400, 'malformed-message'],
  ])('%s: %i %s', async (body, status, code) => {
    const answer = await post(body);
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([status, code]);
    expect(reached).toEqual([]);
  });

  it('with GET is 405, elsewhere 404, too large 413', async () => {
    expect((await ask('/api/request', { headers: bearer })).status).toBe(405);
    expect((await ask('/api/other', { method: 'POST', headers: bearer, body: '{}' })).status).toBe(404);
    expect((await post(`"${'x'.repeat(16 * 1024 * 1024)}"`)).status).toBe(413);
  });
});

describe('the WebSocket', () => {
  async function open(): Promise<{ socket: WebSocket; next: () => Promise<HostMessage> }> {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, ['hotpool', `token.${token}`], {
      origin: `http://127.0.0.1:${server.port}`,
    });
    const inbox: HostMessage[] = [];
    const waiting: ((message: HostMessage) => void)[] = [];
    socket.on('message', (data) => {
      const message: HostMessage = JSON.parse(String(data));
      const waiter = waiting.shift();
      if (waiter) {
        waiter(message);
      } else {
        inbox.push(message);
      }
    });
    await once(socket, 'open');
    const next = (): Promise<HostMessage> => {
      const first = inbox.shift();
      return first ? Promise.resolve(first) : new Promise((resolve) => waiting.push(resolve));
    };
    return { socket, next };
  }

  it('chooses its own protocol, never the one with the token', async () => {
    const { socket } = await open();
    expect(socket.protocol).toBe('hotpool');
    socket.close();
  });

  it('answers requests and carries frames', async () => {
    const { socket, next } = await open();
    socket.send(JSON.stringify({ type: 'request', id: 1, name: 'statistics.get', input: {} }));
    expect(await next()).toEqual({ type: 'response', id: 1, output: { from: 'engine' } });
    socket.send(JSON.stringify({ type: 'subscribe', id: 2, stream: 'events' }));
    await expect.poll(() => send).not.toBeNull();
    expect(isReady?.()).toBe(true);
    send?.({ reset: true });
    expect(await next()).toEqual({ type: 'frame', id: 2, frame: { reset: true } });
    socket.close();
  });

  it.each([['not json'], ['{}'], ['[1]'], [Buffer.from([0xff, 0x00])]])(
    'answers %s with a typed error and goes on',
    async (message) => {
      const { socket, next } = await open();
      socket.send(message);
      expect(await next()).toMatchObject({ type: 'error', id: null, error: { code: 'malformed-message' } });
      socket.send(JSON.stringify({ type: 'request', id: 1, name: 'statistics.get', input: {} }));
      expect(await next()).toMatchObject({ type: 'response', id: 1 });
      socket.close();
    },
  );

  it('ends subscriptions when the page is gone', async () => {
    const { socket } = await open();
    socket.send(JSON.stringify({ type: 'subscribe', id: 2, stream: 'events' }));
    await expect.poll(() => send).not.toBeNull();
    socket.terminate();
    await expect.poll(() => send).toBeNull();
  });

  it('closes on a message that is too large, and only that client', async () => {
    const first = await open();
    const second = await open();
    first.socket.on('error', () => {});
    first.socket.send('x'.repeat(16 * 1024 * 1024 + 1));
    await once(first.socket, 'close');
    second.socket.send(JSON.stringify({ type: 'request', id: 1, name: 'statistics.get', input: {} }));
    expect(await second.next()).toMatchObject({ type: 'response', id: 1 });
    expect(reached).toEqual(['statistics.get']);
    second.socket.close();
  });

  it('that stops reading is not fed any more', async () => {
    const { socket } = await open();
    socket.send(JSON.stringify({ type: 'subscribe', id: 2, stream: 'connections' }));
    await expect.poll(() => send).not.toBeNull();
    socket.pause();
    const frame = 'x'.repeat(1024 * 1024);
    let sent = 0;
    while (isReady?.() && sent < 200) {
      send?.(frame);
      sent += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sent).toBeLessThan(200);
    expect(isReady?.()).toBe(false);
    socket.resume();
    await expect.poll(() => isReady?.()).toBe(true);
    socket.close();
  });
});

it('a file that has vanished since the start is a fault of ours, told without its path', async () => {
  const file = join(folder, 'renderer', 'assets', 'gone-1a2b.js');
  writeFileSync(file, '');
  const events = new EventBus(new ManualClock());
  const heard: string[] = [];
  events.subscribe(({ kind }) => heard.push(kind));
  const files = new StaticFiles(join(folder, 'renderer'));
  const own = await startConsoleServer({ events, files, token, port: 0 });
  rmSync(file);
  const response = await fetch(`http://127.0.0.1:${own.port}/assets/gone-1a2b.js`);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain(folder);
  expect(heard).toEqual(['headless.answer-failed']);
  await own.close();
});

/** In the place of the one that each test begins with. */
async function fresh(options: ConsoleServerOptions): Promise<ConsoleServer> {
  await server.close();
  return startConsoleServer(options);
}

it('before the engine has started, the page is there, and whoever has the token is told to come again', async () => {
  const events = new EventBus(new ManualClock());
  server = await fresh({ events, files: new StaticFiles(join(folder, 'renderer')), token, port: 0 });
  const authorization = `Bearer ${token}`;
  const headers = { host: `127.0.0.1:${server.port}` };
  const question = { method: 'POST', body: '{"name":"statistics.get"}' };
  expect(await ask('/', { headers })).toMatchObject({ status: 200, text: page });
  expect((await ask('/api/request', { ...question, headers })).status).toBe(401);
  const early = await ask('/api/request', { ...question, headers: { ...headers, authorization } });
  expect([early.status, early.headers['retry-after']]).toEqual([503, '1']);
  expect(JSON.parse(early.text).error.message).toContain('still starting');
  const protocols = { 'sec-websocket-protocol': `hotpool, token.${token}` };
  expect(await upgrade({ ...headers, ...protocols })).toBe(503);

  server.serve(new MessageGate(engine, events), metrics);
  expect((await ask('/api/request', { ...question, headers: { ...headers, authorization } })).status).toBe(200);
  expect(await upgrade({ ...headers, ...protocols })).toBe(101);
});

describe('metrics', () => {
  it('need the token, like every figure', async () => {
    expect((await ask('/metrics')).status).toBe(401);
    const { status, text, headers } = await ask('/metrics', { headers: { authorization: `Bearer ${token}` } });
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('text/plain; version=0.0.4');
    expect(text).toContain('\nhotpool_waiters 3\n');
  });
});

it('listens on loopback alone and frees its port when it closes', async () => {
  const { port } = server;
  await server.close();
  const socket = connect(port, '127.0.0.1');
  const [error] = await once(socket, 'error');
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});
