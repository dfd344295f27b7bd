import { expect, it } from 'vitest';
import { LeaseRing } from '../../../core/pool/lease-ring.ts';

it('of one connection among others its leases are found, in the order in which they ended', () => {
  const ring = new LeaseRing();
  for (let at = 0; at < 5_000; at += 1) {
    ring.record(at % 10, at, at + 2, at % 3 === 0 ? 'failed' : 'ok');
  }
  const leases = ring.of(7, 1_000);
  expect(leases).toHaveLength(500);
  expect(leases[0]).toEqual({ beganAtMs: 1_007, heldMs: 2, outcome: 'ok' });
  expect(leases.at(-1)).toEqual({ beganAtMs: 5_997, heldMs: 2, outcome: 'ok' });
  expect(leases[1]?.outcome).toBe('ok');
  expect(ring.of(3, 0)[0]?.outcome).toBe('failed');
});

it('gives at most the last thousand of one, and holds a million of all', () => {
  const ring = new LeaseRing();
  for (let at = 0; at < 2 ** 20 + 500; at += 1) {
    ring.record(at < 500 ? 1 : 2, at, at, 'broken');
  }
  expect(ring.of(1, 0)).toEqual([]);
  const leases = ring.of(2, 0);
  expect(leases).toHaveLength(1_000);
  expect(leases.at(-1)).toEqual({ beganAtMs: 2 ** 20 + 499, heldMs: 0, outcome: 'broken' });
  expect(leases[0]?.beganAtMs).toBe(2 ** 20 - 500);
});
