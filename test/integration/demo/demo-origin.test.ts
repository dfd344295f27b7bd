import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/base/clock.ts';
import { systemRandom } from '../../../core/base/random.ts';
import { DemoOrigin } from '../../../core/demo/demo-origin.ts';

const listening: DemoOrigin[] = [];
const taken: Socket[] = [];

function originAt(ip: string): DemoOrigin {
  const plan = { hostname: 'edge.demo.test', ip, protocols: ['h2', 'http/1.1'], delayMs: 1, delayJitter: 0 } as const;
  const origin = new DemoOrigin(plan, { take: (socket) => taken.push(socket) }, systemClock, systemRandom);
  listening.push(origin);
  return origin;
}

afterEach(async () => {
  for (const socket of taken.splice(0)) {
    socket.destroy();
  }
  await Promise.all(listening.splice(0).map((origin) => origin.setFault('refuse')));
});

async function connects(address: { ip: string; port: number }): Promise<boolean> {
  const socket = connect(address.port, address.ip);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

describe('where an origin of the demo listens', () => {
  it('takes another port where the preferred one is taken', async () => {
    const first = await originAt('127.0.0.1').listen(0);
    const second = await originAt('127.0.0.1').listen(first.port);
    expect(second.ip).toBe('127.0.0.1');
    expect(second.port).not.toBe(first.port);
    expect(await connects(second)).toBe(true);
  });

  it('takes 127.0.0.1 where the system does not have the address', async () => {
    // From the block that is set aside for documentation: nobody has it.
    const address = await originAt('192.0.2.1').listen(0);
    expect(address.ip).toBe('127.0.0.1');
    expect(await connects(address)).toBe(true);
  });

  it('is where the last of several quick switches left it', async () => {
    const origin = originAt('127.0.0.1');
    const address = await origin.listen(0);
    await Promise.all([origin.setFault('refuse'), origin.setFault(null), origin.setFault('refuse')]);
    expect(await connects(address)).toBe(false);
    await Promise.all([origin.setFault(null), origin.setFault('refuse'), origin.setFault(null)]);
    expect(await connects(address)).toBe(true);
  });
});
