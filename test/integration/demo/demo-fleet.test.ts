import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { connect, type TLSSocket } from 'node:tls';
import { Client } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/base/clock.ts';
import { systemRandom } from '../../../core/base/random.ts';
import type { DemoFault } from '../../../core/contract/demo.ts';
import { type DemoEndpoint, type DemoFleet, demoSettings, startDemoFleet } from '../../../core/demo/demo-fleet.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';

const workerUrl = new URL('../../../core/demo/demo-origins-worker.ts', import.meta.url);

function start(endpoints: number): Promise<DemoFleet> {
  return startDemoFleet({ endpoints, seed: 1, workerUrl, clock: systemClock, random: systemRandom });
}

const opened = new Set<TLSSocket>();

async function dial(fleet: DemoFleet, endpoint: DemoEndpoint): Promise<TLSSocket> {
  const socket = connect({
    host: endpoint.ip,
    port: endpoint.port,
    servername: endpoint.hostname,
    ca: fleet.caPem,
    ALPNProtocols: ['h2', 'http/1.1'],
  });
  opened.add(socket);
  // A test that waits for an error does so itself; the others close the fleet under their sockets.
  socket.on('error', () => {});
  await once(socket, 'secureConnect');
  return socket;
}

/** One undici client on the given socket, as the engine does it. */
function clientOn(socket: TLSSocket, hostname: string): Client {
  return new Client(`https://${hostname}`, {
    connect: (_options, callback) => queueMicrotask(() => callback(null, socket)),
  });
}

async function get(
  client: Client,
  path: string,
  method: 'GET' | 'HEAD' = 'GET',
): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
  const response = await client.request({ path, method });
  return { status: response.statusCode, body: await response.body.text(), headers: response.headers };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : error;
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return codeOf(error);
  }
  return 'no failure';
}

afterEach(() => {
  for (const socket of opened) {
    socket.destroy();
  }
  opened.clear();
});

