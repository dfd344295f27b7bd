import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OutcomeWindow } from '../../../core/health/outcome-window.ts';
import { findOutliers, type OutlierFigures } from '../../../core/health/outliers.ts';
import { HealthFixture, ips } from '../../support/health-fixture.ts';

const figures = (good: number, bad: number, latencyMs: number | null = 10): OutlierFigures => ({
  good,
  bad,
  latencyMs,
});

describe('the success share', () => {
  test.each([
    ['of two IPs', [figures(30, 30), figures(60, 0)], [[0, 'success-outlier']]],
    ['of three', [figures(100, 0), figures(60, 40), figures(99, 1)], [[1, 'success-outlier']]],
    ['that is as bad everywhere', [figures(50, 50), figures(48, 52), figures(55, 45)], []],
    ['that is certainly, but only a little worse', [figures(850, 150), figures(10_000, 0)], []],
    ['of too few answers', [figures(5, 14), figures(1_000, 0)], []],
    ['without others to compare with', [figures(0, 100)], []],
  ] as const)('%s', (_, hosts, expected) => {
    expect([...findOutliers(hosts)]).toEqual(expected);
  });

  test('alike on all IPs makes none of them an outlier, but for rare chance', () => {
    let found = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 50 }),
        fc.integer(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, seed, share) => {
          // A fixed low-discrepancy draw instead of chance: the property is about the same share everywhere.
          const hosts = Array.from({ length: count }, (_unused, index) => {
            const bad = Math.round(100 * share) + ((index + Math.abs(seed)) % 3) - 1;
            return figures(100 - Math.min(100, Math.max(0, bad)), Math.min(100, Math.max(0, bad)));
          });
          found += findOutliers(hosts).size;
        },
      ),
    );
    expect(found).toBe(0);
  });
});

describe('latency', () => {
  test.each([
    ['far above the others', [figures(50, 0, 900), figures(50, 0, 20), figures(50, 0, 30)], [[0, 'latency-outlier']]],
    ['three times as long, but only by milliseconds', [figures(50, 0, 90), figures(50, 0, 20), figures(50, 0, 30)], []],
    ['of one of two IPs, where none is the odd one', [figures(50, 0, 900), figures(50, 0, 20)], []],
    ['of an IP that was hardly asked', [figures(5, 0, 900), figures(50, 0, 20), figures(50, 0, 30)], []],
    ['not known', [figures(50, 0, null), figures(50, 0, 20), figures(50, 0, 30)], []],
  ] as const)('%s', (_, hosts, expected) => {
    expect([...findOutliers(hosts)]).toEqual(expected);
  });
});

describe('the window', () => {
  test('forgets what is older than a minute, slot by slot', () => {
    const window = new OutcomeWindow();
    window.add(true, 0);
    window.add(false, 15_000);
    expect(window.read(59_000)).toEqual({ good: 1, bad: 1 });
    expect(window.read(60_000)).toEqual({ good: 0, bad: 1 });
    expect(window.read(10_000_000)).toEqual({ good: 0, bad: 0 });
    window.add(true, 10_000_000);
    expect(window.read(10_000_001)).toEqual({ good: 1, bad: 0 });
  });
});

describe('an outlier of a host in use', () => {
  test('is ejected within the share at the next comparison, and its window begins anew when it returns', async () => {
    const all = ips(4);
    const [bad = ''] = all;
    const fixture = new HealthFixture().resolve('a.test', all);
    for (const ip of all) {
      for (let time = 0; time < 40; time += 1) {
        const failing = ip === bad && time % 2 === 0;
        fixture.of(ip).requested({
          end: failing ? 'bad' : 'good',
          status: failing ? 500 : 200,
          responseMs: 8,
          error: null,
          retryAfterMs: null,
        });
      }
    }
    expect(fixture.record(bad).standing).toBe('open');
    await fixture.clock.advance(11_000);
    expect(fixture.record(bad)).toMatchObject({ standing: 'barred', charge: { reason: 'success-outlier' } });
    expect(all.filter((ip) => fixture.record(ip).standing === 'barred')).toEqual([bad]);
    await fixture.clock.advance(60_000);
    expect(fixture.record(bad).phase).toBe('in-use');
    expect(fixture.ofKind('health.ejected')).toHaveLength(1);
    await fixture.close();
  });
});
