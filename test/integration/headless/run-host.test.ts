/** How the launcher tells a host that ran from one that this machine cannot run. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const runHostUrl = new URL('../../../electron/launch/run-host.mjs', import.meta.url);

/** In a process of its own, for a launcher keeps the signals to its end. */
async function runHost(program: string, ...args: string[]): Promise<unknown> {
  const script = `import { runHost } from '${runHostUrl}';
    const [program, ...args] = JSON.parse(process.argv[1]);
    process.stdout.write(JSON.stringify(await runHost(program, args)));`;
  const command = JSON.stringify([program, ...args]);
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, command]);
  return JSON.parse(stdout);
}

// Side by side: each is a process of its own, and some of them wait for seconds. Windows has no `sh` to play the host, and no signals.
describe.skipIf(process.platform === 'win32').concurrent('a host', () => {
  it.each([
    ['exit 0', 0, false],
    ['exit 1', 1, false],
    ['exit 2', 2, false],
    ['exit 127', 127, true],
    ['kill -TRAP $$', 133, true],
    ['kill -ABRT $$', 134, true],
    ['kill -KILL $$', 137, false],
  ])('that ends by `%s`: status %i, could not run: %s', async (command, status, neverCameUp) => {
    expect(await runHost('sh', '-c', command)).toMatchObject({ status, neverCameUp });
  });

  it('that is not there could not run', async () => {
    expect(await runHost('/not/there')).toMatchObject({ neverCameUp: true, how: expect.stringContaining('ENOENT') });
  });

  it('hears the signals that the launcher hears', async () => {
    // Not one long wait: a signal that comes just before it is heard after it.
    const command = 'trap "exit 42" TERM; kill -TERM $PPID; while true; do sleep 0.05 >/dev/null 2>&1; done';
    expect(await runHost('sh', '-c', command)).toMatchObject({ status: 42, neverCameUp: false });
  });

  it('that hears nothing is killed after a second press, and not for the copies of the first', async () => {
    // The copies come at once. A launcher that gets no time hears the next press as late as the first: there are more.
    const presses = 'kill -INT $PPID; while true; do kill -INT $PPID; sleep 0.5 >/dev/null 2>&1; done';
    const command = `trap "" INT TERM; ${presses}`;
    expect(await runHost('sh', '-c', command)).toMatchObject({
      status: 137,
      neverCameUp: false,
      complaint: expect.stringContaining('did not stop within 2 s'),
    });
  });

  it('is left its time after one press', async () => {
    const command = 'trap "" INT; kill -INT $PPID; kill -INT $PPID; sleep 2.5; exit 7';
    expect(await runHost('sh', '-c', command)).toMatchObject({ status: 7, complaint: null });
  });

  it.each([
    ['kill -KILL $$', "The console's process was ended by SIGKILL."],
    ['kill -TERM $$', null],
    ['exit 1', null],
  ])('that ends by `%s` leaves the line %j', async (command, complaint) => {
    expect(await runHost('sh', '-c', command)).toMatchObject({ complaint });
  });
});
