import { describe, expect, it } from 'vitest';
import { demoHostnames, planDemo } from '../../../core/demo/demo-plan.ts';

describe('plan of the demo', () => {
  it.each([3, 4, 5, 11, 60, 100, 1631, 5000])(
    'lays out exactly %i endpoints, each at an address of its own',
    (endpoints) => {
      const plan = planDemo(endpoints, 1);
      expect(plan).toHaveLength(endpoints);
      const v4 = plan.filter((origin) => origin.ip !== '::1').map((origin) => origin.ip);
      expect(new Set(v4).size).toBe(v4.length);
      expect(new Set(plan.map((origin) => origin.hostname))).toEqual(new Set(demoHostnames));
      for (const ip of v4) {
        expect(ip).toMatch(/^127\.(10|20|30)\.([1-9]|[1-9]\d)\.([1-9]\d)$/);
      }
    },
  );

  it('spreads each host of the default fleet over several /24s and over IPv6', () => {
    const plan = planDemo(60, 1);
    for (const hostname of demoHostnames) {
      const ips = plan.filter((origin) => origin.hostname === hostname).map((origin) => origin.ip);
      const prefixes = new Set(ips.filter((ip) => ip !== '::1').map((ip) => ip.split('.').slice(0, 3).join('.')));
      expect(prefixes.size).toBeGreaterThanOrEqual(3);
      expect(ips.filter((ip) => ip === '::1')).toHaveLength(1);
    }
  });

  it('has endpoints with HTTP/2 and endpoints without at every host, quick ones and slow ones', () => {
    const plan = planDemo(60, 1);
    for (const hostname of demoHostnames) {
      const origins = plan.filter((origin) => origin.hostname === hostname);
      expect(origins.some((origin) => origin.protocols.includes('h2'))).toBe(true);
      expect(origins.some((origin) => !origin.protocols.includes('h2'))).toBe(true);
    }
    const delays = planDemo(1631, 1).map((origin) => origin.delayMs);
    const slow = delays.filter((delay) => delay > 15);
    expect(slow.length).toBeGreaterThan(1631 * 0.02);
    expect(slow.length).toBeLessThan(1631 * 0.08);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...delays)).toBeLessThan(200);
  });

  it('is the same for the same seed and another for another', () => {
    expect(planDemo(60, 7)).toEqual(planDemo(60, 7));
    expect(planDemo(60, 7)).not.toEqual(planDemo(60, 8));
  });

  it.each([2, 5001, 60.5, Number.NaN])('refuses %d endpoints and says what is allowed', (endpoints) => {
    expect(() => planDemo(endpoints, 1)).toThrow(/3 to 5000/);
  });
});
