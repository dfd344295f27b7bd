import { beforeEach, describe, expect, it } from 'vitest';
import { updateSeen } from '../../../renderer/actions/update-seen.ts';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';

let bridge: MemoryBridge;

beforeEach(() => {
  bridge = new MemoryBridge({ maxConnections: 200 });
});

const limit = async () =>
  (await bridge.request('config.get', {})).keys.find(({ path }) => path === 'pool.max_connections')?.value;

describe('a change that was looked at a while ago', () => {
  it('is made where the key still has the value that was seen', async () => {
    await updateSeen(bridge, [{ path: 'pool.max_connections', before: 200, after: 300 }]);
    expect(await limit()).toBe(300);
  });

  it('does not set back what somebody else has set meanwhile, and names it', async () => {
    await bridge.request('config.update', { changes: { 'pool.max_connections': 250 } });
    await expect(updateSeen(bridge, [{ path: 'pool.max_connections', before: 200, after: 300 }])).rejects.toMatchObject(
      { code: 'conflict', message: expect.stringContaining('pool.max_connections') },
    );
    expect(await limit()).toBe(250);
  });
});
