import { describe, expect, it } from 'vitest';
import { type DemoFleet, startDemoFleet } from '../../../core/demo/demo-fleet.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** A thread that runs `body` instead of the origins; it can speak with `say(message)`. */
function threadThat(body: string): URL {
  const source = `import { parentPort } from 'node:worker_threads';
    const say = (message) => parentPort.postMessage(message);
    const addresses = Array.from({ length: 3 }, () => ({ ip: '127.0.0.1', port: 1 }));
    ${body}`;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}

function start(body: string, clock = new ManualClock()): Promise<DemoFleet> {
  return startDemoFleet({ endpoints: 3, workerUrl: threadThat(body), clock, random: seededRandom(1) });
}

describe('a demo fleet whose thread is in trouble', () => {
  it('says why the origins cannot listen', async () => {
    await expect(start(`say({ kind: 'start-failed', message: 'too few open files' })`)).rejects.toThrow(
      'the demo fleet cannot listen: too few open files',
    );
  });

  it('does not start when the thread ends before it is ready', async () => {
    await expect(start('process.exit(3)')).rejects.toThrow('code 3');
  });

  it('does not start when the thread throws', async () => {
    await expect(start(`throw new Error('no such thing')`)).rejects.toThrow('no such thing');
  });

  it('gives up on a thread that never becomes ready', async () => {
    const clock = new ManualClock();
    const fleet = start('setInterval(() => {}, 1000)', clock);
    fleet.catch(() => {});
    // Making the certificates takes real time; the deadline is set after it.
    while (clock.timers === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await clock.advance(30_000);
    await expect(fleet).rejects.toThrow('not ready after 30 s');
  });

  it('tells when the thread ends under a running fleet, and switches no fault any more', async () => {
    const fleet = await start(`
      say({ kind: 'ready', addresses });
      parentPort.on('message', () => { throw new Error('out of order'); });`);
    await expect(fleet.setFault({}, '503')).rejects.toThrow('out of order');
    expect(await fleet.ended).toMatchObject({ message: 'out of order' });
    await expect(fleet.setFault({}, null)).rejects.toThrow('closed');
    await fleet.close();
  });

  it('tells when a fault cannot be switched', async () => {
    const fleet = await start(`
      say({ kind: 'ready', addresses });
      parentPort.on('message', ({ requestId }) => say({ kind: 'fault-failed', requestId, message: 'port taken' }));`);
    await expect(fleet.setFault({ hostname: 'edge.demo.test' }, null)).rejects.toThrow('port taken');
    await fleet.close();
    expect(await fleet.ended).toBeNull();
  });
});
