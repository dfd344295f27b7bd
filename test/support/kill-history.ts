/** Kills a process that writes history, and looks at what is left on disk. */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Random, randomIndex } from '../../core/base/random.ts';
import { historyMomentInputSchema } from '../../core/contract/history-moment.ts';
import { checkBytes } from '../../core/history/check-chunk.ts';
import { HistoryDatabase } from '../../core/history/history-database.ts';
import type { KillRound } from './kill-nine.ts';

const writer = join(import.meta.dirname, 'history-writer.ts');
/** Batches after which the kill may come, and how long after the last of them. */
const mostBatches = 5;
const mostDelayMs = 120;

/** Of the writer's. */
const eventsPerTick = 20;
/** Of each kind as many as there were ticks. */
const countedPerTick = {
  checks: `SELECT coalesce(sum(length(data)) / ${checkBytes}, 0) AS count FROM checks`,
  alerts: 'SELECT count(*) AS count FROM alerts',
  changes: 'SELECT count(*) AS count FROM changes',
  'parts of a warm-up': 'SELECT count(*) AS count FROM warm_up_cells',
  'results of a warm-up': "SELECT coalesce(max(json_extract(run, '$.done')), 0) AS count FROM warm_ups",
};

/** One process on a new folder, killed once; `confirmed` counts events. */
export async function killHistoryOnce(random: Random): Promise<KillRound> {
  const folder = await mkdtemp(join(tmpdir(), 'hotpool-kill-'));
  try {
    const confirmed = await runUntilKilled(folder, 1 + randomIndex(random, mostBatches), random.next() * mostDelayMs);
    return { confirmed, faults: await faultsOf(folder, confirmed) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runUntilKilled(folder: string, batches: number, delayMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let complaint = '';
    let doomed = false;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (!doomed && output.split('\n').length > batches) {
        doomed = true;
        setTimeout(() => child.kill('SIGKILL'), delayMs);
      }
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      complaint += chunk;
    });
    child.on('error', reject);
    child.on('close', (_, signal) => {
      if (signal === 'SIGKILL') {
        resolve(Number(output.split('\n').at(-2)));
      } else {
        reject(new Error(`the writer ended by itself: ${complaint}`));
      }
    });
  });
}

async function faultsOf(folder: string, confirmed: number): Promise<string[]> {
  const file = join(folder, 'history.sqlite');
  // As the next start does: it must need no new file.
  new HistoryDatabase(file).close();
  const database = new DatabaseSync(file);
  try {
    const faults: string[] = [];
    const check = database.prepare('PRAGMA integrity_check').all();
    if (check.length !== 1 || check[0]?.integrity_check !== 'ok') {
      faults.push(`the file is damaged: ${JSON.stringify(check)}`);
    }
    const row = database.prepare('SELECT count(*) AS stored, max(seq) AS last FROM events').get();
    if (row?.stored !== row?.last) {
      faults.push(`${row?.stored} events are stored, the last is number ${row?.last}: there is a gap`);
    }
    const ticks = Number(row?.last) / eventsPerTick;
    for (const [what, sql] of Object.entries(countedPerTick)) {
      const { count } = database.prepare(sql).get() ?? {};
      if (count !== ticks) {
        faults.push(`${what}: ${count} are stored of ${ticks}`);
      }
    }
    faults.push(...momentFaults(file, ticks));
    if (Number(row?.last) < confirmed) {
      faults.push(`event ${confirmed} was confirmed, ${row?.last} is the last stored`);
    }
    const others = (await readdir(folder)).filter((name) => !name.startsWith('history.sqlite'));
    return others.length === 0 ? faults : [...faults, `left behind: ${others.join(', ')}`];
  } finally {
    database.close();
  }
}

/** The last moment that was written down is whole; in a busy second one may stand for several. */
function momentFaults(file: string, ticks: number): string[] {
  const history = new HistoryDatabase(file);
  try {
    const moment = history.moments.moment(historyMomentInputSchema.parse({ atMs: Number.MAX_SAFE_INTEGER }));
    const { totalConnections } = moment.statistics;
    return totalConnections > 0 && totalConnections <= ticks ? [] : [`moment ${totalConnections} is told of ${ticks}`];
  } catch (error) {
    return ticks === 0 ? [] : [`no moment can be read: ${String(error)}`];
  } finally {
    history.close();
  }
}
