/**
 * The specification's tables and lists of troubles, tuning and diagnosis, row by row. A rule names the rows it stands for,
 * and a test finds the rows that no rule stands for. What the tables of document 004 on log phrases count is counted by the
 * events, not judged here.
 */
const tables = {
  '000.control': [
    'Warm-up: dials at a time',
    'Pool: MaxConnections',
    'Network: a rest after each 100 IPs',
    'Checks: HealthCheckInterval',
  ],
  '000.monitoring': [
    'Progress after each 100',
    'Errors by class',
    'Response times against a baseline',
    'Alert under 80 % success',
  ],
  '000.scenarios': ['High availability', 'Medium load', 'Low latency', 'Unstable network'],
  '000.trouble': ['Warm-up times out', 'Many connections fail', 'Too much memory', 'Warm-up is slow'],
  '000.tips': ['Detailed log', 'Watch the connections', 'Test under load', 'Watch the resources'],
  '000.tuning': ['MaxConnections', 'Timeouts', 'HTTP/2', 'Reuse', 'Concurrency that adapts', 'Back-pressure'],
  '001.errors': ['Retry what is temporary', 'Log in detail', 'Alert thresholds', 'A plan for when nothing is left'],
  '001.monitoring': ['Watch the state', 'Check health', 'Clean up', 'Adapt the settings'],
  '001.settings': ['MaxConnections', 'Check interval', 'Timeouts', 'Warm up before load'],
  '001.timeouts': ['ConnTimeout', 'TestTimeout', 'Waiting for a connection', 'DNSUpdateInterval'],
  '001.tips': ['Detailed log', 'Watch the statistics', 'Test under load', 'Profile'],
  '001.trouble': ['Acquires time out', 'Connections break often', 'Acquires become slow', 'The pool grows and grows'],
  '001.tuning': ['Reuse', 'Concurrency', 'Memory', 'Warm-up and keep-alive'],
  '002.bottlenecks': [
    'Adding and removing connections',
    'Using and giving back one connection',
    'Checks of many connections',
  ],
  '002.locks': ['Reading beside writing', 'Fine-grained exclusion', 'Waiting without turning'],
  '002.monitoring': ['Contention and waiting times', 'Adapt to the load', 'Plan the capacity'],
  '002.operations': ['Reads', 'Writes', 'Looks at the state', 'Waiting for reuse'],
  '002.strategy': ['Work in batches', 'Clean up beside the work', 'Warm up'],
  '003.indicators': ['Recycling rate', 'Recycling delay', 'Reuse rate', 'Healthy share'],
  '003.optimising': ['Contention', 'Waking waiters', 'Checks', 'Memory'],
  '003.practice': ['Give back in time', 'Do not hold for long', 'Set timeouts', 'Watch the health'],
  '003.recovery': ['TLS handshake failed', 'Bad HTTP answer', 'Network broken', 'Protocol refused'],
  '003.scenarios': ['Many readers at once', 'Long connections', 'Short connections', 'Few resources'],
  '003.steps': [
    'Look at the settings',
    'Read the log',
    'Watch the resources',
    'See that checks work',
    'Test under load',
  ],
  '003.times': ['IdleTimeout', 'HealthCheckInterval', 'MaxLifetime'],
  '003.triggers': ['Too many errors', 'Idle beyond the interval', 'The timer of the checks'],
  '004.acquire': ['State of the pool', 'The host has connections', 'Unhealthy connections', 'White and black lists'],
  '004.key-points': [
    'Sensible settings',
    'Warm up',
    'Always give back',
    'Use the lists',
    'Watch the state',
    'Read logs and measure',
  ],
  '004.lists': ['White list lifts success', 'Black list cuts failures', 'Both together'],
  '004.monitoring': ['Success under 80 %', 'Mean response over 5 s', 'Healthy under half'],
  '004.performance': ['Reuse under 50 %', 'Success under 80 %', 'Mean response over 3 s', 'Settings of the pool'],
  '004.presets': ['Under 10 requests a second', '10 to 100', 'Over 100'],
  '004.settings': [
    'MaxConnections',
    'MaxConnsPerHost',
    'MaxIdleConns',
    'ConnTimeout',
    'IdleTimeout',
    'MaxLifetime',
    'TestTimeout',
    'HealthCheckInterval',
    'CleanupInterval',
  ],
} as const satisfies Record<string, readonly string[]>;

type Tables = typeof tables;
type Table = keyof Tables;
/** The rows' numbers of a tuple type, from 1. */
type Numbers<Rows extends readonly string[], Counted extends unknown[] = []> = Counted['length'] extends Rows['length']
  ? never
  : [...Counted, unknown]['length'] | Numbers<Rows, [...Counted, unknown]>;

/** `003.steps.4`: document, table or list, row from 1. */
export type SourceId = { [Name in Table]: `${Name}.${Extract<Numbers<Tables[Name]>, number>}` }[Table];

export interface SourceRow {
  readonly id: string;
  /** What the row is about. */
  readonly row: string;
}

export const sourceRows: readonly SourceRow[] = Object.entries(tables).flatMap(([table, rows]) =>
  rows.map((row, index) => ({ id: `${table}.${index + 1}`, row })),
);
