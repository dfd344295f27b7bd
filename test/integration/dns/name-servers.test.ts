/** Name servers of one's own, asked over UDP, and a pool whose addresses they tell. */
import { createSocket } from 'node:dgram';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../../core/base/clock.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { NameLookup } from '../../../core/dns/name-lookup.ts';
import { SystemResolver } from '../../../core/dns/system-resolver.ts';
import { defaultSettings, openPool } from '../../../core/index.ts';
import { DnsServer } from '../../support/dns-server.ts';
import { startTlsOrigin } from '../../support/tls-origin.ts';

const host = parseHostName('edge.test:8443');
let first: DnsServer;
let second: DnsServer;

beforeEach(async () => {
  first = await DnsServer.start();
  second = await DnsServer.start();
  first.names.set('edge.test', ['192.0.2.1', '192.0.2.2', '2001:db8::1']);
  second.names.set('edge.test', ['192.0.2.9']);
});

afterEach(async () => {
  await Promise.all([first[Symbol.asyncDispose](), second[Symbol.asyncDispose]()]);
});

async function resolve(...servers: string[]): Promise<string[]> {
  const addresses = await new SystemResolver(systemClock, new NameLookup(servers).all).resolve(host);
  expect(addresses.every(({ port }) => port === 8443)).toBe(true);
  return addresses.map(({ ip }) => ip).toSorted();
}

it('tell all A and AAAA; the second is not asked while the first answers', async () => {
  expect(await resolve(first.address, second.address)).toEqual(['192.0.2.1', '192.0.2.2', '2001:db8::1']);
  expect(second.asked).toEqual([]);
});

it('take over from one that fails, and from one that is not there', async () => {
  first.failing = true;
  expect(await resolve(first.address, second.address)).toEqual(['192.0.2.9']);
  expect(await resolve(await freePort(), second.address)).toEqual(['192.0.2.9']);
});

it('say that a name does not exist, without another try', async () => {
  first.names.clear();
  await expect(resolve(first.address)).rejects.toMatchObject({ errorClass: 'dns', code: 'ENOTFOUND' });
  expect(first.asked).toHaveLength(2);
});

it('are changed while a pool runs: its hosts are asked for anew, and what is new is used', async () => {
  await using origin = await startTlsOrigin({ hostname: 'origin.test' });
  first.names.set('origin.test', ['127.0.0.1']);
  second.names.set('origin.test', ['127.0.0.1', '127.0.0.2']);
  const name = `origin.test:${origin.port}`;
  const settings = defaultSettings({ dns: { resolvers: [first.address] } });
  await using hot = openPool({ settings, authorities: [origin.authority.certificatePem] });
  (await hot.pool.acquire(name)).release();
  expect(hot.hostMapping().get(name)).toEqual(['127.0.0.1']);
  hot.updateSettings({ ...settings, dns: { ...settings.dns, resolvers: [second.address] } });
  await expect.poll(() => hot.hostMapping().get(name)).toEqual(['127.0.0.1', '127.0.0.2']);
});

/** Nobody listens there. */
async function freePort(): Promise<string> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return `127.0.0.1:${port}`;
}
