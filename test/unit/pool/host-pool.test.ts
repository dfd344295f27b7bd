import { describe, expect, it } from 'vitest';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { HostPool, mostStrangers } from '../../../core/pool/host-pool.ts';
import { fakePool } from '../../support/fake-pool.ts';

const ipOf = (index: number): string => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;

describe('addresses that a host no longer has, or that only a caller named', () => {
  it('are forgotten beyond a number, those met first before the others', () => {
    const host = new HostPool(parseHostName('example.test'), '/', true, 0);
    host.resolvedTo([{ ip: '192.0.2.1', port: 443 }], 0);
    for (let index = 0; index <= mostStrangers + 10; index += 1) {
      host.upstream(ipOf(index), 443);
    }
    expect(host.known(ipOf(0), 443)).toBeUndefined();
    expect(host.known(ipOf(mostStrangers), 443)).toBeDefined();
    expect(host.known('192.0.2.1', 443)).toBeDefined();
  });

  it('are not those that DNS has just named, however many', () => {
    const host = new HostPool(parseHostName('example.test'), '/', true, 0);
    const addresses = Array.from({ length: mostStrangers + 10 }, (_, index) => ({ ip: ipOf(index), port: 443 }));
    host.resolvedTo(addresses, 0);
    expect(addresses.every(({ ip, port }) => host.known(ip, port))).toBe(true);
    host.resolvedTo([{ ip: '192.0.2.1', port: 443 }], 0);
    expect(host.known(ipOf(0), 443)).toBeUndefined();
  });

  it('stay while something is connected to them', async () => {
    const { pool } = fakePool();
    const lease = await pool.acquireIp('https://example.test/', '192.0.2.1');
    const host = lease.connection.host;
    for (let index = 0; index <= mostStrangers + 10; index += 1) {
      host.upstream(ipOf(index), 443);
    }
    expect(host.known('192.0.2.1', 443)).toBe(lease.connection.upstream);
    lease.release();
  });
});
