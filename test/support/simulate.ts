/** `npm run simulate -- --seeds N --first-seed S --steps K`: simulates the pool, prints what was met, or the seed that failed. */
import { parseArgs } from 'node:util';
import { SimulationFailure, simulate } from '../simulation/simulation.ts';
import { Summary } from '../simulation/summary.ts';

const usage = 'usage: npm run simulate -- [--seeds N] [--first-seed S] [--steps K]   (100, 1 and 1000 by default)\n';

interface Order {
  readonly seeds: number;
  readonly firstSeed: number;
  readonly steps: number;
}

/** @throws RangeError for an argument that is no whole number, or is too small. */
function readOrder(): Order {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '100' },
      'first-seed': { type: 'string', default: '1' },
      steps: { type: 'string', default: '1000' },
    },
  });
  return {
    seeds: wholeNumber('--seeds', values.seeds, 1),
    firstSeed: wholeNumber('--first-seed', values['first-seed'], 0),
    steps: wholeNumber('--steps', values.steps, 1),
  };
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name} ${text}: write a whole number of ${least} or more`);
  }
  return value;
}

async function run({ seeds, firstSeed, steps }: Order): Promise<void> {
  const summary = new Summary();
  const startedMs = performance.now();
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    summary.add(await simulate(seed, steps));
  }
  process.stdout.write(`${summary.toLines(performance.now() - startedMs).join('\n')}\n`);
}

try {
  const order = readOrder();
  await run(order);
} catch (error) {
  if (error instanceof SimulationFailure) {
    process.stdout.write(`${error.message}\n`);
    process.exitCode = 1;
  } else if (error instanceof RangeError || error instanceof TypeError) {
    process.stderr.write(`${error.message}\n${usage}`);
    process.exitCode = 2;
  } else {
    throw error;
  }
}
