/** A real TLS origin on loopback that can be told to misbehave. Speaks HTTP/2 and HTTP/1.1, whichever ALPN chooses. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import http2, {
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type SecureServerOptions,
  type ServerHttp2Session,
} from 'node:http2';
import https, { type Server as HttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type CertificateAuthority,
  createAuthority,
  type IssuedCertificate,
} from '../../core/demo/certificate-authority.ts';
import { type Endpoint, parseHostName } from '../../core/dial/endpoint.ts';

/**
 * - `reset-tcp`: resets the connection as soon as it is there.
 * - `silent`: accepts, reads, never answers a hello.
 * - `reset`: resets the connection as soon as the hello arrives.
 * - `close`: closes it instead, without a word.
 * - `plain`: answers as an HTTP server without TLS would.
 * - `alert`: refuses the hello by an alert of TLS.
 * - `alert-once`: likewise, the next hello alone.
 */
export type HelloFault = 'reset-tcp' | 'silent' | 'reset' | 'close' | 'plain' | 'alert' | 'alert-once';

export interface TlsOriginOptions {
  /** The certificate names it, and requests are for it. */
  readonly hostname?: string;
  /** Loopback, 127.0.0.1 by default. */
  readonly ip?: string;
  /** Any that is free by default. */
  readonly port?: number;
  readonly certificate?: IssuedCertificate;
  /** For more than one origin with the same authority. */
  readonly authority?: CertificateAuthority;
  readonly protocols?: readonly string[];
  readonly tls?: SecureServerOptions;
}

export interface OriginAnswer {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
  /**
   * Nothing of the body after this many bytes: all connections are reset or come to an end, or the HTTP/2 stream alone is
   * reset with this code (RFC 9113, section 7), which on HTTP/1.1 is the end of its connection.
   */
  readonly cut?: { readonly afterBytes: number; readonly by: 'reset' | 'end' | number };
}

/** A record of TLS 1.2 with a fatal alert 47 (RFC 8446, section 6). */
const illegalParameter = Buffer.from([0x15, 0x03, 0x03, 0, 2, 2, 47]);

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

export async function startTlsOrigin(options: TlsOriginOptions = {}): Promise<TlsOrigin> {
  const hostname = options.hostname ?? 'origin.test';
  const authority = options.authority ?? (await createAuthority());
  const certificate =
    options.certificate ?? (await authority.issue({ names: [hostname], ips: [options.ip ?? '127.0.0.1'] }));
  const origin = new TlsOrigin(hostname, authority, certificate, options);
  await origin.listen(options.port);
  return origin;
}

export class TlsOrigin implements AsyncDisposable {
  readonly hostname: string;
  readonly authority: CertificateAuthority;
  /** What requests get; a function is asked each time. */
  answer: OriginAnswer | ((request: Request) => OriginAnswer) = { status: 200, body: 'good' };
  helloFault: HelloFault | null = null;
  /** What is sent on new connections waits for {@link drip}, the handshake included. */
  slow = false;
  /** Requests are held back, all of them or those that a function says, to be let go with {@link letGo}. */
  holding: boolean | ((request: Request) => boolean) = false;
  /** Counted at TCP: how often somebody has dialled. */
  accepted = 0;
  requests = 0;
  readonly #ip: string;
  readonly #listener: Server;
  readonly #certificate: IssuedCertificate;
  readonly #servers: (Http2SecureServer | HttpsServer)[] = [];
  /** Takes new connections. */
  #newest: Http2SecureServer | HttpsServer;
  readonly #sockets = new Set<Socket>();
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #secured = new Set<Socket>();
  readonly #ways = new Map<Socket, Socket>();
  readonly #held = new Set<() => void>();
  #port = 0;
  #watchers: (() => void)[] = [];

