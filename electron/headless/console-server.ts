/** The console over HTTP on loopback: static files, one WebSocket for the contract, one request at a time under /api/. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { EventSink } from '../../core/base/event-bus.ts';
import type { MessageGate } from '../../core/console/message-gate.ts';
import { ContractError, type ContractErrorCode, type ContractErrorData } from '../../core/contract/errors.ts';
import { answerMetrics, type MetricsSource } from '../../core/metrics/metrics-listener.ts';
import { contentSecurityPolicy } from '../shared/content-security-policy.ts';
import {
  bearerToken,
  foreignHeader,
  OpeningCode,
  ownAuthorities,
  socketProtocol,
  subprotocolToken,
  TokenCheck,
} from './request-guard.ts';
import type { StaticFiles } from './static-files.ts';

export interface ConsoleServerOptions {
  /** Hears of what could not be answered. */
  readonly events: EventSink;
  readonly files: StaticFiles;
  readonly token: string;
  /** 0 takes a free one. */
  readonly port: number;
}

export interface ConsoleServer {
  readonly port: number;
  /** The page with its token. */
  readonly url: string;
  /** An address that leads to {@link url} once and within a minute: it may be seen on a command line. */
  openingUrl(): string;
  /** From now on the engine answers. Until then whoever has the token is told to come again. */
  serve(gate: MessageGate, metrics: MetricsSource): void;
  /** Ends every connection at once and stops listening. */
  close(): Promise<void>;
}

/** The largest message of the contract is a pasted list of 8,000,000 characters. */
const maxMessageBytes = 16 * 1024 * 1024;
/** More than this on its way to a page, and it gets fewer, still coalesced frames. */
const maxBufferedBytes = 1024 * 1024;
/** More than this, and the page has stopped reading: it is cut off, and subscribes anew when it comes back. */
const maxHeldBytes = 64 * 1024 * 1024;
const maxClients = 32;
const pingIntervalMs = 15_000;
/** A demo of 5,000 endpoints is there in two. */
const startingRetryS = 1;

const openingPath = '/open/';

const httpStatuses: Readonly<Record<ContractErrorCode, number>> = {
  'malformed-message': 400,
  'unknown-request': 404,
  'unknown-stream': 404,
  'invalid-input': 400,
  'not-found': 404,
  conflict: 409,
  refused: 403,
  closed: 503,
  disconnected: 503,
  internal: 500,
};

/**
 * Resolves when it listens on 127.0.0.1, which needs no engine: a port that is taken is told before one has been started.
 * @throws Error with code EADDRINUSE or EACCES when the port cannot be had.
 */
