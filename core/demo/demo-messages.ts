/** What the fleet and the thread of its origins say to each other. */
import type { DemoFault } from '../contract/demo.ts';

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