  constructor(
    hostname: string,
    authority: CertificateAuthority,
    certificate: IssuedCertificate,
    options: TlsOriginOptions,
  ) {
    this.hostname = hostname;
    this.authority = authority;
    this.#ip = options.ip ?? '127.0.0.1';
    this.#certificate = certificate;
    this.#listener = createServer((socket) => this.#accept(socket));
    this.#newest = this.#secureServer(options);
  }

  #secureServer(options: TlsOriginOptions): Http2SecureServer | HttpsServer {
    const { certificatePem, privateKeyPem } = options.certificate ?? this.#certificate;
    const tls: SecureServerOptions = { key: privateKeyPem, cert: certificatePem, ...options.tls };
    const protocols = [...(options.protocols ?? ['h2', 'http/1.1'])];
    const answer = (request: Request, response: Response): void => this.#answer(request, response);
    // An HTTP/2 server insists on offering h2; an HTTPS one offers what it is told.
    const secure = protocols.includes('h2')
      ? http2.createSecureServer({ ...tls, allowHTTP1: protocols.includes('http/1.1') }, answer)
      : https.createServer({ ...tls, ALPNProtocols: protocols }, answer);
    secure.on('session', (session: ServerHttp2Session) => {
      this.#sessions.add(session);
      session.once('close', () => this.#sessions.delete(session));
    });
    secure.on('secureConnection', (socket: Socket) => {
      this.#secured.add(socket);
      this.#happened();
      socket.once('close', () => this.#secured.delete(socket));
    });
    // What clients do to it is theirs to notice.
    secure.on('sessionError', ignore);
    secure.on('tlsClientError', (_error: Error, socket: Socket) => socket.destroy());
    secure.on('clientError', (_error: Error, socket: Socket) => socket.destroy());
    this.#servers.push(secure);
    return secure;
  }

  async listen(port = 0): Promise<void> {
    await Promise.all([
      listening(this.#listener, this.#ip, port),
      ...this.#servers.map((server) => listening(server, '127.0.0.1', 0)),
    ]);
  }

  /** New connections meet another server from now on: another certificate, other protocols, other ciphers. */
  async become(options: TlsOriginOptions): Promise<void> {
    const server = this.#secureServer(options);
    await listening(server, '127.0.0.1', 0);
    this.#newest = server;
  }

  /** Nobody listens any more; connections that are there live on. */
  stopListening(): void {
    this.#port = this.port;
    this.#listener.close();
  }

  listenAgain(): Promise<void> {
    return listening(this.#listener, this.#ip, this.#port);
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo | null)?.port ?? this.#port;
  }

  get endpoint(): Endpoint {
    return { host: parseHostName(this.hostname), ip: this.#ip, port: this.port };
  }

  /** TCP connections that are open now. */
  get open(): number {
    return this.#sockets.size;
  }

  /** Handshakes that are done, on connections that are open now. */
  get secured(): number {
    return this.#secured.size;
  }

  /** Resolves when `condition` holds; looked at after each thing that happens here. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
  }

  /** As after a change of its ticket key: sessions of before are unknown. */
  forgetSessions(): void {
    for (const server of this.#servers) {
      server.setTicketKeys(randomBytes(48));
    }
  }

  goaway(code = 0): void {
    for (const session of this.#sessions) {
      session.goaway(code);
    }
  }

  /** A clean end of every connection, as after an idle limit. */
  endAll(): void {
    for (const socket of this.#secured) {
      socket.end();
    }
  }

  resetAll(): void {
    for (const socket of this.#sockets) {
      reset(socket);
    }
  }

  /** Bytes on every established HTTP/1.1 connection that nobody asked for. */
  writeAll(text: string): void {
    for (const socket of this.#secured) {
      socket.write(text);
    }
  }

  /** From now on nothing passes on the connections that are there, in either direction: established, but dead. */
  freeze(): void {
    for (const [socket, inner] of this.#ways) {
      socket.unpipe(inner).pause();
      inner.unpipe(socket).pause();
    }
  }

  /**
   * Of what the server has sent since {@link freeze}, so many bytes on each connection: slower than any deadline allows,
   * and yet not nothing.
   */
  drip(bytes: number): void {
    for (const [socket, inner] of this.#ways) {
      const chunk: Buffer | null = inner.read(bytes) ?? inner.read();
      if (chunk && !socket.destroyed) {
        socket.write(chunk);
      }
    }
  }

  thaw(): void {
    for (const [socket, inner] of this.#ways) {
      socket.pipe(inner).pipe(socket);
    }
  }

  letGo(): void {
    this.holding = false;
    for (const respond of this.#held) {
      respond();
    }
    this.#held.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
    for (const socket of this.#secured) {
      socket.destroy();
    }
    await Promise.all([closed(this.#listener), ...this.#servers.map(closed)]);
  }

  #accept(socket: Socket): void {
    this.accepted += 1;
    this.#sockets.add(socket);
    socket.on('error', ignore);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#happened();
    });
    this.#happened();
    switch (this.helloFault) {
      case null:
        this.#secureOver(socket);
        break;
      case 'reset-tcp':
        reset(socket);
        break;
      case 'silent':
        socket.resume();
        break;
      case 'reset':
        socket.once('data', () => reset(socket));
        break;
      case 'close':
        socket.once('data', () => socket.end());
        break;
      case 'plain':
        socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'));
        break;
      case 'alert-once':
        this.helloFault = null;
        socket.once('data', () => socket.end(illegalParameter));
        break;
      case 'alert':
        socket.once('data', () => socket.end(illegalParameter));
        break;
    }
  }

  /** TLS runs on a socket of its own behind this one, so that the way between can be cut without either end noticing. */
  #secureOver(socket: Socket): void {
    const inner = connect((this.#newest.address() as AddressInfo).port, '127.0.0.1');
    this.#ways.set(socket, inner);
    socket.pipe(inner);
    if (!this.slow) {
      inner.pipe(socket);
    }
    inner.on('error', ignore);
    inner.once('close', () => socket.destroySoon());
    socket.once('close', () => {
      this.#ways.delete(socket);
      inner.destroy();
    });
  }

  #answer(request: Request, response: Response): void {
    this.requests += 1;
    request.resume();
    const respond = (): void => {
      const {
        status,
        headers = {},
        body = '',
        cut,
      } = typeof this.answer === 'function' ? this.answer(request) : this.answer;
      response.statusCode = status;
      for (const [name, value] of Object.entries(headers)) {
        if (value !== undefined) {
          response.setHeader(name, typeof value === 'number' ? String(value) : value);
        }
      }
      if (cut && request.method !== 'HEAD') {
        this.#cut(response, body.slice(0, cut.afterBytes), cut.by);
      } else {
        response.end(request.method === 'HEAD' ? '' : body);
      }
    };
    if (typeof this.holding === 'function' ? this.holding(request) : this.holding) {
      this.#held.add(respond);
    } else {
      respond();
    }
    this.#happened();
  }

  #cut(response: Response, begun: string, by: 'reset' | 'end' | number): void {
    const cut = async (): Promise<void> => {
      // What has been written has to come through.
      await delay(5);
      if (by === 'reset') {
        this.resetAll();
      } else if (typeof by === 'number' && 'stream' in response) {
        response.stream.close(by);
      } else {
        this.endAll();
      }
    };
    if ('stream' in response) {
      response.write(begun, cut);
    } else {
      response.write(begun, cut);
    }
  }

  #happened(): void {
    const watchers = this.#watchers;
    this.#watchers = [];
    for (const watcher of watchers) {
      watcher();
    }
  }
}

function listening(server: Server, ip: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, ip, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/** `resetAndDestroy` sends a FIN ahead of its RST, and the peer may see either; this is what it does without the FIN. */
function reset(socket: Socket): void {
  Object.assign(socket, { resetAndClosing: true });
  socket.destroy();
}

function ignore(): void {}
