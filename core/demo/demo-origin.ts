/** One endpoint of the demo fleet: a listener on loopback, the connections it has accepted, and how it misbehaves. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse, ServerHttp2Session } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Clock, Timer } from '../base/clock.ts';
import { jittered, type Random } from '../base/random.ts';
import type { DemoFault } from '../contract/demo.ts';
import { demoAnswer } from './demo-answers.ts';
import { guiseOf, type OriginAddress, type OriginGuise, type OriginPlan } from './demo-messages.ts';

export type OriginRequest = IncomingMessage | Http2ServerRequest;
export type OriginResponse = ServerResponse | Http2ServerResponse;

/** Which of its host's TLS servers takes a new connection. */
export interface ConnectionTaker {
  take(socket: Socket, plan: OriginPlan, guise: OriginGuise): void;
}

interface OriginConnection {
  readonly raw: Socket;
  secure: TLSSocket | null;
  session: ServerHttp2Session | null;
  inFlight: number;
}

const slowMs = 3_000;
const retryAfterSeconds = 5;

export class DemoOrigin {
  readonly #plan: OriginPlan;
  readonly #taker: ConnectionTaker;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #listener: Server;
  readonly #connections = new Map<string, OriginConnection>();
  /** Requests held back by `hang`, to be answered when it ends. */
  readonly #held = new Set<() => void>();
  #address: OriginAddress = { ip: '', port: 0 };
  #fault: DemoFault | null = null;
  /** Faults are switched one after the other: to listen again takes a moment. */
  #switched: Promise<void> = Promise.resolve();

  constructor(plan: OriginPlan, taker: ConnectionTaker, clock: Clock, random: Random) {
    this.#plan = plan;
    this.#taker = taker;
    this.#clock = clock;
    this.#random = random;
    this.#listener = createServer({ noDelay: true }, (socket) => this.#accept(socket));
  }

