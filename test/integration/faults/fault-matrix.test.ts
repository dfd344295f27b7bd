/** The rows of the matrix that are about bytes: on a whole engine and real TLS origins, in simulated time. */
import { constants } from 'node:http2';
import { describe, expect, it } from 'vitest';
import { listenDeafly } from '../../support/deaf-listener.ts';
import type { TlsOrigin } from '../../support/tls-origin.ts';
import { type FaultIn, type Reaction, rowsIn } from './fault-matrix.ts';
import { type FaultWorld, openFaultWorld } from './fault-world.ts';

type Cure = () => void | Promise<void>;
type Becoming = Parameters<TlsOrigin['become']>[0];

const hourMs = 3_600_000;
const past = { notBefore: new Date('2020-01-01'), notAfter: new Date('2020-02-01') };
/** Of waiting for a recovery: longer than any row says, so that a row that is wrong says by how much. */
const patienceMs = 400_000;

/** Makes the fault, and gives back what ends it. */
const make: Record<FaultIn<'origins'>, (world: FaultWorld) => Cure | Promise<Cure>> = {
  refused({ sick }) {
    sick.stopListening();
    sick.resetAll();
    return () => sick.listenAgain();
  },
  'reset in TCP': (world) => helloFault(world, 'reset-tcp'),
  'reset in the handshake': (world) => helloFault(world, 'reset'),
  'hang in TCP': async (world) => {
    world.hanging = true;
    const cure = await deafen(world.sick);
    world.sick.resetAll();
    return cure;
  },
  'hang in the handshake'(world) {
    world.hanging = true;
    return helloFault(world, 'silent');
  },
  'hang in the answer'(world) {
    world.hanging = true;
    world.sick.holding = true;
    return () => world.sick.letGo();
  },
  'slow bytes'(world) {
    world.hanging = true;
    world.sick.slow = true;
    world.sick.resetAll();
    const cure = eachStep(world, () => world.sick.drip(1));
    return () => {
      cure();
      world.sick.slow = false;
      world.sick.resetAll();
    };
  },
  '100 % loss': async (world) => {
    world.hanging = true;
    for (const origin of world.origins) {
      origin.freeze();
    }
    const cures = await Promise.all(world.origins.map(deafen));
    return async () => {
      await Promise.all(cures.map((cure) => cure()));
      for (const origin of world.origins) {
        origin.thaw();
      }
    };
  },

  'wrong name': async (world) => become(world, { certificate: await world.authority.issue({ names: ['other.test'] }) }),
  expired: async (world) =>
    become(world, { certificate: await world.authority.issue({ names: ['origin.test'], ...past }) }),
  'self-signed': async (world) =>
    become(world, { certificate: await world.authority.issue({ names: ['origin.test'], selfSigned: true }) }),
  'client certificate wanted': (world) => become(world, { tls: { requestCert: true, rejectUnauthorized: true } }),
  'ALPN mismatch': (world) => become(world, { protocols: ['acme-tls/1'] }),
  'TLS alert': (world) => helloFault(world, 'alert'),
  'one profile refused': (world) =>
    become(world, { tls: { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA256' } }),

  'close while idle'(world) {
    world.asking = true;
    return eachStep(world, () => {
      world.sick.endAll();
      return world.cold();
    });
  },
  'close in mid-body': (world) => cut(world, 'end'),
  GOAWAY(world) {
    world.asking = true;
    return eachStep(world, () => {
      world.sick.goaway();
      return world.cold();
    });
  },
  RST_STREAM: (world) => cut(world, constants.NGHTTP2_INTERNAL_ERROR),

  '403 flood': (world) => answer(world, 403),
  '503 flood': (world) => answer(world, 503, { 'retry-after': '5' }),

  'clock jump of an hour'(world) {
    world.clock.set(hourMs);
    return () => world.clock.set(-hourMs);
  },
  'laptop sleep'(world) {
    world.clock.sleep(hourMs);
    for (const origin of world.origins) {
      origin.resetAll();
    }
    return () => undefined;
  },
};

/** Old connections go, so that the next one meets the fault. */
function helloFault({ sick }: FaultWorld, fault: NonNullable<TlsOrigin['helloFault']>): Cure {
  sick.helloFault = fault;
  sick.resetAll();
  return () => {
    sick.helloFault = null;
  };
}

async function become({ sick }: FaultWorld, options: Becoming): Promise<Cure> {
  await sick.become(options);
  sick.resetAll();
  return () => sick.become({});
}

/** From now on every SYN is lost. */
async function deafen(origin: TlsOrigin): Promise<Cure> {
  const { ip, port } = origin.endpoint;
  origin.stopListening();
  const deaf = await listenDeafly(ip, port);
  return async () => {
    await deaf[Symbol.asyncDispose]();
    await origin.listenAgain();
  };
}

function cut({ sick }: FaultWorld, by: 'end' | number): Cure {
  sick.answer = { status: 200, body: 'not all of', cut: { afterBytes: 4, by } };
  return () => {
    sick.answer = { status: 200, body: 'good' };
  };
}

function answer(world: FaultWorld, status: number, headers: Record<string, string> = {}): Cure {
  const { sick } = world;
  world.asking = true;
  sick.answer = { status, headers };
  return () => {
    sick.answer = { status: 200, body: 'good' };
  };
}

function eachStep(world: FaultWorld, act: () => void | Promise<void>): () => void {
  world.beforeStep = act;
  return () => {
    world.beforeStep = () => undefined;
  };
}

const expectReaction: Record<Reaction, (world: FaultWorld, redialled: number) => void> = {
  'others-serve'({ visits }) {
    const ofTheHost = visits.filter(({ asked }) => asked === null);
    expect(ofTheHost.length).toBeGreaterThan(5);
    expect(ofTheHost.filter(({ ip }) => ip === null)).toEqual([]);
    expect(ofTheHost.filter(({ status }) => status === 200).length).toBeGreaterThan(ofTheHost.length / 2);
  },
  redial: (_world, redialled) => expect(redialled).toBeGreaterThan(0),
  refill: ({ engine }) => expect(engine.pool.stats().idleConnections).toBeGreaterThanOrEqual(3),
  'back-off'({ everBackedOff }, redialled) {
    expect(everBackedOff).toBe(true);
    expect(redialled).toBeLessThan(10);
  },
  eject: ({ everEjected }) => expect(everEjected).toBe(true),
  list: ({ everListed }) => expect(everListed).toBe(true),
  'no-list': ({ everListed }) => expect(everListed).toBe(false),
  'other-profile': (world) => expect(world.profiles()).toEqual(new Set(['runtime-default'])),
  drain({ closed }) {
    expect(closed).toContain('goaway');
    expect(new Set(closed)).toEqual(new Set(['goaway']));
  },
  keep: ({ closed }) => expect(closed).toEqual([]),
  'blame-nobody': ({ everBackedOff, everListed }) => expect([everBackedOff, everListed]).toEqual([false, false]),
};

describe.each(rowsIn('origins'))('%s', (fault, row) => {
  it(`is ${row.errorClass ?? 'no failure'}: ${row.reactions.join(', ')}`, async () => {
    await using world = await openFaultWorld();
    const dialledBefore = world.sick.accepted;
    const countedBefore = world.counted(row.statistic);
    const cure = await make[fault](world);
    await world.rest();
    await world.pass(row.lastsMs);
    for (const reaction of row.reactions) {
      expectReaction[reaction](world, world.sick.accepted - dialledBefore);
    }
    expect([...world.classes]).toEqual(row.errorClass === null ? [] : expect.arrayContaining([row.errorClass]));
    expect(world.counted(row.statistic)).toBeGreaterThan(countedBefore);

    await cure();
    world.hanging = false;
    expect(await world.untilItServes(patienceMs)).toBeLessThanOrEqual(row.longestRecoveryMs);
  });
});
