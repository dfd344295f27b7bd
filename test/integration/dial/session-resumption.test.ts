import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CertificateAuthority, createAuthority } from '../../../core/demo/certificate-authority.ts';
import { ticketLifetimeMs } from '../../../core/dial/session-tickets.ts';
import { TlsDialer } from '../../../core/dial/tls-dialer.ts';
import type { Transport } from '../../../core/dial/transport.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { startTlsOrigin, type TlsOrigin, type TlsOriginOptions } from '../../support/tls-origin.ts';

const hourMs = 3_600_000;

let authority: CertificateAuthority;
let clock: ManualClock;
let dialer: TlsDialer;
const transports: Transport[] = [];

beforeAll(async () => {
  authority = await createAuthority();
});

beforeEach(() => {
  // Certificates are verified by the system's time.
  clock = new ManualClock(Date.now());
  dialer = new TlsDialer({ clock, extraCa: [authority.certificatePem] });
});

afterEach(() => {
  for (const transport of transports.splice(0)) {
    transport.destroy();
  }
});

function startOrigin(options: TlsOriginOptions = {}): Promise<TlsOrigin> {
  return startTlsOrigin({ authority, ...options });
}

/** One request, after which the tickets of the handshake have arrived as well. */
async function dial(origin: TlsOrigin, profile = 'modern-h2'): Promise<Transport> {
  const { endpoint } = origin;
  const transport = await dialer.dial({ endpoint, profile, timeoutMs: 10_000, signal: new AbortController().signal });
  transports.push(transport);
  expect(await transport.probe({ kind: 'GET', path: '/', timeoutMs: 10_000 })).toMatchObject({ status: 200 });
  return transport;
}

async function end(
  transport: Transport,
  origin: TlsOrigin,
  by: 'by us' | 'by its server' | 'by a reset',
): Promise<void> {
  if (by === 'by us') {
    transport.destroy();
    return;
  }
  const ended = new Promise((resolve) => transport.onEnd(resolve));
  if (by === 'by a reset') {
    origin.resetAll();
  } else {
    origin.endAll();
  }
  await ended;
}

describe.each(['modern-h2', 'modern-h1', 'tls12-only'])('under %s', (profile) => {
  it('the second dial resumes the session of the first', async () => {
    await using origin = await startOrigin();
    expect((await dial(origin, profile)).resumed).toBe(false);
    expect((await dial(origin, profile)).resumed).toBe(true);
  });

  it.each(['by us', 'by its server', 'by a reset'] as const)(
    'a connection that ends %s leaves its session',
    async (by) => {
      await using origin = await startOrigin();
      const first = await dial(origin, profile);
      await end(first, origin, by);
      expect((await dial(origin, profile)).resumed).toBe(true);
    },
  );

  it('an hour after the last full handshake the next is a full one, though there are tickets left', async () => {
    await using origin = await startOrigin();
    await dial(origin, profile);
    await clock.advance(hourMs - 1);
    expect((await dial(origin, profile)).resumed).toBe(true);
    await clock.advance(1);
    expect((await dial(origin, profile)).resumed).toBe(false);
    expect((await dial(origin, profile)).resumed).toBe(true);
  });
});

describe('TLS 1.3: a ticket is used once; this server gives two with a full handshake, and none with a resumed one', () => {
  async function sixDials(): Promise<boolean[]> {
    await using origin = await startOrigin();
    const resumed: boolean[] = [];
    for (let dials = 1; dials <= 6; dials += 1) {
      resumed.push((await dial(origin)).resumed);
    }
    return resumed;
  }

  it('OpenSSL keeps the last that a connection was given', async () => {
    expect(await sixDials()).toEqual([false, true, false, true, false, true]);
  });

  it('where the library keeps none, each is kept as it comes', async () => {
    dialer = new TlsDialer({ clock, extraCa: [authority.certificatePem], keepsEachTicket: true });
    expect(await sixDials()).toEqual([false, true, true, false, true, true]);
  });
});

it('every connection that is open has one to give, up to four', async () => {
  await using origin = await startOrigin();
  const dialled = await Promise.all(Array.from({ length: 6 }, () => dial(origin)));
  expect(dialled.map(({ resumed }) => resumed)).toEqual(Array(6).fill(false));
  const again = await Promise.all(Array.from({ length: 6 }, () => dial(origin)));
  expect(again.filter(({ resumed }) => resumed)).toHaveLength(4);
});

it('TLS 1.2: a ticket serves as often as it is needed', async () => {
  await using origin = await startOrigin();
  await dial(origin, 'tls12-only');
  for (let dials = 2; dials <= 6; dials += 1) {
    expect((await dial(origin, 'tls12-only')).resumed).toBe(true);
  }
});

describe('a session', () => {
  it('is never resumed under no-tickets, nor kept for another profile', async () => {
    await using origin = await startOrigin();
    await dial(origin, 'no-tickets');
    expect((await dial(origin, 'no-tickets')).resumed).toBe(false);
    expect((await dial(origin, 'modern-h2')).resumed).toBe(false);
    expect((await dial(origin, 'x25519-first')).resumed).toBe(false);
  });

  it('is not offered to another address with the same name and the same ticket key', async () => {
    const ticketKeys = Buffer.alloc(48, 7);
    await using one = await startOrigin({ tls: { ticketKeys } });
    await using other = await startOrigin({ tls: { ticketKeys } });
    await dial(one);
    expect((await dial(other)).resumed).toBe(false);
  });

  it('that the server no longer knows costs a full handshake, and no error', async () => {
    await using origin = await startOrigin();
    await dial(origin);
    origin.forgetSessions();
    expect((await dial(origin)).resumed).toBe(false);
    expect(origin.accepted).toBe(2);
    expect((await dial(origin)).resumed).toBe(true);
  });

  it('does not outlive the certificate that was verified', async () => {
    const notAfter = new Date(clock.epochMs() + ticketLifetimeMs / 2);
    const certificate = await authority.issue({ names: ['origin.test'], notAfter });
    await using origin = await startOrigin({ certificate });
    await dial(origin);
    await clock.advance(ticketLifetimeMs / 2 - 2_000);
    expect((await dial(origin)).resumed).toBe(true);
    await clock.advance(2_000);
    expect((await dial(origin)).resumed).toBe(false);
  });

  it('whose ticket makes the handshake fail offers none the next time, and says that this is worth a try', async () => {
    await using origin = await startOrigin();
    await dial(origin);
    origin.helloFault = 'alert-once';
    await expect(dial(origin)).rejects.toMatchObject({ errorClass: 'tls-protocol', isInconclusive: true });
    expect(origin.accepted).toBe(2);
    expect((await dial(origin)).resumed).toBe(false);
    expect(origin.accepted).toBe(3);
  });

  it.each(['modern-h2', 'tls12-only'])('of a server whose certificate was refused is not kept: %s', async (profile) => {
    await using stranger = await startTlsOrigin();
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await expect(dial(stranger, profile)).rejects.toMatchObject({ errorClass: 'tls-certificate' });
    }
  });
});
