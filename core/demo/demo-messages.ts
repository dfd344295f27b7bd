/** What the fleet and the thread of its origins say to each other. */

/**
 * How an endpoint misbehaves, for as long as it is switched on:
 * - `refuse`: nobody listens; connections that are there live on.
 * - `reset`: every connection gets a TCP reset, old ones at once, new ones as they arrive.
 * - `hang`: new connections get no answer to their hello, old ones none to their requests; HTTP/2 pings are answered, as
 *   by an application that hangs behind its TLS.
 * - `slow`: three seconds are added to each answer.
 * - `403`, `503`: that status for every request (503 with Retry-After).
 * - `bad-certificate`, `wrong-name`, `self-signed`: new handshakes are offered an expired certificate, one for another
 *   name, one that nobody has signed.
 * - `client-certificate`: new handshakes ask for a certificate that nobody has.
 * - `old-tls`: new handshakes are taken in TLS 1.2 and with suites of its time alone.
 * - `close-idle`: a connection is closed as soon as it is idle.
 * - `goaway`: HTTP/2 connections get GOAWAY, HTTP/1.1 ones `Connection: close`.
 */
export const demoFaults = [
  'refuse',
  'reset',
  'hang',
  'slow',
  '403',
  '503',
  'bad-certificate',
  'wrong-name',
  'self-signed',
  'client-certificate',
  'old-tls',
  'close-idle',
  'goaway',
] as const;
export type DemoFault = (typeof demoFaults)[number];

export interface DemoCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** What new connections meet: a server that is well, or one with a fault of its handshake. */
export const originGuises = [
  'well',
  'bad-certificate',
  'wrong-name',
  'self-signed',
  'client-certificate',
  'old-tls',
] as const satisfies ('well' | DemoFault)[];
export type OriginGuise = (typeof originGuises)[number];

export interface OriginHost {
  readonly hostname: string;
  readonly certificates: Readonly<Record<OriginGuise, DemoCertificate>>;
}

export function guiseOf(fault: DemoFault | null): OriginGuise {
  return originGuises.find((guise) => guise === fault) ?? 'well';
}

/** One endpoint to be served. */
export interface OriginPlan {
  readonly hostname: string;
  /** A loopback address. Tried first; where the system does not have it, 127.0.0.1 takes its place. */
  readonly ip: string;
  readonly protocols: readonly ('h2' | 'http/1.1')[];
  /** Before each answer; spread by `delayJitter` of itself. */
  readonly delayMs: number;
  /** 0 to 1. */
  readonly delayJitter: number;
}

/** `workerData` of the thread. */
export interface OriginsStart {
  readonly hosts: readonly OriginHost[];
  readonly origins: readonly OriginPlan[];
  readonly seed: number;
}

export interface OriginAddress {
  readonly ip: string;
  readonly port: number;
}

/** To the thread; `origins` are indices into the plan. */
export interface SetFaultMessage {
  readonly kind: 'set-fault';
  readonly requestId: number;
  readonly origins: readonly number[];
  readonly fault: DemoFault | null;
}

/** From the thread. */
export type FromOrigins =
  /** One address per planned origin, in the plan's order. */
  | { readonly kind: 'ready'; readonly addresses: readonly OriginAddress[] }
  | { readonly kind: 'start-failed'; readonly message: string }
  | { readonly kind: 'fault-set'; readonly requestId: number }
  | { readonly kind: 'fault-failed'; readonly requestId: number; readonly message: string };
