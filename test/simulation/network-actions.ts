/** What happens outside: addresses come and go, servers answer or do not, connections end. */
import { type Action, anyHost, anyIp, anyTransport } from './action.ts';
import { paths } from './scenario.ts';
import { changeWeather } from './weather.ts';

export const networkActions: readonly Action[] = [
  {
    name: 'DNS changes',
    weight: 1,
    act: (world) => {
      const { name, addresses } = anyHost(world);
      const { directory, dice } = world;
      const left = addresses.filter(() => dice.chance(0.6));
      const present = left.length > 0 ? left : addresses.slice(0, 1);
      directory.change(name, present);
      return `${name.name}: ${present.map(({ ip }) => ip).join(', ')}`;
    },
  },
  {
    name: 'DNS fails',
    weight: 1,
    act: (world) => {
      const { name } = anyHost(world);
      const failing = world.dice.chance(0.5);
      world.directory.setFailing(name.name, failing);
      return `${name.name}: ${failing}`;
    },
  },
  {
    name: 'weather',
    weight: 5,
    act: (world) => {
      const ip = anyIp(world);
      return `${ip}: ${changeWeather(world.network.weather(ip), world.dice, paths)}`;
    },
  },
  {
    name: 'fair weather',
    weight: 3,
    always: true,
    act: ({ network }) => {
      network.calm();
      return 'everywhere';
    },
  },
  {
    name: 'SETTINGS',
    weight: 1,
    act: (world) => {
      const transport = anyTransport(world);
      const maxStreams = world.dice.pick([0, 1, 2, 5, 100]);
      transport?.allowStreams(maxStreams);
      return transport && `connection ${transport.connectionId}: ${maxStreams} streams`;
    },
  },
  {
    name: 'peer ends',
    weight: 4,
    act: (world) => {
      const transport = anyTransport(world);
      const reason = world.dice.pick(['peer-closed', 'broken', 'goaway'] as const);
      const ending = transport?.protocol === 'http/1.1' && reason === 'goaway' ? 'peer-closed' : reason;
      transport?.end(ending);
      return transport && `connection ${transport.connectionId}: ${ending}`;
    },
  },
];
