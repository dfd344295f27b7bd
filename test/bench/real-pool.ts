/** The real pool on real sockets, beside a socket and a Client of the same kind without it. */
import tls, { type SecureContext, type TLSSocket } from 'node:tls';
import { Client } from 'undici';
import { systemClock } from '../../core/base/clock.ts';
import { systemRandom } from '../../core/base/random.ts';
import type { PoolSettings } from '../../core/config/settings.ts';
import { TlsDialer } from '../../core/dial/tls-dialer.ts';
import { defaultTlsProfile, tlsProfile } from '../../core/dial/tls-profiles.ts';
import { HttpConnectionValidator } from '../../core/health/connection-validator.ts';
import { HotConnPool } from '../../core/pool/hot-conn-pool.ts';
import { FakeAccess, FakeBudget, FakeDirectory, fakeSettings } from '../support/fake-network.ts';
import { originHostname } from './origin.ts';

/** Measuring the process is not what is measured here. */
export const noMonitor = {
  sample: () => ({ loopDelayP50Ms: 0, loopDelayP99Ms: 0, cpuShare: 0, rssBytes: 0, openFileDescriptors: null }),
  dispose: () => undefined,
};

/** Nothing grows old or is looked at again while it is measured. */
const dayMs = 86_400_000;

export interface Place {
  readonly port: number;
  readonly authorityPem: string;
}

export function openRealPool({ port, authorityPem }: Place, connections: number, streams = 1): HotConnPool {
  const limits: Partial<PoolSettings> = {
    maxConnections: connections,
    maxConnectionsPerHost: connections,
    maxIdleConnections: connections,
    maxStreamsPerConnection: streams,
    maxLifetimeMs: dayMs,
    idleTimeoutMs: dayMs,
    healthCheckIntervalMs: dayMs,
  };
  const settings = fakeSettings({ pool: limits, targets: [originHostname] });
  return new HotConnPool(settings, {
    clock: systemClock,
    random: systemRandom,
    dialer: new TlsDialer({ clock: systemClock, extraCa: [authorityPem] }),
    budget: new FakeBudget(),
    hosts: new FakeDirectory().set(originHostname, ['127.0.0.1'], port),
    access: new FakeAccess(),
    validator: new HttpConnectionValidator({ clock: systemClock, settings }),
    events: { emit: () => undefined },
    process: noMonitor,
  });
}

/** One for all sockets, as the pool has it. */
export function sharedContext(authorityPem: string): SecureContext {
  return tls.createSecureContext({
    ...tlsProfile(defaultTlsProfile).options,
    ca: [...tls.getCACertificates('default'), authorityPem],
  });
}

/** A socket as the pool dials it. */
export function openSocket(secureContext: SecureContext, port: number): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      host: '127.0.0.1',
      port,
      secureContext,
      servername: originHostname,
      ALPNProtocols: [...tlsProfile(defaultTlsProfile).alpn],
    });
    socket.once('error', reject).once('secureConnect', () => {
      socket.off('error', reject).setNoDelay(true).setKeepAlive(true, 60_000);
      resolve(socket);
    });
  });
}

/** A Client that sends everything on this one socket. */
export function clientOn(socket: TLSSocket, streams: number): Client {
  return new Client(`https://${originHostname}`, {
    connect: (_options, callback) => queueMicrotask(() => callback(null, socket)),
    pipelining: 1,
    keepAliveTimeout: dayMs,
    keepAliveMaxTimeout: dayMs,
    h2Options: { maxConcurrentStreams: streams, pingInterval: 0 },
  });
}
