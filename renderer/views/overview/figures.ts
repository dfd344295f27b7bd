/** Every field of the statistics, grouped, with the way each is written. A field that is missing here fails a test. */
import type { EngineStatistics, PoolStatistics, WindowStatistics } from '../../../core/contract/statistics.ts';
import { bytes, count, milliseconds, percent, stopwatch, timeOfDay } from '../../words/format.ts';
import { knownSuccessRate } from './selectors.ts';
import { words } from './words.ts';

type FigureName = keyof typeof words.figures.names;

export interface WindowFigure {
  readonly name: keyof WindowStatistics & FigureName;
  readonly write: (value: number | null, window: WindowStatistics) => string;
}

export interface NowFigure {
  readonly name: FigureName;
  readonly read: (statistics: PoolStatistics) => string;
}

export const requestFigures: readonly WindowFigure[] = [
  { name: 'totalRequests', write: count },
  { name: 'successfulRequests', write: count },
  { name: 'failedRequests', write: count },
  { name: 'successRate', write: (_value, window) => percent(knownSuccessRate(window)) },
  { name: 'avgResponseMs', write: milliseconds },
  { name: 'responseP50Ms', write: milliseconds },
];

export const leaseFigures: readonly WindowFigure[] = [
  { name: 'leases', write: count },
  { name: 'connReuseRate', write: percent },
  { name: 'connectionsReused', write: percent },
  { name: 'releases', write: count },
  { name: 'recyclingRate', write: percent },
  { name: 'recyclingDelayMeanMs', write: milliseconds },
  { name: 'recyclingDelayP95Ms', write: milliseconds },
  { name: 'waitP50Ms', write: milliseconds },
  { name: 'waitP95Ms', write: milliseconds },
];

export const dialFigures: readonly WindowFigure[] = [
  { name: 'dials', write: count },
  { name: 'dialFailures', write: count },
  { name: 'coldMs', write: milliseconds },
  { name: 'fullTlsMs', write: milliseconds },
  { name: 'resumedHandshakes', write: count },
  { name: 'resumedTlsMs', write: milliseconds },
  { name: 'checks', write: count },
  { name: 'checkFailures', write: count },
];

type CountName = {
  [Name in keyof PoolStatistics]: PoolStatistics[Name] extends number ? Name : never;
}[keyof PoolStatistics] &
  FigureName;

const counted = (name: CountName): NowFigure => ({ name, read: (statistics) => count(statistics[name]) });

export const poolFigures: readonly NowFigure[] = [
  {
    name: 'totalConnections',
    read: ({ totalConnections, maxConnections }) => `${count(totalConnections)} / ${count(maxConnections)}`,
  },
  counted('activeConnections'),
  counted('idleConnections'),
  counted('dialingConnections'),
  counted('validatingConnections'),
  counted('checkingConnections'),
  counted('drainingConnections'),
  counted('healthyConnections'),
  {
    name: 'h2Connections',
    read: ({ h2Connections, totalConnections, dialingConnections }) => {
      const established = totalConnections - dialingConnections;
      const share = established > 0 ? ` · ${percent(h2Connections / established)}` : '';
      return `${count(h2Connections)}${share}`;
    },
  },
  counted('waiting'),
  counted('leasesOverLeakThreshold'),
];

export const listFigures: readonly NowFigure[] = [
  counted('whitelistIps'),
  counted('blacklistIps'),
  counted('whitelistMoves'),
  counted('newConnectionsFromDns'),
  { name: 'isHealthy', read: ({ isHealthy }) => (isHealthy ? words.figures.yes : words.figures.no) },
  { name: 'lastUpdate', read: ({ atMs }) => timeOfDay(atMs) },
];

const engineFigure = (name: keyof EngineStatistics & FigureName, write: (value: number) => string): NowFigure => ({
  name,
  read: ({ engine }) => {
    const value = engine[name];
    return value === null ? words.figures.unknown : write(value);
  },
});

export const engineFigures: readonly NowFigure[] = [
  engineFigure('loopDelayP50Ms', milliseconds),
  engineFigure('loopDelayP99Ms', milliseconds),
  engineFigure('cpuShare', percent),
  engineFigure('rssBytes', bytes),
  engineFigure('openFileDescriptors', count),
  engineFigure('bytesIn', bytes),
  engineFigure('bytesOut', bytes),
  engineFigure('uptimeMs', stopwatch),
];
