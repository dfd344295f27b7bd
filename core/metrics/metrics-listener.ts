/**
 * Metrics on a port of their own, for Prometheus and its like, when the configuration names one. It needs no token, so
 * unless the operator says otherwise it is bound to loopback, where only this machine's programs reach it.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import ipaddr from 'ipaddr.js';
import type { EventSink } from '../base/event-bus.ts';
import type { MetricsSettings } from '../config/settings.ts';
import { type MetricFamily, metricContentTypes, metricFormatFor, renderMetrics } from './metric-text.ts';

export interface MetricsSource {
  families(): readonly MetricFamily[];
}

export interface MetricsListenerOptions {
  readonly metrics: MetricsSource;
  readonly events: EventSink;
}

/** Answers one request for metrics, in the form that the reader asks for. */
export function answerMetrics(
  metrics: MetricsSource,
  request: Pick<IncomingMessage, 'headers' | 'method'>,
  response: ServerResponse,
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const format = metricFormatFor(request.headers.accept);
  const text = renderMetrics(metrics.families(), format);
  response.writeHead(200, {
    'content-type': metricContentTypes[format],
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}

export class MetricsListener {
  readonly #options: MetricsListenerOptions;
  #settings: MetricsSettings = { port: 0, address: '127.0.0.1' };
  #server: Server | null = null;
  /** One change after the other. */
  #changing: Promise<void> = Promise.resolve();

  /** Listens once it is told where. */
  constructor(options: MetricsListenerOptions) {
    this.#options = options;
  }

  /**
   * Listens there from now on, and nowhere for port 0. A port that cannot be had is an event, never a failure: metrics are
   * no reason to stop a pool.
   */
  update(settings: MetricsSettings): Promise<void> {
    const { port, address } = this.#settings;
    if (settings.port !== port || settings.address !== address) {
      this.#settings = settings;
      this.#changing = this.#changing.then(() => this.#listen(settings));
    }
    return this.#changing;
  }

  /** The port it listens on; null when it does not. */
  get port(): number | null {
    const address = this.#server?.address();
    return typeof address === 'object' && address !== null ? address.port : null;
  }

  close(): Promise<void> {
    return this.update({ ...this.#settings, port: 0 });
  }

  async #listen({ port, address }: MetricsSettings): Promise<void> {
    await this.#leave();
    if (port === 0) {
      return;
    }
    const server = createServer((request, response) => this.#answer(request, response));
    const { events } = this.#options;
    const place = `http://${address.includes(':') ? `[${address}]` : address}:${port}/metrics`;
    const { promise, resolve } = Promise.withResolvers<Error | null>();
    server.once('error', resolve);
    server.listen(port, address, () => resolve(null));
    const failure = await promise;
    if (failure) {
      events.emit('error', 'metrics.not-listening', place, { message: failure.message });
      return;
    }
    // An accept that the system refuses must not end the process.
    server.on('error', ({ message }) => {
      events.emit('error', 'metrics.accept-failed', place, { message });
    });
    server.unref();
    this.#server = server;
    events.emit('info', 'metrics.listening', place, {});
  }

  async #leave(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server) {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    // A page of a stranger that points its own name at loopback must read nothing (DNS rebinding).
    if (isLoopback(this.#settings.address) && !isOwnName(request.headers.host)) {
      response.writeHead(403).end('This address answers only as 127.0.0.1, [::1] or localhost.\n');
    } else if (request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end('Metrics are at /metrics.\n');
    } else {
      answerMetrics(this.#options.metrics, request, response);
    }
  }
}

function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback';
}

function isOwnName(host: string | undefined): boolean {
  const name = host?.replace(/:\d+$/, '') ?? '';
  return name === 'localhost' || isLoopback(name.replace(/^\[|\]$/g, ''));
}
