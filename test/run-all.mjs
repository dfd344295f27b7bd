/**
 * `npm test`: sets up what it needs and runs type check, lint, unit, integration and end-to-end tests. Runs on the
 * system's own Node with nothing installed. Its last line is the sum over all runners: `N passed, N failed, N skipped`.
 */
import { spawnSync } from 'node:child_process';
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

/** @param {string} title @param {Tally} tally @param {number} startedMs */
function add(title, tally, startedMs) {
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  process.stdout.write(
    `-- ${title}: passed ${tally.passed}, failed ${tally.failed}, skipped ${tally.skipped} (${seconds} s)\n\n`,
  );
}

/** @param {string[]} command @param {NodeJS.ProcessEnv} [env] */
function run(command, env = {}) {
  const [program = '', ...args] = command;
  const bin = join(root, 'node_modules', '.bin');
  const separator = process.platform === 'win32' ? ';' : ':';
  const result = spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      PATH: `${bin}${separator}${process.env.PATH ?? ''}`,
      ...env,
    },
  });
  return result.status === 0;
}

/** A check without a count of its own is one test. @param {string} title @param {string[]} command */
function check(title, command) {
  const startedMs = Date.now();
  const ok = run(command);
  add(title, { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }, startedMs);
}

/**
 * A runner that counts, into a report. One that fails without counting a failure counts as one.
 * @template Report
 * @param {string} title @param {string[]} command @param {string} report @param {(json: Report) => Tally} read
 * @param {NodeJS.ProcessEnv} [env]
 */
function runner(title, command, report, read, env) {
  const startedMs = Date.now();
  const ok = run(command, env);
  /** @type {Tally} */
  let tally = { passed: 0, failed: 0, skipped: 0 };
  if (existsSync(report)) {
    tally = read(JSON.parse(readFileSync(report, 'utf8')));
  }
  if (!ok && tally.failed === 0) {
    tally.failed = 1;
  }
  add(title, tally, startedMs);
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
  const browserEnv = browser.path === null ? {} : { HOTPOOL_CHROMIUM: browser.path };
  const reports = mkdtempSync(join(tmpdir(), 'hotpool-reports-'));
  try {
    check('type check', ['npm', 'run', '--silent', 'typecheck']);
    check('lint', ['npm', 'run', '--silent', 'lint']);
    await ensureBuilt();
    for (const project of ['unit', 'integration']) {
      const report = join(reports, `${project}.json`);
      runner(
        project,
        ['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
        report,
        readVitest,
        browserEnv,
      );
    }
    if (browser.path === null) {
      process.stdout.write(`${browser.reason}\n`);
      add('end to end', { passed: 0, failed: 1, skipped: 0 }, Date.now());
    } else {
      /** @type {[string, string[]][]} */
      const parts = [
        ['end to end', ['--grep-invert', '@alone']],
        // What these measure would be another test's as well.
        ['end to end, one at a time', ['--grep', '@alone', '--workers', '1']],
      ];
      for (const [title, choice] of parts) {
        const report = join(reports, `${title}.json`);
        runner(title, ['playwright', 'test', '--reporter=line,json', ...choice], report, readPlaywright, {
          ...browserEnv,
          PLAYWRIGHT_JSON_OUTPUT_NAME: report,
        });
      }
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
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
