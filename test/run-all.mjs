/**
 * `npm test`: sets up what it needs and runs type check, lint, unit, integration and end-to-end tests. Runs on the
 * system's own Node with nothing installed. Its last line is the sum over all runners: `N passed, N failed, N skipped`.
 *
 * Suites that wait more than they compute run beside each other; one of two that do keeps its output until it ends.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt, ensureInstalled, SetupError } from '../electron/launch/setup.mjs';
import { ensureBrowser } from './support/ensure-browser.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @type {Tally} */
const total = { passed: 0, failed: 0, skipped: 0 };

/** A line for each suite. @type {string[]} */
const lines = [];

/** Counts a suite, and shows its line below what it said. @param {string} title @param {Tally} tally @param {Ended} ended */
function add(title, tally, { output, tookMs }) {
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
  const seconds = (tookMs / 1000).toFixed(1);
  const line = `-- ${title}: passed ${tally.passed}, failed ${tally.failed}, skipped ${tally.skipped} (${seconds} s)\n`;
  lines.push(line);
  // At once, for another suite may be writing.
  process.stdout.write(`${output}${line}\n`);
}

/**
 * @typedef {object} Ended
 * @property {boolean} ok
 * @property {string} output what was held back
 * @property {number} tookMs
 */

/**
 * @typedef {object} How
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [held] what it says is shown when it has ended, in one piece: something else runs beside it
 */

/** @param {string[]} command @param {How} [how] @returns {Promise<Ended>} */
async function run(command, { env = {}, held = false } = {}) {
  const startedMs = Date.now();
  const [program = '', ...args] = command;
  const bin = join(root, 'node_modules', '.bin');
  const separator = process.platform === 'win32' ? ';' : ':';
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', held ? 'pipe' : 'inherit', held ? 'pipe' : 'inherit'],
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      PATH: `${bin}${separator}${process.env.PATH ?? ''}`,
      ...env,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const ok = await once(child, 'close').then(
    ([code]) => code === 0,
    (/** @type {Error} */ { message }) => {
      output += `${message}\n`;
      return false;
    },
  );
  return { ok, output, tookMs: Date.now() - startedMs };
}

/** A check without a count of its own is one test. @param {string} title @param {string[]} command */
async function check(title, command) {
  const ended = await run(command, { held: true });
  add(title, { passed: ended.ok ? 1 : 0, failed: ended.ok ? 0 : 1, skipped: 0 }, ended);
}

/**
 * A runner that counts, into a report. One that fails without counting a failure counts as one.
 * @template Report
 * @param {string} title @param {string[]} command @param {string} report @param {(json: Report) => Tally} read
 * @param {How} how
 */
async function runner(title, command, report, read, how) {
  const ended = await run(command, how);
  /** @type {Tally} */
  let tally = { passed: 0, failed: 0, skipped: 0 };
  if (existsSync(report)) {
    tally = read(JSON.parse(readFileSync(report, 'utf8')));
  }
  if (!ended.ok && tally.failed === 0) {
    tally.failed = 1;
  }
  add(title, tally, ended);
}

/** @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number }} json @returns {Tally} */
const readVitest = (json) => ({
  passed: json.numPassedTests,
  failed: json.numFailedTests,
  skipped: json.numPendingTests + json.numTodoTests,
});

/**
 * @typedef {object} Suite
 * @property {Suite[]} [suites]
 * @property {{ file: string, title: string, tests: { projectName: string, status: string }[] }[]} specs
 */

/**
 * A test that passed at its second try has passed, and is named: who sees the same name again has a test to mend.
 * @param {{ suites: Suite[], stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} json
 * @returns {Tally}
 */
function readPlaywright({ suites, stats }) {
  for (const name of suites.flatMap(flakyTests)) {
    process.stdout.write(`passed at the second try: ${name}\n`);
  }
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

/** @param {Suite} suite @returns {string[]} */
function flakyTests({ suites = [], specs }) {
  const own = specs.flatMap(({ file, title, tests }) =>
    tests.filter(({ status }) => status === 'flaky').map(({ projectName }) => `[${projectName}] ${file}: ${title}`),
  );
  return [...own, ...suites.flatMap(flakyTests)];
}

async function runAll() {
  await ensureInstalled();
  // Before the first test that wants one: side by side, several would install it, and none would wait for it.
  const browser = ensureBrowser();
  const reports = mkdtempSync(join(tmpdir(), 'hotpool-reports-'));
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    // Some two hundred processes load the same modules: what one has compiled, the next ones take as it is.
    NODE_COMPILE_CACHE: join(reports, 'compiled'),
    ...(browser.path === null ? {} : { HOTPOOL_CHROMIUM: browser.path }),
  };

  /** @param {'unit' | 'integration'} project @param {How} how */
  const vitest = (project, how) => {
    const report = join(reports, `${project}.json`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    return runner(project, ['vitest', 'run', '--project', project, ...reporters], report, readVitest, how);
  };
  /** @param {string} title @param {string[]} choice */
  const playwright = (title, choice) => {
    const report = join(reports, `${title}.json`);
    const how = { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } };
    return runner(title, ['playwright', 'test', '--reporter=line,json', ...choice], report, readPlaywright, how);
  };

  try {
    const [built] = await Promise.allSettled([
      ensureBuilt(),
      check('type check', ['npm', 'run', '--silent', 'typecheck']),
      check('lint', ['npm', 'run', '--silent', 'lint']),
    ]);
    if (built.status === 'rejected') {
      throw built.reason;
    }
    await vitest('unit', { env });
    if (browser.path === null) {
      await vitest('integration', { env });
      const tally = { passed: 0, failed: 1, skipped: 0 };
      add('end to end', tally, { ok: false, output: `${browser.reason}\n`, tookMs: 0 });
    } else {
      // Each waits for processes, sockets and timers much of its time.
      await Promise.all([
        playwright('end to end', ['--grep-invert', '@alone']),
        vitest('integration', { env, held: true }),
      ]);
      // What these measure would be another test's as well.
      await playwright('end to end, one at a time', ['--grep', '@alone', '--workers', '1']);
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

try {
  await runAll();
} catch (error) {
  if (!(error instanceof SetupError)) {
    throw error;
  }
  process.stdout.write(`${error.message}\n`);
  total.failed += 1;
}
process.stdout.write(`${lines.join('')}${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
