import { beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../core/base/random.ts';
import type { DemoFault, DemoFaultWish } from '../../../core/contract/demo.ts';
import { DemoFaults } from '../../../core/demo/demo-faults.ts';
import type { DemoEndpoint, DemoFleet } from '../../../core/demo/demo-fleet.ts';
import { RecordingEvents } from '../../support/fake-network.ts';

const endpoints: DemoEndpoint[] = [
  ...['127.10.1.10', '127.10.1.11', '127.10.1.12', '::1'].map((ip) => ({ hostname: 'edge.demo.test', ip })),
  ...['127.20.1.10', '::1'].map((ip) => ({ hostname: 'tiles.demo.test', ip })),
].map((endpoint, index) => ({ ...endpoint, port: 4_000 + index, protocols: ['h2'] }));

let faults: Map<DemoEndpoint, DemoFault>;
let demo: DemoFaults;
let events: RecordingEvents;
let broken: Error | null;

beforeEach(() => {
  faults = new Map();
  events = new RecordingEvents();
  broken = null;
  const setFault: DemoFleet['setFault'] = async (selection, fault) => {
    if (broken) {
      throw broken;
    }
    const chosen = selection as readonly DemoEndpoint[];
    for (const endpoint of chosen) {
      if (fault) {
        faults.set(endpoint, fault);
      } else {
        faults.delete(endpoint);
      }
    }
    return chosen.length;
  };
  demo = new DemoFaults({ fleet: { endpoints, faults, setFault }, random: seededRandom(7), events });
});

function set(wish: Partial<DemoFaultWish>): Promise<number> {
  return demo.set({ fault: '403', host: null, ips: null, count: null, ...wish });
}

describe('a fault of the demo', () => {
  it('is switched on at a whole host, and told by host and fault', async () => {
    expect(await set({ host: 'EDGE.demo.test' })).toBe(4);
    expect(await set({ host: 'tiles.demo.test', ips: ['0:0::1'], fault: 'slow' })).toBe(1);
    expect(demo.picture()).toEqual({
      hosts: [
        { host: 'edge.demo.test', endpoints: 4 },
        { host: 'tiles.demo.test', endpoints: 2 },
      ],
      faults: [
        { fault: '403', host: 'edge.demo.test', ips: ['127.10.1.10', '127.10.1.11', '127.10.1.12', '::1'] },
        { fault: 'slow', host: 'tiles.demo.test', ips: ['::1'] },
      ],
    });
    expect(events.ofKind('demo.fault')).toHaveLength(2);
  });

  it('strikes so many that are well, and heals so many that are not', async () => {
    await set({ host: 'edge.demo.test', ips: ['127.10.1.10'], fault: 'reset' });
    expect(await set({ host: 'edge.demo.test', count: 2 })).toBe(2);
    expect([...faults.values()].sort()).toEqual(['403', '403', 'reset']);
    expect(await set({ host: 'edge.demo.test', count: 9 })).toBe(1);
    expect(await set({ fault: null, count: 3 })).toBe(3);
    expect(faults.size).toBe(1);
    expect(await set({ fault: null })).toBe(6);
    expect(demo.picture().faults).toEqual([]);
  });

  it.each<[Partial<DemoFaultWish>, string, RegExp]>([
    [{ host: 'example.test' }, 'invalid-input', /no host of the demo: it has edge\.demo\.test, tiles\.demo\.test/],
    [{ ips: ['127.10.1.10', '10.0.0.1'] }, 'invalid-input', /10\.0\.0\.1 is no address of the demo/],
    [{ ips: ['127.20.1.10'], host: 'edge.demo.test' }, 'invalid-input', /no address of edge\.demo\.test/],
    [{ ips: ['one'] }, 'invalid-input', /one/],
    [{ fault: null, count: 1 }, 'conflict', /no endpoint that was meant has a fault/],
  ])('is refused at %j, and nothing is switched', async (wish, code, message) => {
    await expect(set(wish)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(faults.size).toBe(0);
  });

  it('that cannot be switched is told', async () => {
    broken = new Error('the port was taken');
    await expect(set({})).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/the port was taken/),
    });
  });
});
