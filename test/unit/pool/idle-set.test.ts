import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../core/base/random.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { HostPool } from '../../../core/pool/host-pool.ts';
import { HotConnection } from '../../../core/pool/hot-connection.ts';
import { IdleSet } from '../../../core/pool/idle-set.ts';

const host = new HostPool(parseHostName('example.test'), '/', true, 0);
const upstream = host.upstream('10.0.0.1', 443);

/** Touched at the millisecond of its id. */
function idleConnection(idle: IdleSet, id: number): HotConnection {
  const connection = new HotConnection({ id, host, upstream, profile: 'p', createdMs: id, lifetimeSpread: 0 });
  connection.moveTo('validating');
  connection.moveTo('idle');
  idle.add(connection);
  return connection;
}

function lease(idle: IdleSet, connection: HotConnection): void {
  connection.moveTo('leased');
  idle.remove();
}

function rest(idle: IdleSet, connection: HotConnection): void {
  connection.moveTo('idle');
  idle.add(connection);
}

describe('IdleSet', () => {
  it('has those that lie idle, whatever was leased in between', () => {
    const idle = new IdleSet(seededRandom(1));
    const [one, two, three] = [1, 2, 3].map((id) => idleConnection(idle, id));
    if (!one || !two || !three) {
      throw new Error('three were made');
    }
    lease(idle, one);
    lease(idle, two);
    expect([...idle]).toEqual([three]);
    expect(idle.size).toBe(1);
    expect(idle.longest()).toBe(three);
    rest(idle, two);
    rest(idle, one);
    expect(new Set(idle)).toEqual(new Set([one, two, three]));
    expect(idle.size).toBe(3);
    expect(idle.longest()).toBe(one);
    one.moveTo('closed');
    idle.remove();
    idle.forget(one);
    expect(idle.longest()).toBe(two);
  });

  it('finds the only one that lies idle among hundreds that are leased', () => {
    const idle = new IdleSet(seededRandom(1));
    const all = Array.from({ length: 500 }, (_, id) => idleConnection(idle, id));
    for (const connection of all) {
      if (connection.id !== 123) {
        lease(idle, connection);
      }
    }
    expect(idle.longest()).toBe(all[123]);
    expect(idle.untouched(0, 1_000)).toEqual([123]);
  });
});
