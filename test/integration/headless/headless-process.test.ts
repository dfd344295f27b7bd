/** The real process: what it prints, how it ends, and that nothing is left behind. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../../electron/launch/setup.mjs';
import { askConsole, HeadlessProcess, hostScript, startScript } from '../../support/headless/headless-process.ts';
import { quickestMs, timed } from '../../support/quickest.ts';

let folder: string;
let data: string;
let running: HeadlessProcess[];

function demoArgs(): string[] {
  return ['--headless', '--no-open', '--data', data, '--demo=6'];
}

function run(script: string, ...args: string[]): HeadlessProcess {
  const started = new HeadlessProcess(process.execPath, [script, ...demoArgs(), ...args]);
  running.push(started);
  return started;
}

/** Without the demo: arguments as they are. */
function runPlain(script: string, ...args: string[]): HeadlessProcess {
  const started = new HeadlessProcess(process.execPath, [script, ...args]);
  running.push(started);
  return started;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** What another start would stumble over, or a database that was not closed; what the console keeps is the operator's. */
const remains = /lock|instance|-(journal|wal|shm)$|\.(new|tmp)$/;

function left(): string[] {
  return existsSync(data) ? readdirSync(data).filter((name) => remains.test(name)) : [];
}

beforeAll(() => ensureBuilt(), 120_000);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-headless-'));
  data = join(folder, 'data');
  running = [];
});

afterEach(async () => {
  for (const process of running) {
    process.kill('SIGKILL');
    await process.ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

describe('a start', () => {
  it('prints exactly one line on stdout, and that address leads to a page and, with the token, to figures', async () => {
    const host = run(hostScript);
    const ready = await host.ready;
    expect(ready.token).toMatch(/^[\w-]{43}$/);
    const page = await fetch(ready.origin);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await askConsole(ready, 'session.describe')).toMatchObject({ mode: 'demo', dataFolder: data });
    host.kill('SIGINT');
    expect(await host.ended).toBe(0);
    expect(host.stdout).toEqual([`Hotpool Console ready at ${ready.url}`]);
    expect(host.errors).not.toContain(ready.token);
  });

  it('with a token of its own each time', async () => {
    const tokens: string[] = [];
    for (let start = 0; start < 2; start += 1) {
      const host = run(hostScript);
      tokens.push((await host.ready).token);
      host.kill('SIGTERM');
      expect(await host.ended).toBe(0);
    }
    expect(new Set(tokens).size).toBe(2);
  });

  it('on a port that is taken says so, exits 1 and leaves nothing', async () => {
    const first = run(hostScript);
    const { port } = await first.ready;
    const other = join(folder, 'other');
    const second = runPlain(hostScript, '--data', other, '--no-open', '--demo=3', '--port', String(port));
    expect(await second.ended).toBe(1);
    expect(second.errors).toMatch(new RegExp(`^Port ${port} is taken`, 'm'));
    expect(second.stdout).toEqual([]);
    expect(second.errors, 'told before anything else').not.toContain('engine.started');
    expect(readdirSync(other)).toEqual([]);
  });

  it('watches the hosts of a configuration file, from --config or from the data folder, and starts no demo', async () => {
    const file = join(folder, 'mine.toml');
    writeFileSync(file, '[pool]\nmax_connections = 60\n[[targets]]\nhost = "origin.test"\nips = ["127.0.0.1"]\n');
    const named = runPlain(hostScript, '--data', data, '--no-open', '--config', file);
    const ready = await named.ready;
    expect(await askConsole(ready, 'session.describe')).toMatchObject({
      mode: 'config',
      configFile: file,
      hosts: [{ host: 'origin.test', ips: 1 }],
    });
    named.kill('SIGTERM');
    expect(await named.ended).toBe(0);

    writeFileSync(join(data, 'hotpool.toml'), readFileSync(file));
    const own = runPlain(hostScript, '--data', data, '--no-open');
    expect(await askConsole(await own.ready, 'session.describe')).toMatchObject({
      mode: 'config',
      configFile: join(data, 'hotpool.toml'),
    });
    own.kill('SIGTERM');
    await own.ended;
    const demo = run(hostScript);
    expect(await askConsole(await demo.ready, 'session.describe')).toMatchObject({ mode: 'demo', configFile: null });
  });
});

describe('bad input', () => {
  it.each([
    ['--nonsense'],
    ['--port', '70000'],
    ['--port', 'x'],
    ['--port'],
    ['--demo=2'],
    ['--demo', '--config', 'x.toml'],
    ['extra'],
  ])('%j: a clear error and exit 2, by the launcher and by the host', async (...args) => {
    for (const script of [startScript, hostScript]) {
      const started = runPlain(script, '--data', data, ...args);
      expect(await started.ended).toBe(2);
      expect(started.stderr).toHaveLength(1);
      expect(started.stdout).toEqual([]);
    }
    expect(existsSync(data)).toBe(false);
  });

  it('a configuration that does not validate: exit 1 with file and line before anything is opened', async () => {
    const file = join(folder, 'bad.toml');
    writeFileSync(file, '[pool]\nmax_connections = 0\nmax_conections = 5\n');
    const host = runPlain(hostScript, '--data', data, '--no-open', '--config', file);
    expect(await host.ended).toBe(1);
    expect(host.errors).toContain(`${file}:2`);
    expect(host.errors).toContain('max_connections = 0');
    expect(host.errors).toContain('1 to 20,000');
    expect(host.errors).toContain(`${file}:3`);
    expect(host.errors).not.toMatch(/^\s+at /m);
    expect(host.stdout).toEqual([]);
    expect(existsSync(data)).toBe(false);
  });

  it.each([
    ['is not TOML', 'pool = = 3\n'],
    ['is missing', null],
  ])('a configuration that %s: exit 1 before anything is opened', async (_, text) => {
    const file = join(folder, 'bad.toml');
    if (text !== null) {
      writeFileSync(file, text);
    }
    const host = runPlain(hostScript, '--data', data, '--no-open', '--config', file);
    expect(await host.ended).toBe(1);
    expect(host.errors).toContain(file);
    expect(existsSync(data)).toBe(false);
  });

  it.each([
    ['with the demo', ['--demo=3']],
    ['where a configuration may lie in it', []],
  ])('a data folder that cannot be made, %s: exit 1 with one line that says why', async (_, args) => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const host = runPlain(hostScript, '--data', join(file, 'data'), '--no-open', ...args);
    expect(await host.ended).toBe(1);
    expect(host.stderr).toEqual([
      `the data folder ${join(file, 'data')} cannot be made: ${file} is a file, not a folder; choose another one with --data.`,
    ]);
  });
});

describe('the end', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s: exit 0 within 2 s, the port free, nothing left behind',
    async (signal) => {
      const tookMs = await quickestMs(2_000, async () => {
        const host = run(hostScript);
        const { port } = await host.ready;
        const ms = await timed(async () => {
          host.kill(signal);
          expect(await host.ended).toBe(0);
        });
        expect(await isListening(port)).toBe(false);
        expect(left()).toEqual([]);
        return ms;
      });
      expect(tookMs).toBeLessThan(2_000);
    },
  );

  it('by one press that arrives three times is still an orderly one', async () => {
    const host = run(hostScript);
    await host.ready;
    host.kill('SIGINT');
    host.kill('SIGINT');
    setTimeout(() => host.kill('SIGINT'), 5);
    expect(await host.ended).toBe(0);
    expect(left()).toEqual([]);
    expect(host.errors).toContain('pool.closed');
  });

  it('of the launcher by Ctrl-C takes the host along', async () => {
    const launcher = run(startScript);
    const { port } = await launcher.ready;
    launcher.kill('SIGINT');
    expect(await launcher.ended).toBe(0);
    expect(await isListening(port)).toBe(false);
    expect(left()).toEqual([]);
  });

  it('of the launcher by kill -9 takes the host along: no process, port or lock is left', async () => {
    const launcher = run(startScript);
    const { port } = await launcher.ready;
    launcher.kill('SIGKILL');
    await expect.poll(() => isListening(port)).toBe(false);
    await expect.poll(left).toEqual([]);
    // Its output closes when the host has gone as well: both held it.
    expect(await launcher.ended).toBe('SIGKILL');
  });
});

