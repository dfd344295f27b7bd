import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessChangeSchema } from '../../../core/contract/access.ts';
import { isPanic, mostEjected } from '../../../core/health/ip-group.ts';
import { HealthFixture, ips } from '../../support/health-fixture.ts';

const hosts = ['a.test', 'b.test'] as const;
const pool = ips(8);
const shares = [0, 0.1, 0.34, 0.5, 0.75, 1];

const ip = fc.constantFrom(...pool);
const host = fc.constantFrom(...hosts);
const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('fail' as const), ip, host, permanent: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('succeed' as const), ip, host }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 90_000 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ail' as const), ip, ill: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('resolve' as const), host, ips: fc.subarray(pool, { minLength: 1 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('configure' as const),
      maxEjectedShare: fc.constantFrom(...shares),
      panicShare: fc.constantFrom(...shares),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('operator' as const), list: fc.constantFrom('white', 'black'), ip }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lift' as const), ip }) },
);

test('whatever happens, the share and the panic hold at each moment, and the lists say what is so', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 60 }), fc.integer(), async (acts, seed) => {
      const fixture = new HealthFixture({}, seed);
      const settings = { maxEjectedShare: 0.5, panicShare: 0.5 };
      for (const name of hosts) {
        fixture.resolve(name, pool);
      }
      for (const step of acts) {
        await perform(fixture, step);
        if (step.kind === 'configure') {
          settings.maxEjectedShare = step.maxEjectedShare;
          settings.panicShare = step.panicShare;
        }
        check(fixture, settings);
        // What the automaton does to the lists is told within 100 ms, and changes nothing of this.
        await fixture.clock.advance(100);
        check(fixture, settings);
      }
      await fixture.close();
      expect(fixture.clock.timers).toBe(0);
    }),
    { numRuns: 150 },
  );
});

async function perform(
  fixture: HealthFixture,
  step: typeof act extends fc.Arbitrary<infer Act> ? Act : never,
): Promise<void> {
  switch (step.kind) {
    case 'fail':
      fixture.fail(step.ip, step.permanent ? 'blocked' : 'busy', step.permanent ? 1 : 3, step.host);
      return;
    case 'succeed':
      fixture.succeed(step.ip, step.host);
      return;
    case 'wait':
      await fixture.clock.advance(step.ms);
      return;
    case 'ail':
      if (step.ill) {
        fixture.ailing.set(step.ip, 'blocked');
      } else {
        fixture.ailing.delete(step.ip);
      }
      return;
    case 'resolve':
      fixture.resolve(step.host, step.ips);
      return;
    case 'configure':
      fixture.configure({ health: { maxEjectedShare: step.maxEjectedShare, panicShare: step.panicShare } });
      return;
    case 'operator':
      await fixture.lists
        .apply(accessChangeSchema.parse({ add: [{ list: step.list, value: step.ip }] }))
        .catch(() => undefined);
      return;
    case 'lift':
      if (fixture.lists.automaticBan(step.ip)) {
        await fixture.lists.apply(
          accessChangeSchema.parse({ remove: [{ list: 'black', value: step.ip, origin: 'automatic' }] }),
        );
      }
      return;
  }
}

function check(
  fixture: HealthFixture,
  settings: { readonly maxEjectedShare: number; readonly panicShare: number },
): void {
  const personal = (address: string): boolean => {
    const { rule } = fixture.lists.verdict(address);
    return rule !== null && rule.origin !== 'automatic';
  };
  for (const group of fixture.keeper.hosts) {
    const members = [...group.members];
    const permitted = members.filter(
      ({ endpoint }) => !personal(endpoint.ip) || fixture.lists.verdict(endpoint.ip).allowed,
    );
    const away = members.filter(({ phase }) => phase !== 'in-use');
    expect(away.length).toBeLessThanOrEqual(mostEjected(permitted.length, settings.maxEjectedShare));
    const available = permitted.length - away.length;
    expect(group.panic).toBe(away.length > 0 && isPanic(available, permitted.length, settings.panicShare));
    for (const record of members) {
      const { phase, standing, endpoint } = record;
      const whenHeld = phase === 'in-use' ? 'open' : phase === 'ejected' ? 'barred' : 'trial';
      expect(standing).toBe(group.panic ? 'open' : whenHeld);
      if (phase !== 'in-use') {
        // No person's rule decides about it, and somebody looks at it again.
        expect(personal(endpoint.ip)).toBe(false);
      }
      if (phase === 'ejected') {
        expect(fixture.lists.automaticBan(endpoint.ip)).not.toBeNull();
        expect(record.nextProbeMs).toBeGreaterThanOrEqual(fixture.clock.monotonicMs());
      }
    }
  }
  for (const entry of fixture.lists.entries()) {
    if (entry.list === 'black' && entry.origin === 'automatic') {
      expect(entry.expiresAtMs).not.toBeNull();
    }
  }
}

test('the share is exact for every size of a host', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 100 }), (count, percent) => {
      const most = mostEjected(count, percent / 100);
      expect(most).toBe(Math.floor((count * percent) / 100));
      expect(most).toBeLessThanOrEqual(count);
    }),
  );
  expect([1, 2, 3].map((count) => mostEjected(count, 0.5))).toEqual([0, 1, 1]);
});
