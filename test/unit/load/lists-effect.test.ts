import { describe, expect, it } from 'vitest';
import type { ListArm, ListArmResult, ListsEffect } from '../../../core/contract/lists-effect.ts';
import { listsEffectSchema } from '../../../core/contract/lists-effect.ts';
import type { ErrorClass } from '../../../core/contract/vocabulary.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { openPool } from '../../../core/engine/program-pool.ts';
import { type Lists, listsEffectSettings, measureListsEffect, pick } from '../../../core/load/lists-effect.ts';
import { FakeNetwork } from '../../support/fake-network.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const dialFailures: readonly ErrorClass[] = ['refused', 'reset', 'tls-certificate', 'timeout-tcp'];

interface Measured {
  readonly effect: ListsEffect;
  readonly bad: ReadonlySet<string>;
  readonly given: readonly Lists[];
}

/** Two hosts of 50 IPs each, of which 40 % fail: at the dial in four ways, or by a 403 or a 503. */
async function measure(seed: number, abortAfterMs: number | null = null): Promise<Measured> {
  const clock = new ManualClock();
  const random = seededRandom(seed);
  const network = new FakeNetwork(clock);
  network.dialMs = 5;
  network.probeMs = 2;
  const hosts = ['a.test', 'b.test'].map((host, index) => ({
    host,
    ips: Array.from({ length: 50 }, (_, ip) => `10.0.${index}.${ip + 1}`),
  }));
  const bad = new Set(hosts.flatMap(({ ips }) => pick(random, ips, 20)));
  for (const [index, ip] of [...bad].entries()) {
    const turn = index % (dialFailures.length + 2);
    const failure = dialFailures[turn];
    if (failure) {
      network.dials.set(ip, failure);
    } else {
      network.paths.set(`${ip} /`, turn === dialFailures.length ? 403 : 503);
    }
  }
  const given: Lists[] = [];
  const targets = hosts.map(({ host, ips }) => ({ host: parseHostName(host), path: '/', ips }));
  const abort = new AbortController();
  if (abortAfterMs !== null) {
    clock.after(abortAfterMs, () => abort.abort(new Error('enough')));
  }
  let isOver = false;
  const measuring = measureListsEffect({
    seed,
    hosts,
    failing: bad.size,
    clock,
    random,
    signal: abort.signal,
    open: (lists) => {
      given.push(lists);
      return openPool({
        ...lists,
        settings: listsEffectSettings(100, targets),
        dependencies: {
          clock,
          random,
          dialer: network,
          monitor: {
            sample: () => ({
              loopDelayP50Ms: 0,
              loopDelayP99Ms: 1,
              cpuShare: 0,
              rssBytes: 1,
              openFileDescriptors: null,
            }),
            dispose: () => undefined,
          },
        },
      });
    },
  }).finally(() => {
    isOver = true;
  });
  measuring.catch(() => {});
  for (let step = 0; step < 600 && !isOver; step += 1) {
    await clock.advance(100);
  }
  const effect = await measuring;
  expect(network.alive.size).toBe(0);
  return { effect, bad, given };
}

function armOf({ arms }: ListsEffect, wanted: ListArm): ListArmResult {
  const found = arms.find(({ arm }) => arm === wanted);
  if (!found) {
    throw new Error(`no arm ${wanted}`);
  }
  return found;
}

describe('the effect of the lists, with 40 % of the IPs failing', () => {
  it.each([1, 2, 3])(
    'the white list lifts success by 30, the black one cuts failures by 20, both lift success by 50 of 100 (seed %i)',
    async (seed) => {
      const { effect } = await measure(seed);
      expect(listsEffectSchema.parse(effect)).toEqual(effect);
      expect(effect.whiteLift).toBeGreaterThanOrEqual(0.3);
      expect(effect.blackCut).toBeGreaterThanOrEqual(0.2);
      expect(effect.bothLift).toBeGreaterThanOrEqual(0.5);
      expect(effect.met).toBe(true);
      for (const { served, wanted } of effect.arms) {
        expect(served).toBe(wanted);
      }
      // Nothing but the lists differs: without them the fleet shows itself as it is.
      expect(armOf(effect, 'off').successRate).toBeGreaterThan(0.45);
      expect(armOf(effect, 'off').successRate).toBeLessThan(0.75);
    },
  );

  it('the lists are what the pool itself has learned of a part of the fleet, and each pool gets its own', async () => {
    const { bad, given } = await measure(1);
    const [learning, off, white, black, both] = given;
    expect([learning, off]).toEqual([
      { allowedIps: [], blockedIps: [] },
      { allowedIps: [], blockedIps: [] },
    ]);
    expect(both).toEqual({ allowedIps: white?.allowedIps, blockedIps: black?.blockedIps });
    expect([white?.blockedIps, black?.allowedIps]).toEqual([[], []]);
    expect(white?.allowedIps.length).toBeGreaterThan(30);
    expect(white?.allowedIps.some((ip) => bad.has(ip))).toBe(false);
    expect(black?.blockedIps.length).toBeGreaterThan(15);
    expect(black?.blockedIps.every((ip) => bad.has(ip))).toBe(true);
  });

  it('ends in the middle when it is told to', async () => {
    await expect(measure(1, 30)).rejects.toThrow('enough');
  });
});