export async function startConsoleServer({ events, files, token, port }: ConsoleServerOptions): Promise<ConsoleServer> {
  const tokens = new TokenCheck(token);
  const pageWithToken = `/#token=${token}`;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: () => socketProtocol,
  });
  const opening = new OpeningCode();
  let ownPort = port;
  let engine: { readonly gate: MessageGate; readonly metrics: MetricsSource } | null = null;

  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000 }, (request, response) => {
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      setSecurityHeaders(response, ownPort);
      const foreign = foreignHeader(request.headers, ownPort);
      if (foreign) {
        refuse(response, 403, 'refused', `This console answers only its own page: the ${foreign} header is foreign.`);
        return;
      }
      const path = pathOf(request);
      if (path === '/ws' || path === '/metrics' || path === '/api' || path.startsWith('/api/')) {
        if (!tokens.accepts(bearerToken(request.headers))) {
          response.setHeader('www-authenticate', 'Bearer');
          refuse(response, 401, 'refused', 'The token is missing or wrong: open the address that the console printed.');
        } else if (path === '/ws') {
          response.setHeader('upgrade', 'websocket');
          refuse(response, 426, 'refused', 'This is the WebSocket of the console.');
        } else if (!engine) {
          response.setHeader('retry-after', String(startingRetryS));
          refuse(response, 503, 'disconnected', 'The engine is still starting: ask again in a moment.');
        } else {
          await (path === '/metrics'
            ? answerMetrics(engine.metrics, request, response)
            : answerApi(engine.gate, path, request, response));
        }
        return;
      }
      if (path.startsWith(openingPath) && request.method === 'GET') {
        answerOpening(path.slice(openingPath.length), response);
        return;
      }
      await answerStatic(path, request, response);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      events.emit('error', 'headless.answer-failed', request.method ?? '', { message });
      if (!response.headersSent) {
        refuse(response, 500, 'internal', 'The console could not answer; the log says more.');
      } else {
        response.destroy(error instanceof Error ? error : undefined);
      }
    }
  }

  function answerOpening(code: string, response: ServerResponse): void {
    if (opening.take(code, performance.now())) {
      response.writeHead(303, { location: pageWithToken, 'cache-control': 'no-store', 'content-length': 0 });
      response.end();
    } else {
      refuse(
        response,
        410,
        'refused',
        'This address has been used, or is too old: open the one that the console printed.',
      );
    }
  }

  async function answerStatic(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      refuse(response, 405, 'refused', 'Only GET and HEAD are answered here.');
      return;
    }
    const file = await files.read(path);
    if (!file) {
      refuse(response, 404, 'not-found', 'There is nothing here.');
      return;
    }
    response.writeHead(200, {
      'content-type': file.contentType,
      'content-length': file.body.length,
      'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }

  async function answerApi(
    gate: MessageGate,
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (path !== '/api/request') {
      refuse(response, 404, 'not-found', 'There is nothing here: requests of the contract go to POST /api/request.');
      return;
    }
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      refuse(response, 405, 'refused', 'A request of the contract is a POST with {"name": …, "input": …}.');
      return;
    }
    const body = await readBody(request);
    if (body === null) {
      response.setHeader('connection', 'close');
      refuse(response, 413, 'refused', `The message is larger than ${maxMessageBytes} bytes.`);
      return;
    }
    let message: unknown;
    try {
      message = JSON.parse(body);
    } catch {
      refuse(response, 400, 'malformed-message', 'The message is not JSON.');
      return;
    }
    const given = typeof message === 'object' && message !== null && !Array.isArray(message) ? message : { message };
    const answered = await gate.answer({ input: {}, ...given, type: 'request', id: 1 });
    if (answered.type === 'error') {
      sendJson(response, httpStatuses[answered.error.code], { error: answered.error });
    } else if (answered.type === 'response') {
      sendJson(response, 200, { output: answered.output });
    }
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (foreignHeader(request.headers, ownPort)) {
      rejectUpgrade(socket, '403 Forbidden');
    } else if (!tokens.accepts(subprotocolToken(request.headers))) {
      rejectUpgrade(socket, '401 Unauthorized');
    } else if (pathOf(request) !== '/ws') {
      rejectUpgrade(socket, '404 Not Found');
    } else if (!engine || sockets.clients.size >= maxClients) {
      rejectUpgrade(socket, '503 Service Unavailable');
    } else {
      const { gate } = engine;
      sockets.handleUpgrade(request, socket, head, (opened) => serveSocket(gate, opened));
    }
  });

  function serveSocket(gate: MessageGate, socket: WebSocket): void {
    const session = gate.open({
      isReady: () => socket.bufferedAmount < maxBufferedBytes,
      send: (message) => {
        if (socket.bufferedAmount > maxHeldBytes) {
          socket.terminate();
          throw new Error('the page has stopped reading');
        }
        socket.send(JSON.stringify(message));
      },
    });
    let alive = true;
    const pings = setInterval(() => {
      if (!alive) {
        socket.terminate();
        return;
      }
      alive = false;
      socket.ping();
    }, pingIntervalMs);
    pings.unref();
    socket.on('pong', () => {
      alive = true;
    });
    // Text, whatever its frame: a page sends a long message as bytes.
    socket.on('message', (data) => {
      alive = true;
      session.receiveText(data.toString());
    });
    // A breach of the protocol, or a message that is too large: ws closes with the right code by itself.
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(pings);
      session.close();
    });
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      // An accept that the system refuses, for want of file descriptors for instance, must not end the process.
      server.on('error', ({ message }) => {
        events.emit('error', 'headless.accept-failed', 'headless', { message });
      });
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The console server has no port.');
  }
  ownPort = address.port;

  const authority = `http://127.0.0.1:${ownPort}`;
  return {
    port: ownPort,
    url: `${authority}${pageWithToken}`,
    openingUrl: () => `${authority}${openingPath}${opening.make(performance.now())}`,
    serve(gate, metrics) {
      engine = { gate, metrics };
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) {
          socket.terminate();
        }
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function setSecurityHeaders(response: ServerResponse, port: number): void {
  const sockets = ownAuthorities(port).map((authority) => `ws://${authority}`);
  response.setHeader('content-security-policy', contentSecurityPolicy(sockets));
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
}

/** The path as it was sent, without the query: names are looked up as they are, so nothing is decoded. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').replace(/[?#].*$/s, '');
}

function refuse(response: ServerResponse, status: number, code: ContractErrorCode, message: string): void {
  sendJson(response, status, { error: new ContractError(code, message).toData() });
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: { error: ContractErrorData } | { output: unknown },
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** null when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > maxMessageBytes) {
      return null;
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function rejectUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