// npm runs scripts in sh on every system but Windows; cmd has no shell in between to be told.
describe.skipIf(process.platform === 'win32')('npm, which runs the launcher in a shell', () => {
  /** As npm does it on Debian, whose sh stays between the two; stands for npm itself. */
  function runInShell(): HeadlessProcess {
    const command = [process.execPath, startScript, ...demoArgs()].map((part) => `'${part}'`).join(' ');
    const started = new HeadlessProcess('sh', ['-c', `sh -c "${command}; true"; true`], {
      npm_lifecycle_event: 'start',
    });
    running.push(started);
    return started;
  }

  it('gone by a signal that the shell kept to itself, or by kill -9, takes the console along', async () => {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const npm = runInShell();
      const { port } = await npm.ready;
      npm.kill(signal);
      await expect.poll(() => isListening(port)).toBe(false);
      await expect.poll(left).toEqual([]);
      await npm.ended;
    }
  });
});

describe('one console per data folder', () => {
  it('a second start says who is there and exits 1; the first one goes on', async () => {
    const first = run(hostScript);
    const ready = await first.ready;
    const second = run(hostScript);
    expect(await second.ended).toBe(1);
    expect(second.errors).toMatch(/^Another Hotpool Console \(headless, process \d+, since .*\) is using /);
    expect(second.errors).toContain(`process ${first.child.pid}`);
    expect(second.errors).toContain(data);
    expect(second.stdout).toEqual([]);
    expect(await askConsole(ready, 'statistics.get')).toBeDefined();
    first.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(left()).toEqual([]);
  });

  it('the folder is free at once after kill -9', async () => {
    const first = run(hostScript);
    await first.ready;
    first.kill('SIGKILL');
    await first.ended;
    const second = run(hostScript);
    await second.ready;
    second.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    expect(left()).toEqual([]);
  });

  it('of several that start together, exactly one gets it', async () => {
    const starts = Array.from({ length: 4 }, () => run(hostScript));
    const outcomes = await Promise.all(
      starts.map((start) =>
        start.ready.then(
          () => 'ready',
          () => start.ended,
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'ready')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 1)).toHaveLength(3);
  });
});

describe('answers without a console', () => {
  it.each(['--help', '--version'])('%s on stdout, exit 0, by the launcher and by the host alike', async (flag) => {
    const answers: string[][] = [];
    for (const script of [startScript, hostScript]) {
      const started = runPlain(script, flag);
      expect(await started.ended).toBe(0);
      expect(started.stderr).toEqual([]);
      answers.push(started.stdout);
    }
    expect(answers[0]?.length).toBeGreaterThan(0);
    expect(answers[1]).toEqual(answers[0]);
  });
});
