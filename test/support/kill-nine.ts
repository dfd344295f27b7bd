/** Kills a process that saves lists, again and again, and looks at what is left on disk. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessJournal } from '../../core/access/access-journal.ts';
import { accessListFileName } from '../../core/access/access-list-file.ts';
import { readAccessLists } from '../../core/access/access-list-format.ts';
import { systemClock } from '../../core/base/clock.ts';
import { type Random, randomIndex } from '../../core/base/random.ts';

export interface KillRound {
  /** Confirmed before the kill. */
  readonly confirmed: number;
  /** What is wrong with the file; empty when nothing is. */
  readonly faults: readonly string[];
}

const writer = join(import.meta.dirname, 'list-writer.ts');

/** Confirmations after which the kill may come, and how long after the last of them. */
const mostConfirmations = 40;
const mostDelayMs = 8;

/** One process on a new folder, killed once. */
export async function killOnce(random: Random): Promise<KillRound> {
  const folder = await mkdtemp(join(tmpdir(), 'hotpool-kill-'));
  try {
    const confirmed = await runUntilKilled(
      folder,
      1 + randomIndex(random, mostConfirmations),
      random.next() * mostDelayMs,
    );
    return { confirmed: confirmed.length, faults: await faultsOf(folder, confirmed) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runUntilKilled(folder: string, confirmations: number, delayMs: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let complaint = '';
    let doomed = false;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      // The first line says that it is ready.
      if (!doomed && output.split('\n').length - 2 >= confirmations) {
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
        resolve(output.split('\n').slice(1, -1));
      } else {
        reject(new Error(`the writer ended by itself: ${complaint}`));
      }
    });
  });
}

async function faultsOf(folder: string, confirmed: readonly string[]): Promise<string[]> {
  const { records, issues } = readAccessLists(await readFile(join(folder, accessListFileName), 'utf8'));
  const faults = issues.map(({ at, message }) => `${at}: ${message}`);
  const found = new Set(records.filter(({ list }) => list === 'black').map(({ value }) => value));
  const expected = new Map<string, boolean>();
  for (const line of confirmed) {
    expected.set(line.slice(2), line.startsWith('+'));
  }
  const different = new Set([
    ...[...expected].filter(([value, there]) => found.has(value) !== there).map(([value]) => value),
    ...[...found].filter((value) => !expected.has(value)),
  ]);
  // The change under way when the kill came may or may not be there; it was not confirmed.
  if (different.size > 1) {
    faults.push(`after ${confirmed.length} confirmed changes these differ: ${[...different].join(', ')}`);
  }
  const last = confirmed.at(-1);
  if (last && different.has(last.slice(2))) {
    faults.push(`the last confirmed change is lost: ${last}`);
  }
  // Every confirmed change is in the audit, the paste of the ballast before them.
  const journal = await AccessJournal.open({ folder, clock: systemClock, events: { emit: () => undefined } });
  const audited = journal.page({ before: null, limit: 200, who: ['operator'], text: '' }).records;
  await journal.close();
  if (audited.length < confirmed.length + 1) {
    faults.push(`of ${confirmed.length + 1} confirmed changes ${audited.length} are in the audit`);
  }
  if (records.filter(({ note }) => note === 'ballast').length !== 2_000) {
    faults.push('entries that nobody touched are gone');
  }
  return faults;
}
