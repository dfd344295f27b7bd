/**
 * What remembering costs, and how soon it answers, on made data of a pool of 1,000 IPs: a process of its own.
 *
 * Method: 24 hours of seconds (the pool and three hosts), of ends (1,000 connections that live five minutes: 3.3 a second),
 * of events (two a second), of checks (each IP every 30 s: 33 a second), of states and of moments for the time machine
 * (sixty connections another each second, four of them new) go through `History` and its thread, with a clock that is
 * turned by hand: one second after the other, as fast as the thread takes them. The stall is how long the engine's thread
 * is kept by one second: gathering it, and handing the batch over. Six days of minutes, with a check of each IP in each,
 * are made before these, so that there are seven days to ask for. Then each question is asked 200 times with ranges that
 * end at random within the last hour, and the time machine is sent to 200 random moments of the day; the p99 counts, from
 * the call to the answer, the other thread's work and both ways between included.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Bench, budgetCell } from './harness.ts';

const worker = new URL('./history-process.ts', import.meta.url);
const stallBudgetMs = 5;
const queryBudgetMs = 50;
const jumpBudgetMs = 200;

export interface HistoryFigures {
  /** To a random moment of the last 24 hours, and a step of 20 s from there. */
  readonly jumpP99Ms: number;
  readonly stepP99Ms: number;
  readonly stallP99Ms: number;
  readonly fileBytes: number;
  /** p99 by the question's name. */
  readonly questions: Readonly<Record<string, number>>;
}

export const historyBench: Bench = {
  name: 'history',
  about: '24 hours of a pool of 1,000 IPs: stall of the engine a second, size of the file, time of each question',
  async run() {
    const { jumpP99Ms, stepP99Ms, stallP99Ms, fileBytes, questions } = await measure();
    const megabytes = fileBytes / 1e6;
    return [
      budgetCell('a second is handed over, p99', 'ms', stallP99Ms, stallBudgetMs),
      budgetCell('the file after 24 hours', 'MB', megabytes, 1_000),
      budgetCell('a jump to a moment of the last 24 h, p99', 'ms', jumpP99Ms, jumpBudgetMs),
      budgetCell('a step of 20 s from there, p99', 'ms', stepP99Ms, queryBudgetMs),
      ...Object.entries(questions).map(([name, p99Ms]) => budgetCell(`${name}, p99`, 'ms', p99Ms, queryBudgetMs)),
    ];
  },
};

function measure(): Promise<HistoryFigures> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(worker)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) {
        resolve(JSON.parse(output.trim().split('\n').at(-1) ?? ''));
      } else {
        reject(new Error(`its process ended with ${code}`));
      }
    });
  });
}