describe('demo fleet', () => {
  let fleet: DemoFleet;

  beforeAll(async () => {
    fleet = await start(60);
  });

  afterAll(() => fleet.close());

  function endpointWith(protocol: 'h2' | 'http/1.1'): DemoEndpoint {
    const found = fleet.endpoints.find(
      ({ protocols }) => protocols[0] === protocol && (protocol === 'h2' || protocols.length === 1),
    );
    if (!found) {
      throw new Error(`no endpoint with ${protocol}`);
    }
    return found;
  }

  it('answers on every endpoint, over TLS that its authority vouches for, with the protocol that was planned', async () => {
    await Promise.all(
      fleet.endpoints.map(async (endpoint) => {
        const socket = await dial(fleet, endpoint);
        expect(socket.authorized).toBe(true);
        expect(socket.alpnProtocol).toBe(endpoint.protocols[0]);
        const client = clientOn(socket, endpoint.hostname);
        expect((await get(client, '/health', 'HEAD')).status).toBe(200);
        await client.destroy();
      }),
    );
  });

  it('listens on loopback only, on addresses of their own where the system has them', () => {
    const addresses = new Set(fleet.endpoints.map(({ ip, port }) => `${ip}|${port}`));
    expect(addresses.size).toBe(60);
    for (const { ip } of fleet.endpoints) {
      expect(ip === '::1' || ip.startsWith('127.')).toBe(true);
    }
    if (process.platform === 'linux') {
      const prefixes = fleet.endpoints.map(({ ip }) => ip.split('.').slice(0, 3).join('.'));
      expect(new Set(prefixes).size).toBeGreaterThanOrEqual(9);
    }
  });

  it('has an endpoint of each host on ::1 where the system has IPv6', () => {
    const hasIpv6 = Object.values(networkInterfaces())
      .flat()
      .some((address) => address?.internal && address.family === 'IPv6');
    const hosts = fleet.endpoints.filter(({ ip }) => ip === '::1').map(({ hostname }) => hostname);
    expect(hosts).toEqual(hasIpv6 ? ['edge.demo.test', 'tiles.demo.test', 'api.demo.test'] : []);
  });

  it('is trusted by nobody without its authority', async () => {
    const endpoint = endpointWith('h2');
    const socket = connect({ host: endpoint.ip, port: endpoint.port, servername: endpoint.hostname });
    opened.add(socket);
    expect(await failureOf(once(socket, 'secureConnect'))).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  it('resolves its own hosts to their endpoints, and no other host', async () => {
    for (const { host, path } of fleet.hosts) {
      expect(path).toBe('/health');
      const expected = fleet.endpoints.filter(({ hostname }) => hostname === host.name);
      expect(await fleet.resolver.resolve(host)).toEqual(expected.map(({ ip, port }) => ({ ip, port })));
    }
    await expect(fleet.resolver.resolve(parseHostName('example.test'))).rejects.toMatchObject({
      errorClass: 'dns',
      code: 'ENOTFOUND',
    });
  });

  it.each(['h2', 'http/1.1'] as const)('serves pages, records, tiles and statuses over %s', async (protocol) => {
    const endpoint = endpointWith(protocol);
    const client = clientOn(await dial(fleet, endpoint), endpoint.hostname);
    expect((await get(client, '/')).body).toContain(endpoint.hostname);
    expect(JSON.parse((await get(client, '/v1/items/7')).body)).toMatchObject({ id: 7 });
    const tile = await get(client, '/tiles/3/4/5');
    expect(tile.status).toBe(200);
    expect(Number(tile.headers['content-length'])).toBeGreaterThan(2_000);
    expect((await get(client, '/status/204')).status).toBe(204);
    expect((await get(client, '/status/418')).status).toBe(418);
    expect((await get(client, '/nowhere')).status).toBe(404);
    await client.destroy();
  });

  it('keeps idle HTTP/1.1 connections for longer than anyone looks', async () => {
    for (const endpoint of [endpointWith('http/1.1')]) {
      const client = clientOn(await dial(fleet, endpoint), endpoint.hostname);
      expect((await get(client, '/health')).headers['keep-alive']).toBe('timeout=3600');
      await client.destroy();
    }
  });

  describe.each(['h2', 'http/1.1'] as const)('faults over %s', (protocol) => {
    let endpoint: DemoEndpoint;

    beforeAll(() => {
      endpoint = endpointWith(protocol);
    });

    afterEach(async () => {
      await fleet.setFault({ ip: endpoint.ip, port: endpoint.port }, null);
    });

    async function fault(name: DemoFault | null): Promise<void> {
      expect(await fleet.setFault({ ip: endpoint.ip, port: endpoint.port }, name)).toBe(1);
    }

    it.each(['403', '503'] as const)('answers %s to everything until it is switched off', async (name) => {
      const client = clientOn(await dial(fleet, endpoint), endpoint.hostname);
      await fault(name);
      const answer = await get(client, '/health');
      expect(answer.status).toBe(Number(name));
      expect(answer.headers['retry-after']).toBe(name === '503' ? '5' : undefined);
      await fault(null);
      expect((await get(client, '/health')).status).toBe(200);
      await client.destroy();
    });

    it('refuses, and listens again on the same port', async () => {
      const client = clientOn(await dial(fleet, endpoint), endpoint.hostname);
      expect((await get(client, '/health')).status).toBe(200);
      await fault('refuse');
      expect(await failureOf(dial(fleet, endpoint))).toBe('ECONNREFUSED');
      expect((await get(client, '/health')).status).toBe(200);
      await fault(null);
      const again = clientOn(await dial(fleet, endpoint), endpoint.hostname);
      expect((await get(again, '/health')).status).toBe(200);
      await Promise.all([client.destroy(), again.destroy()]);
    });

    it('resets what is connected and what connects', async () => {
      const socket = await dial(fleet, endpoint);
      const failed = failureOf(once(socket, 'end'));
      await fault('reset');
      expect(await failed).toBe('ECONNRESET');
      expect(await failureOf(dial(fleet, endpoint))).toBe('ECONNRESET');
    });

    it('hangs: no answer to a hello, none to a request, until it ends', async () => {
      const client = clientOn(await dial(fleet, endpoint), endpoint.hostname);
      expect((await get(client, '/health')).status).toBe(200);
      await fault('hang');
      const hello = failureOf(dial(fleet, endpoint));
      let answered = false;
      const request = get(client, '/health').then((answer) => {
        answered = true;
        return answer;
      });
      // Another endpoint's answer is the proof that time enough has passed.
      const other = fleet.endpoints.find(({ ip }) => ip !== endpoint.ip) ?? endpoint;
      const otherClient = clientOn(await dial(fleet, other), other.hostname);
      expect((await get(otherClient, '/health')).status).toBe(200);
      expect(answered).toBe(false);
      await fault(null);
      expect((await request).status).toBe(200);
      expect(await hello).toBe('ECONNRESET');
      await Promise.all([client.destroy(), otherClient.destroy()]);
    });

    it.each([
      ['bad-certificate', 'CERT_HAS_EXPIRED'],
      ['wrong-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
      ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ] as const)('shows its %s to new handshakes', async (name, code) => {
      await fault(name);
      expect(await failureOf(dial(fleet, endpoint))).toBe(code);
    });

    it('asks for a certificate, and takes nothing of today, when told so', async () => {
      await fault('client-certificate');
      const socket = await dial(fleet, endpoint);
      const [error] = await once(socket.resume(), 'error');
      expect(error.code).toBe('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');
      await fault('old-tls');
      const old = await dial(fleet, endpoint);
      expect([old.getProtocol(), old.getCipher().name]).toEqual(['TLSv1.2', 'ECDHE-ECDSA-AES128-SHA']);
    });

    it('closes idle connections without an error', async () => {
      const idle = await dial(fleet, endpoint);
      const closed = once(idle.resume(), 'close');
      const client = clientOn(await dial(fleet, endpoint), endpoint.hostname);
      expect((await get(client, '/health')).status).toBe(200);
      const disconnected = once(client, 'disconnect');
      await fault('close-idle');
      expect(await closed).toEqual([false]);
      await disconnected;
      await client.destroy();
    });

    it('announces that it goes away', async () => {
      const socket = await dial(fleet, endpoint);
      const client = clientOn(socket, endpoint.hostname);
      expect((await get(client, '/health')).status).toBe(200);
      const disconnected = once(client, 'disconnect');
      await fault('goaway');
      if (protocol === 'http/1.1') {
        expect((await get(client, '/health')).headers.connection).toBe('close');
      }
      await disconnected;
      await client.destroy();
    });
  });
});

describe('life of a demo fleet', () => {
  it('starts the smallest fleet, frees its ports on close, and ends without a fault', async () => {
    const fleet = await start(3);
    const [endpoint] = fleet.endpoints;
    if (!endpoint) {
      throw new Error('a fleet of 3 has no endpoint');
    }
    await dial(fleet, endpoint);
    await fleet.close();
    await fleet.close();
    expect(await fleet.ended).toBeNull();
    expect(await failureOf(dial(fleet, endpoint))).toBe('ECONNREFUSED');
    await expect(fleet.setFault({}, '403')).rejects.toThrow('closed');
  });

  it('runs beside another fleet', async () => {
    const fleets = await Promise.all([start(12), start(12)]);
    const addresses = fleets.flatMap(({ endpoints }) => endpoints.map(({ ip, port }) => `${ip}|${port}`));
    expect(new Set(addresses).size).toBe(24);
    await Promise.all(fleets.map((fleet) => fleet.close()));
  });

  it('says why when its thread cannot start', async () => {
    const missing = new URL('./no-such-worker.ts', import.meta.url);
    await expect(
      startDemoFleet({ endpoints: 3, workerUrl: missing, clock: systemClock, random: systemRandom }),
    ).rejects.toThrow(/no-such-worker/);
  });

  it('has limits that a warm-up of the whole fleet fits in', () => {
    for (const endpoints of [3, 60, 1631, 5000]) {
      const settings = demoSettings(endpoints);
      for (const key of ['pool.max_connections', 'pool.max_conns_per_host', 'pool.max_idle_conns'] as const) {
        expect(settings[key]).toBeGreaterThanOrEqual(endpoints * 1.2);
        expect(settings[key]).toBeLessThanOrEqual(20_000);
      }
    }
  });
});
