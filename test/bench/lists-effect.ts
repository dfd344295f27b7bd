/**
 * `npm run lists-effect -- [--endpoints N] [--seed S] [--json]`: what the access lists are worth on a demo fleet of which
 * 40 % fails. Exit 0 when the targets are met, 1 when not, 2 when it could not run.
 */
import { parseArgs } from 'node:util';
import { toIssues } from '../../core/console/request-input.ts';
import { type ListsEffect, listsEffectRequests, listsEffectTargets } from '../../core/contract/lists-effect.ts';
import { ListsEffectBench } from '../../core/engine/lists-effect-bench.ts';

const usage =
  'usage: npm run lists-effect -- [--endpoints N] [--seed S] [--json]   (120 endpoints and seed 1 by default)\n';

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function table({ arms, whitelist, blacklist, endpoints, failing, seed, ...effect }: ListsEffect): string {
  const head = ['lists', 'served', 'attempts', 'failures', 'success', 'took'];
  const rows = arms.map(({ arm, wanted, served, attempts, failures, successRate, tookMs }) => [
    arm,
    `${served} of ${wanted}`,
    String(attempts),
    String(failures),
    percent(successRate),
    `${(tookMs / 1_000).toFixed(2)} s`,
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = [head, ...rows].map((row) =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  const judged = [
    ['white list lifts success by', effect.whiteLift, listsEffectTargets.whiteLift],
    ['black list cuts failures by', effect.blackCut, listsEffectTargets.blackCut],
    ['both lift success by', effect.bothLift, listsEffectTargets.bothLift],
  ] as const;
  return [
    `${endpoints} IPs, ${failing} of them failing (seed ${seed}); learned: ${whitelist} white, ${blacklist} black`,
    '',
    ...lines,
    '',
    ...judged.map(
      ([what, share, target]) =>
        `${what.padEnd(28)}${percent(share).padStart(8)}   at least ${percent(target)}: ${share >= target ? 'met' : 'NOT MET'}`,
    ),
    '',
  ].join('\n');
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { endpoints: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const wish = listsEffectRequests['access.measureEffect'].input.safeParse({
    ...(values.endpoints !== undefined && { endpoints: Number(values.endpoints) }),
    ...(values.seed !== undefined && { seed: Number(values.seed) }),
  });
  if (!wish.success) {
    const [issue] = toIssues(wish.error);
    throw new RangeError(`--${issue?.at}: ${issue?.message}`);
  }
  const effect = await new ListsEffectBench().measure(wish.data);
  process.stdout.write(values.json ? `${JSON.stringify(effect)}\n` : table(effect));
  return effect.met ? 0 : 1;
}

// The pools' own timers keep no process alive.
const alive = setInterval(() => undefined, 1_000);
try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}`);
  process.exitCode = 2;
} finally {
  clearInterval(alive);
}
