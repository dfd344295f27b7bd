/** The health of the invented fleet's IPs, read off its connections and lists. */
import type { AccessEntry } from '../../../core/contract/access.ts';
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import type { HealthPicture, HostHealth, IpHealth } from '../../../core/contract/health.ts';
import type { HealthSpan } from '../../../core/contract/history-health.ts';
import type { FakePast } from './fake-past.ts';

interface FleetHost {
  readonly host: string;
  readonly ips: readonly string[];
}

const port = 443;

export function fakeHealth(
  fleet: readonly FleetHost[],
  rows: Iterable<ConnectionRow>,
  entries: readonly AccessEntry[],
  past: FakePast,
  nowMs: number,
): HealthPicture {
  const connections = [...rows];
  const ips = fleet.flatMap(({ host, ips: addresses }) =>
    addresses.map((ip) =>
      fakeIp(
        { host, ip },
        connections.filter((row) => row.host === host && row.ip === ip),
        entries.find(({ value }) => value === ip) ?? null,
        past.ejectionOf(host, ip, nowMs),
      ),
    ),
  );
  return { atMs: nowMs, localOutage: null, hosts: fleet.map((host) => fakeHost(host, ips)), ips };
}

function fakeIp(
  { host, ip }: { readonly host: string; readonly ip: string },
  rows: readonly ConnectionRow[],
  entry: AccessEntry | null,
  ejection: HealthSpan | null,
): IpHealth {
  const asked = rows.reduce((sum, { requests }) => sum + requests, 0);
  const errors = rows.reduce((sum, row) => sum + row.errors, 0);
  const isBanned = entry?.list === 'black' && entry.origin === 'automatic';
  const isOut = isBanned || ejection !== null;
  const untilMs = isBanned ? entry.expiresAtMs : (ejection?.untilMs ?? null);
  const listed = entry === null ? 'unknown' : entry.list === 'white' ? 'allowed' : 'blocked';
  const state = isOut ? 'ejected' : listed;
  return {
    host,
    ip,
    port,
    state,
    reason: ejection?.reason ?? (isBanned ? 'permanent-failure' : null),
    ejectedUntilMs: untilMs,
    ejectedForMs: isOut ? 30_000 : null,
    nextProbeAtMs: untilMs,
    ejections: isOut ? 1 : 0,
    heldInUse: false,
    consecutiveFailures: 0,
    goodProbes: 0,
    successShare: asked === 0 ? null : Math.max(0, asked - errors) / asked,
    asked,
    latencyMs: rows.find(({ lastResponseMs }) => lastResponseMs !== null)?.lastResponseMs ?? null,
    lastError: null,
  };
}

function fakeHost({ host, ips: addresses }: FleetHost, ips: readonly IpHealth[]): HostHealth {
  const count = (state: IpHealth['state']): number => ips.filter((ip) => ip.host === host && ip.state === state).length;
  const blocked = count('blocked');
  const ejected = count('ejected');
  return {
    host,
    ips: addresses.length,
    available: addresses.length - blocked - ejected,
    blocked,
    ejected,
    mayEject: Math.floor((addresses.length - blocked) / 2),
    held: 0,
    panic: false,
    blocksUs: false,
  };
}