  /**
   * Listens on the planned address and `preferredPort`, on any port where that one is taken, on 127.0.0.1 where the
   * system does not have the address.
   * @throws the system's error when even that fails.
   */
  async listen(preferredPort: number): Promise<OriginAddress> {
    const attempts: readonly OriginAddress[] = [
      { ip: this.#plan.ip, port: preferredPort },
      { ip: this.#plan.ip, port: 0 },
      { ip: '127.0.0.1', port: 0 },
    ];
    let failure: unknown;
    for (const { ip, port } of attempts) {
      try {
        this.#address = { ip, port: await listenOn(this.#listener, ip, port) };
        return this.#address;
      } catch (error) {
        failure = error;
        if (!isAddressFault(error)) {
          break;
        }
      }
    }
    throw failure;
  }

  secured(secure: TLSSocket): void {
    const connection = this.#connections.get(peerKey(secure));
    if (!connection) {
      return;
    }
    connection.secure = secure;
    if (this.#fault === 'reset') {
      reset(connection.raw);
    }
  }

  opened(session: ServerHttp2Session): void {
    const connection = this.#connections.get(peerKey(session.socket));
    if (connection) {
      connection.session = session;
    }
  }

  answer(request: OriginRequest, response: OriginResponse): void {
    request.resume();
    const connection = this.#connections.get(peerKey(request.socket));
    if (connection) {
      connection.inFlight += 1;
    }
    const respond = (): void => this.#respond(request, response);
    let timer: Timer | null = null;
    response.once('close', () => {
      timer?.cancel();
      this.#held.delete(respond);
      if (connection) {
        connection.inFlight -= 1;
        this.#afterAnswer(connection);
      }
    });
    if (this.#fault === 'hang') {
      this.#held.add(respond);
      return;
    }
    const delayMs = jittered(this.#random, this.#plan.delayMs, this.#plan.delayJitter);
    timer = this.#clock.after(delayMs + (this.#fault === 'slow' ? slowMs : 0), respond);
  }

  /** @throws the system's error when the address cannot be listened on again. */
  setFault(fault: DemoFault | null): Promise<void> {
    const switched = this.#switched.then(() => this.#switchFault(fault));
    this.#switched = switched.catch(() => {});
    return switched;
  }

  async #switchFault(fault: DemoFault | null): Promise<void> {
    const before = this.#fault;
    this.#fault = fault;
    if (before === 'refuse' && fault !== 'refuse') {
      await listenOn(this.#listener, this.#address.ip, this.#address.port);
    }
    if (before === 'hang' && fault !== 'hang') {
      this.#endHang();
    }
    switch (fault) {
      case 'refuse':
        // Stops listening at once; `close` calls back only when the last connection has gone.
        this.#listener.close();
        break;
      case 'reset':
        for (const { raw, secure } of this.#connections.values()) {
          // One in the middle of its handshake is reset when that is done: Node ends such a socket rather than reset it.
          if (secure) {
            reset(raw);
          }
        }
        break;
      case 'close-idle':
      case 'goaway':
        for (const connection of this.#connections.values()) {
          this.#afterAnswer(connection);
        }
        break;
      default:
        break;
    }
  }

  #accept(raw: Socket): void {
    // Loopback peers come and go as they please; what they break is theirs to notice.
    raw.on('error', () => raw.destroy());
    if (this.#fault === 'reset') {
      reset(raw);
      return;
    }
    const key = peerKey(raw);
    this.#connections.set(key, { raw, secure: null, session: null, inFlight: 0 });
    raw.once('close', () => this.#connections.delete(key));
    if (this.#fault === 'hang') {
      // Read and forgotten, so that the peer's going away is noticed.
      raw.resume();
      return;
    }
    this.#taker.take(raw, this.#plan, guiseOf(this.#fault));
  }

  /** Held requests get their answer; connections that never got a hello are beyond help. */
  #endHang(): void {
    for (const respond of [...this.#held]) {
      this.#held.delete(respond);
      respond();
    }
    for (const connection of this.#connections.values()) {
      if (connection.secure === null) {
        connection.raw.destroy();
      }
    }
  }

  #respond(request: OriginRequest, response: OriginResponse): void {
    if (response.destroyed || response.writableEnded) {
      return;
    }
    const answer = demoAnswer(this.#plan.hostname, request.url ?? '/');
    const faulty = this.#fault === '403' || this.#fault === '503';
    const body = faulty ? Buffer.from(`the demo's fault ${this.#fault} is on\n`) : answer.body;
    response.statusCode = faulty ? Number(this.#fault) : answer.status;
    response.setHeader('content-type', faulty ? 'text/plain' : answer.contentType);
    if (response.statusCode !== 204 && response.statusCode !== 304) {
      response.setHeader('content-length', body.length);
    }
    if (this.#fault === '503') {
      response.setHeader('retry-after', String(retryAfterSeconds));
    }
    if (this.#fault === 'goaway' && request.httpVersionMajor === 1) {
      response.setHeader('connection', 'close');
    }
    if (request.method === 'HEAD') {
      response.end();
    } else {
      response.end(body);
    }
  }

  #afterAnswer(connection: OriginConnection): void {
    if (this.#fault === 'goaway') {
      // Not `goaway()` alone: a session that has said it and has no stream left reads no more, not even the peer's end.
      connection.session?.close();
    } else if (this.#fault === 'close-idle' && connection.inFlight === 0) {
      connection.secure?.end();
    }
  }
}

/** Node ends the stream before it resets it; without its FIN the peer sees the reset and nothing else. */
function reset(socket: Socket): void {
  socket._final = (callback) => callback();
  socket.resetAndDestroy();
}

/** Resolves with the port. */
function listenOn(listener: Server, ip: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(port, ip, () => {
      listener.off('error', reject);
      const address = listener.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}

function isAddressFault(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'EADDRINUSE' || code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT' || code === 'EACCES';
}

function peerKey(socket: Pick<Socket, 'remoteAddress' | 'remotePort'>): string {
  return `${socket.remoteAddress}|${socket.remotePort}`;
}
