/** What the rest of the engine and the operator do: warm-ups, checks, settings, lists, closes. */
import { type Action, anyHost, anyIp } from './action.ts';
import { drawConfigChange } from './config-changes.ts';

export const engineActions: readonly Action[] = [
  {
    name: 'warm up',
    weight: 3,
    act: (world) => {
      const { name, addresses } = anyHost(world);
      const { dice } = world;
      const { ip, port } = dice.pick(addresses);
      const timeoutMs = dice.pick([100, 2_000, 20_000]);
      void world.warmUps.open({ host: name, ip, port }, timeoutMs, dice.pick(['refill', 'warm-up'] as const));
      return `${name.name} ${ip} within ${timeoutMs} ms`;
    },
  },
  {
    name: 'abort warm-up',
    weight: 1,
    act: ({ warmUps, dice }) => {
      const controller = dice.pickOrNull([...warmUps.controllers]);
      controller?.abort(new Error('no more warm-up'));
      return controller && 'one';
    },
  },
  {
    name: 'check all',
    weight: 2,
    act: ({ health }) => {
      void health.checkAll();
      return '';
    },
  },
  {
    name: 'check one',
    weight: 2,
    act: ({ pool, watch, dice }) => {
      const id = dice.pickOrNull([...watch.told.keys()]);
      if (id !== null) {
        void pool.check(id);
      }
      return id === null ? null : `connection ${id}`;
    },
  },
  {
    name: 'close unhealthy',
    weight: 1,
    act: ({ pool }) => `${pool.closeUnhealthy()}`,
  },
  {
    name: 'operator closes',
    weight: 2,
    act: ({ pool, watch, dice }) => {
      const id = dice.pickOrNull([...watch.told.keys()]);
      if (id !== null) {
        pool.closeConnection(id, 'operator');
      }
      return id === null ? null : `connection ${id}`;
    },
  },
  {
    name: 'configure',
    weight: 1,
    act: (world) => {
      world.configure(drawConfigChange(world));
      const { maxConnections, maxConnectionsPerHost, maxIdleConnections, minIdlePerHost } = world.watch.settings.pool;
      return `${maxConnections} in all, ${maxConnectionsPerHost} a host, ${maxIdleConnections} idle, floor ${minIdlePerHost}`;
    },
  },
  {
    name: 'access',
    weight: 2,
    act: (world) => {
      const { access, dice } = world;
      if (dice.chance(0.1)) {
        access.setEnforce(!access.enforce);
        return access.enforce ? 'enforced' : 'not enforced';
      }
      const ip = anyIp(world);
      const list = dice.pick(['white', 'black', null, null] as const);
      if (list) {
        access.list(list, ip);
      } else {
        access.unlist(ip);
      }
      return `${ip}: ${list ?? 'no list'}`;
    },
  },
  {
    name: 'explain',
    weight: 1,
    act: (world) => {
      const { pool, watch, dice, referee } = world;
      const id = dice.pickOrNull([...watch.told.keys()]);
      const subject = dice.pick([anyHost(world).name.name, anyIp(world), id ?? 1]);
      if (pool.explain(subject) === null && subject === id) {
        referee.fail('every living connection can be explained', `connection ${id}`);
      }
      return String(subject);
    },
  },
  {
    name: 'open lists',
    weight: 2,
    always: true,
    act: ({ access }) => {
      access.clear();
      return '';
    },
  },
];
