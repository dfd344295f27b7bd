import { describe, expect, it } from 'vitest';
import type { AccessVerdict } from '../../../core/access/access-policy.ts';
import { automaticBanLimit } from '../../../core/engine/automatic-bans.ts';

function verdictOf(origin: 'automatic' | 'operator' | null): AccessVerdict {
  return origin === null
    ? { allowed: true, list: null, rule: null }
    : { allowed: false, list: 'black', rule: { value: 'x', origin } };
}

/** Hosts by their IPs; bans by IP. */
function limit(hosts: string[][], bans: Record<string, 'automatic' | 'operator'> = {}): (ip: string) => boolean {
  return automaticBanLimit(
    { groupsWith: (ip) => hosts.filter((ips) => ips.includes(ip)).map((ips) => new Set(ips)) },
    () => ({ verdict: (ip) => verdictOf(bans[ip] ?? null) }),
  );
}

describe('automatic bans', () => {
  it('take at most half of the IPs of a host, rounded down', () => {
    const ips = ['a', 'b', 'c', 'd', 'e'];
    expect(limit([ips])('a')).toBe(true);
    expect(limit([ips], { b: 'automatic' })('a')).toBe(true);
    expect(limit([ips], { b: 'automatic', c: 'automatic' })('a')).toBe(false);
  });

  it('never take the only IP of a host', () => {
    expect(limit([['a']])('a')).toBe(false);
    expect(limit([['a', 'b']])('a')).toBe(true);
  });

  it('count only their own kind: what the operator banned is the business of the operator', () => {
    expect(limit([['a', 'b', 'c', 'd']], { b: 'operator', c: 'operator' })('a')).toBe(true);
  });

  it('hold for each host that has the IP', () => {
    expect(limit([['a', 'b', 'c', 'd'], ['a']])('a')).toBe(false);
  });

  it('of an IP that belongs to no watched host are free', () => {
    expect(limit([['a']])('z')).toBe(true);
  });
});
