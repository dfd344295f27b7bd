/** `npm run chaos -- --seconds N [--seed S] [--json]`: faults at random under load; exit 1 when something that must be zero is not. */
import { parseArgs } from 'node:util';
import { type ChaosResult, chaos } from './chaos.ts';

const usage = 'usage: npm run chaos -- [--seconds N] [--seed S] [--json]   (300 seconds and any seed by default)\n';
/** What has to be zero at the end. */
const zeros = ['leakedSockets', 'leakedLeases', 'limitsExceeded', 'wronglyBanned'] as const;

interface Order {
  readonly seconds: number;
  readonly seed: number;
  readonly json: boolean;
}

/** @throws RangeError or TypeError for an argument that is unknown or no whole number. */
function readOrder(): Order {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '300' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      json: { type: 'boolean', default: false },
    },
  });
  return {
    seconds: wholeNumber('--seconds', values.seconds, 1),
    seed: wholeNumber('--seed', values.seed, 0),
    json: values.json,
  };
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name} ${text}: write a whole number of ${least} or more`);
  }
  return value;
}

/** What could not be measured is no failure, and is said to be unknown. */
function isZero(count: number | null): boolean {
  return count === null || count === 0;
}

function toTable(result: ChaosResult): string {
  const counts = (record: Readonly<Record<string, number>>): string =>
    Object.entries(record)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none';
  const rows: [string, string][] = [
    ['seed', String(result.seed)],
    ['seconds', String(result.seconds)],
    ['endpoints struck', counts(result.faults)],
    ['requests', String(result.requests)],
    ['failures', counts(result.failures)],
    ...zeros.map((name): [string, string] => [
      name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
      `${result[name] ?? 'unknown'}${isZero(result[name]) ? '' : '   must be 0'}`,
    ]),
    ['time to recover', result.recoverMs === null ? 'never   must end' : `${(result.recoverMs / 1_000).toFixed(1)} s`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join('');
}

try {
  const { seconds, seed, json } = readOrder();
  const result = await chaos(seconds, seed);
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : toTable(result));
  process.exitCode = zeros.every((name) => isZero(result[name])) && result.recoverMs !== null ? 0 : 1;
} catch (error) {
  if (error instanceof RangeError || error instanceof TypeError) {
    process.stderr.write(`${error.message}\n${usage}`);
    process.exitCode = 2;
  } else {
    throw error;
  }
}
