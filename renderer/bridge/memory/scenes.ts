/** States of the console worth looking at. */
import { loadJobSchema } from '../../../core/contract/load-run.ts';
import { warmUpJobSchema } from '../../../core/contract/warm-up-job.ts';
import { MemoryBridge } from './memory-bridge.ts';

const loadUrls = ['https://tiles.demo.test/', 'https://api.demo.test:8443/v1/ping'];

/** Three loads are over. */
function loaded(failing: number): MemoryBridge {
  const bridge = new MemoryBridge({ connections: 48, failing, behindMs: 4_300 });
  bridge.loads.seed(loadUrls, [4, 8, 32]);
  return bridge;
}

const scenes: Readonly<Record<string, () => MemoryBridge>> = {
  calm: () => new MemoryBridge(),
  busy: () => {
    const options = { endpoints: 1_631, connections: 486, maxConnections: 500, rate: 460, whitelisted: 412 };
    const bridge = new MemoryBridge({ ...options, behindMs: 900 });
    bridge.run(9);
    return bridge;
  },
  broken: () => {
    const bridge = new MemoryBridge({ endpoints: 120, connections: 96, rate: 90, failing: 0.31, seed: 11 });
    bridge.access.fileIssues = [
      { at: 'line 14', message: '"127.0.3.300" is no IPv4, IPv6 or CIDR: 300 is not 0 to 255' },
      { at: 'line 22', message: 'unknown key "bann"; allowed: white, black' },
    ];
    bridge.alerts.more = [
      ['warm-up-success', 'tiles.demo.test', 0.62, '38 of 100 failed, mostly: connect ECONNREFUSED 127.0.1.7:8443'],
      ['host-blocks-us', 'edge.demo.test:8443', 1, null],
    ];
    bridge.run(15);
    const minutes = (count: number): number => count * 60_000;
    bridge.alerts.seedPast('wait-p95', 'pool', 2_140, minutes(52), minutes(6), Date.now());
    bridge.alerts.seedPast('loop-delay', 'pool', 61, minutes(140), minutes(1), Date.now());
    bridge.alerts.seedPast('leak', 'pool', 4, minutes(200), minutes(1), Date.now());
    const [first, second] = bridge.alerts.list().active;
    if (first && second) {
      bridge.alerts.acknowledge(first.id, 'Ada', 'The origin moves to the new range until 16:00; its team knows.');
      bridge.alerts.mute(second.id, 60);
    }
    return bridge;
  },
  empty: () => new MemoryBridge({ connections: 0, rate: 0, whitelisted: 0 }),
  hostless: () => new MemoryBridge({ endpoints: 0, connections: 0, rate: 0, whitelisted: 0 }),
  large: () =>
    new MemoryBridge({
      endpoints: 5_000,
      connections: 10_000,
      maxConnections: 12_000,
      rate: 1_900,
      whitelisted: 5_000,
    }),
  warming: () => {
    const bridge = new MemoryBridge({
      endpoints: 4_080,
      connections: 41,
      maxConnections: 4_000,
      failing: 0.03,
      behindMs: 7_200,
    });
    const warm = (host: string, connections: number | 'all-ips'): void => {
      const job = warmUpJobSchema.parse({ hosts: [host], connections, concurrency: 50 });
      bridge.warmUps.start(job, bridge.plan(job));
    };
    warm('api.demo.test:8443', 40);
    bridge.run(40);
    warm('tiles.demo.test', 'all-ips');
    bridge.run(32);
    return bridge;
  },
  load: () => {
    const bridge = loaded(0.02);
    bridge.loads.start(loadJobSchema.parse({ urls: loadUrls, concurrency: 16 }));
    bridge.run(43);
    return bridge;
  },
  'load-finished': () => loaded(0.02),
  'load-failed': () => loaded(0.31),
  lost: () => {
    const bridge = new MemoryBridge();
    setTimeout(() => bridge.setLink({ phase: 'lost', attempts: 3, retryAt: performance.now() + 4_000 }), 1_500);
    return bridge;
  },
  refused: () => {
    const bridge = new MemoryBridge();
    bridge.setLink({ phase: 'unauthorised' });
    return bridge;
  },
};

export const sceneNames = Object.keys(scenes);

/** An unknown name gives the calm one. */
export function makeScene(name: string): MemoryBridge {
  return (scenes[name] ?? scenes.calm ?? (() => new MemoryBridge()))();
}
