/** Hosts and addresses of the fake console, shaped like the demo fleet. */
export interface FakeHost {
  readonly host: string;
  readonly path: string;
  readonly ips: readonly string[];
  /** Typical milliseconds of TCP, TLS and an answer. */
  readonly tcpMs: number;
  readonly tlsMs: number;
  readonly responseMs: number;
  readonly h2Share: number;
}

export const fakeProfiles = ['modern-h2', 'chacha-first', 'x25519-first', 'p256-first', 'tls12-only'] as const;

/** Three hosts over `endpoints` addresses, a fifth of them IPv6; none at all for 0. */
export function fakeFleet(endpoints: number): readonly FakeHost[] {
  if (endpoints === 0) {
    return [];
  }
  const address = (network: number, index: number): string =>
    index % 5 === 4
      ? `2001:db8:${network}::${(index + 1).toString(16)}`
      : `127.0.${network + Math.floor(index / 250)}.${(index % 250) + 1}`;
  const ips = (network: number, share: number): string[] =>
    Array.from({ length: Math.max(1, Math.round(endpoints * share)) }, (_, index) => address(network, index));
  return [
    {
      host: 'edge.demo.test',
      path: '/health',
      ips: ips(1, 0.4),
      tcpMs: 0.4,
      tlsMs: 3.1,
      responseMs: 2.8,
      h2Share: 0.7,
    },
    { host: 'tiles.demo.test', path: '/', ips: ips(31, 0.4), tcpMs: 0.7, tlsMs: 4.6, responseMs: 6.4, h2Share: 0.9 },
    {
      host: 'api.demo.test:8443',
      path: '/v1/ping',
      ips: ips(61, 0.2),
      tcpMs: 1.2,
      tlsMs: 6.8,
      responseMs: 11.5,
      h2Share: 0.2,
    },
  ];
}
