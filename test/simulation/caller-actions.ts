/** What callers do: ask, give up, give back, send requests, and use what is no longer theirs. */
import { type Action, anyHost, anyIp } from './action.ts';
import type { Wish } from './callers.ts';
import { paths } from './scenario.ts';
import type { World } from './world.ts';

const outcomes = ['ok', 'ok', 'ok', 'ok', 'failed', 'broken'] as const;

function drawWish(world: World, part: Pick<Wish, 'path' | 'ip'>): Wish {
  const { dice } = world;
  return {
    host: anyHost(world).name.name,
    priority: dice.chance(0.7) ? 'interactive' : 'background',
    timeoutMs: dice.pick([null, null, 0, 50, 1_000, 10_000, 10_000, 60_000, 60_000]),
    abortable: dice.chance(0.3),
    ...part,
  };
}

function ask(world: World, wish: Wish): string {
  const id = world.callers.acquire(wish);
  const { host, path, ip, priority, timeoutMs, abortable } = wish;
  const what = `${host}${path ?? ''}${ip === null ? '' : ` on ${ip}`}`;
  return `#${id} ${what}, ${priority}, ${timeoutMs ?? 'default'} ms${abortable ? ', abortable' : ''}`;
}

export const callerActions: readonly Action[] = [
  {
    name: 'acquire',
    weight: 12,
    always: true,
    act: (world) => ask(world, drawWish(world, { path: null, ip: null })),
  },
  {
    name: 'acquire many',
    weight: 1,
    act: (world) => {
      const host = anyHost(world).name.name;
      const count = world.dice.pick([3, 8, 40]);
      const asked = Array.from({ length: count }, () =>
        ask(world, { ...drawWish(world, { path: null, ip: null }), host }),
      );
      return asked.join('; ');
    },
  },
  {
    name: 'acquireUrl',
    weight: 6,
    notPlain: true,
    act: (world) => ask(world, drawWish(world, { path: world.dice.pick(paths), ip: null })),
  },
  {
    name: 'acquireIp',
    weight: 5,
    notPlain: true,
    act: (world) => ask(world, drawWish(world, { path: world.dice.pick(paths), ip: anyIp(world) })),
  },
  {
    name: 'abort',
    weight: 3,
    act: ({ callers, dice }) => {
      const abortable = [...callers.waiting].filter(({ controller }) => controller && !controller.signal.aborted);
      const acquisition = dice.pickOrNull(abortable);
      if (!acquisition) {
        return null;
      }
      callers.abort(acquisition);
      return `#${acquisition.id}`;
    },
  },
  {
    name: 'release',
    weight: 16,
    always: true,
    act: ({ callers, dice }) => {
      const holding = dice.pickOrNull(callers.holdings);
      if (!holding) {
        return null;
      }
      const outcome = dice.pick(outcomes);
      callers.release(holding, outcome);
      return `connection ${holding.lease.connectionId}: ${outcome}`;
    },
  },
  {
    name: 'release all',
    weight: 1,
    act: ({ callers }) => {
      const held = [...callers.holdings];
      for (const holding of held) {
        callers.release(holding, 'ok');
      }
      return held.length === 0 ? null : `${held.length}`;
    },
  },
  {
    name: 'misuse',
    weight: 1,
    act: ({ callers, dice }) => {
      const lease = dice.pickOrNull(callers.released.slice(-8));
      if (!lease) {
        return null;
      }
      const again = dice.pick(['release', 'request'] as const);
      callers.misuse(lease, again);
      return `${again} on a lease of connection ${lease.connectionId} that was released`;
    },
  },
  {
    name: 'request',
    weight: 6,
    act: ({ callers, dice }) => {
      const holding = dice.pickOrNull(callers.holdings.filter(({ exchange }) => exchange === null || exchange.over));
      if (!holding) {
        return null;
      }
      const path = dice.pick(paths);
      callers.request(holding, path);
      return `GET ${path} on connection ${holding.lease.connectionId}`;
    },
  },
  {
    name: 'abort request',
    weight: 1,
    act: ({ callers, dice }) => {
      const open = callers.holdings.filter(({ exchange }) => exchange && !exchange.over);
      const holding = dice.pickOrNull(open);
      if (!holding?.exchange) {
        return null;
      }
      holding.exchange.abort();
      return `on connection ${holding.lease.connectionId}`;
    },
  },
  {
    name: 'dispatch',
    weight: 3,
    notPlain: true,
    act: (world) => {
      const host = anyHost(world).name.name;
      const method = world.dice.pick(['GET', 'GET', 'POST'] as const);
      return `request ${world.requests.send(host, method)}, ${method} to ${host} through the pool`;
    },
  },
  {
    name: 'abort dispatch',
    weight: 1,
    act: ({ requests, dice }) => {
      const call = dice.pickOrNull([...requests.open].filter(({ aborted }) => !aborted));
      call?.abort();
      return call && `request ${call.id}`;
    },
  },
];
