import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventBus } from '../../../core/base/event-bus.ts';
import { ConfigFile } from '../../../core/config/config-file.ts';
import { ConfigVersions } from '../../../core/config/config-versions.ts';
import { type LoadedConfig, makeConfig, parseConfig } from '../../../core/config/load-config.ts';
import { type ConfigApplied, type ConfigValue, configStateSchema } from '../../../core/contract/config.ts';
import type { EngineEvent } from '../../../core/contract/events.ts';
import { requests } from '../../../core/contract/index.ts';
import { inEnglish } from '../../../core/contract/phrase.ts';
import type { PoolSample } from '../../../core/contract/statistics.ts';
import { LiveConfig } from '../../../core/engine/live-config.ts';
import { textOf } from '../../support/event-words.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const own = `# mine
[pool]
max_connections = 100 # as agreed
[[targets]]
host = "a.test"
`;

let folder: string;
let file: string;
let clock: ManualClock;
let applied: LoadedConfig[];
/** Who brought each of them. */
let authors: string[];
/** How many changes had been told when each was applied. */
let toldAtApply: number[];
let heard: EngineEvent[];
let samples: PoolSample[];
/** As the system tells it. */
let edited: () => Promise<void>;
let live: LiveConfig;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-live-config-'));
  file = join(folder, 'hotpool.toml');
  applied = [];
  authors = [];
  toldAtApply = [];
  heard = [];
  samples = [];
  clock = new ManualClock();
});

afterEach(async () => {
  await live.close();
  rmSync(folder, { recursive: true, force: true });
});

function run(config: LoadedConfig): void {
  const events = new EventBus(clock);
  events.subscribe((event) => heard.push(event));
  let tell = (_name: string | null): void => undefined;
  const watch = (_folder: string, onEvent: (name: string | null) => void): (() => void) => {
    tell = onEvent;
    return () => {
      tell = () => undefined;
    };
  };
  edited = async () => {
    tell('hotpool.toml');
    await clock.advance(100);
    await live.settled();
  };
  live = new LiveConfig({
    config,
    accepted: config.text === null ? config.warnings : [],
    file: new ConfigFile({ file, clock, watch }),
    versions: new ConfigVersions(folder, file),
    clock,
    events,
    open: () => [
      { host: 'a.test', state: 'idle', createdAtMs: 0 },
      { host: 'a.test', state: 'leased', createdAtMs: 0 },
      { host: 'a.test', state: 'idle', createdAtMs: 0 },
    ],
    samplesSince: (afterMs) => samples.filter(({ atMs }) => atMs > afterMs),
    apply: (next, _diff, by) => {
      applied.push(next);
      toldAtApply.push(told('config.changed').length);
      authors.push(by);
    },
  });
  live.start();
}

function runDemo(): void {
  run(makeConfig({ file: null, given: { 'pool.max_connections': 600 }, targets: [] }));
}

async function runFile(text = own): Promise<void> {
  writeFileSync(file, text);
  run(parseConfig(text, file));
  // Its first version is kept.
  await live.update({ changes: {}, targets: { set: [], remove: [] } });
}

function change(changes: Record<string, ConfigValue | null>, revision?: string): Promise<ConfigApplied> {
  return live.update({ changes, targets: { set: [], remove: [] } }, revision);
}

function onDisk(): string {
  return readFileSync(file, 'utf8');
}

function liveValue(path: string): unknown {
  return live.describe().keys.find((key) => key.path === path)?.value;
}

function told(kind: string): string[] {
  return heard.filter((event) => event.kind === kind).map(textOf);
}

describe('from the demo to a host of one’s own', () => {
  beforeEach(runDemo);

  it('the file is written with the host and no default, is in force whole, and is watched from then on', async () => {
    const done = await live.watchOwn({ host: 'example.com', values: { path: '/health', warm: 4 } });
    expect(done).toMatchObject({ file, applied: true });
    expect(applied.at(-1)?.settings).toMatchObject({
      targets: [{ host: { name: 'example.com' }, path: '/health', warm: 4 }],
      pool: { maxConnections: 100 },
    });
    expect(live.state()).toMatchObject({ file, revision: done.revision, fault: null });
    expect(onDisk()).toMatch(/^(#.*\n)+\n\[\[targets\]\]\nhost = "example.com"\npath = "\/health"\nwarm = 4\n$/);
    writeFileSync(file, onDisk().replace('warm = 4', 'warm = 5'));
    await edited();
    expect(applied.at(-1)?.settings.targets).toMatchObject([{ warm: 5 }]);
    await change({ 'pool.max_connections': 300 }, live.state().revision);
    expect(onDisk()).toContain('max_connections = 300');
    await expect(live.watchOwn({ host: 'b.test', values: {} })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('what is in the file already stays, and is in force with it', async () => {
    writeFileSync(file, own);
    await live.watchOwn({ host: 'b.test', values: {} });
    expect(applied.at(-1)?.settings.targets.map(({ host }) => host.name)).toEqual(['a.test', 'b.test']);
    expect(onDisk()).toContain('max_connections = 100 # as agreed');
  });

  it('a host, a key or a file that is wrong changes nothing, and the demo goes on', async () => {
    const wrong = { host: 'not a host', values: { path: 'health', ips: ['300.1.1.1'], warm: 'many' } };
    expect((await live.checkOwn(wrong)).map(({ path }) => path)).toEqual([
      'targets',
      'targets.0.path',
      'targets.0.ips.0',
      'targets.0.warm',
    ]);
    expect(await live.checkOwn({ host: 'a.test', values: {} })).toEqual([]);
    await expect(live.watchOwn({ host: 'not a host', values: {} })).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(live.watchOwn({ host: 'a.test', values: { path: 'health' } })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('begins with a slash'),
    });
    writeFileSync(file, '[pool]\nmax_connections = -1\n');
    await expect(live.watchOwn({ host: 'a.test', values: {} })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('hotpool.toml:2'),
    });
    expect(onDisk()).toBe('[pool]\nmax_connections = -1\n');
    expect(applied).toEqual([]);
    expect(live.state().file).toBeNull();
  });
});

describe('without a file, as in the demo', () => {
  beforeEach(runDemo);

  it('a change is applied whole, shown as a diff, and told', async () => {
    const { diff, file: writtenTo } = await change({ 'pool.idle_timeout': 90, 'pool.max_conns_per_host': 15 });
    expect(diff.map(({ path, before, after }) => [path, before, after])).toEqual([
      ['pool.max_conns_per_host', 10, 15],
      ['pool.idle_timeout', 60, 90],
    ]);
    expect(writtenTo).toBeNull();
    expect(applied.map(({ settings }) => settings.pool)).toMatchObject([
      { idleTimeoutMs: 90_000, maxConnectionsPerHost: 15 },
    ]);
    expect(live.settings).toBe(applied[0]?.settings);
    expect(liveValue('pool.idle_timeout')).toBe(90);
    expect(told('config.changed')).toEqual([
      'the operator changed pool.max_conns_per_host 10 → 15, pool.idle_timeout 60 → 90',
    ]);
    // Told before what follows from it.
    expect(toldAtApply).toEqual([1]);
  });

  it("a webhook's address stays out of what is logged", async () => {
    await change({ 'alerts.webhook_url': 'https://hooks.test/very-secret' });
    expect(told('config.changed')).toEqual(['the operator changed alerts.webhook_url *** → ***']);
  });

  it('with one bad key is refused whole, with an issue per key path', async () => {
    const refused = change({ 'pool.idle_timeout': 90, 'pool.max_connections': 0, 'pool.idle_timeot': 3 });
    await expect(refused).rejects.toMatchObject({
      code: 'invalid-input',
      issues: [{ at: 'pool.max_connections' }, { at: 'pool.idle_timeot' }],
    });
    expect(applied).toEqual([]);
    expect(liveValue('pool.idle_timeout')).toBe(60);
    expect(heard).toEqual([]);
  });

  it('that changes nothing applies nothing', async () => {
    expect((await change({ 'pool.idle_timeout': 60 })).diff).toEqual([]);
    expect(applied).toEqual([]);
    expect(heard).toEqual([]);
  });

  it('warnings that were accepted at the start stay unsaid, new ones do not', async () => {
    expect(live.warnings).toEqual([]);
    const { warnings } = await change({ 'pool.conn_timeout': 5 });
    expect(warnings.map(inEnglish)).toEqual([expect.stringContaining('pool.conn_timeout')]);
    expect(live.describe().warnings).toEqual(warnings);
  });

  it('a configuration of one’s own can be saved for the next start, and the running one stays', async () => {
    const { text, exists } = await live.text();
    expect([exists, parseConfig(text, file).values]).toEqual([
      false,
      makeConfig({ file: null, given: {}, targets: [] }).values,
    ]);
    await expect(live.saveText('[pool]\nmax_connections = 0\n')).rejects.toMatchObject({
      code: 'invalid-input',
      issues: [{ at: '2:1' }],
    });
    const differs = async (text: string): Promise<unknown> => {
      const { diff, ...rest } = await live.previewText(text);
      expect(rest).toMatchObject({ faults: [], warnings: [], effects: [], text });
      return diff.map(({ path, before, after, applies }) => [path, before, after, applies]);
    };
    const fewer = own.replace('100 #', '60 #');
    // As against the defaults, which the file would have otherwise; then as against the file.
    expect(await differs(fewer)).toContainEqual(['pool.max_connections', 100, 60, 'next-start']);
    expect(await live.saveText(own)).toMatchObject({ applied: false, file });
    expect(await differs(own)).toEqual([]);
    expect(await differs(fewer)).toEqual([['pool.max_connections', 100, 60, 'next-start']]);
    expect(onDisk()).toBe(own);
    expect(applied).toEqual([]);
    expect(await live.text()).toMatchObject({ exists: true, text: own });
  });
});

describe('a change of the console', () => {
  it('is in the file, comments and all, before it is in force', async () => {
    await runFile();
    const { diff, effects } = await change({ 'pool.max_connections': 2 });
    expect(onDisk()).toBe(own.replace('100 #', '2 #'));
    expect(applied).toHaveLength(1);
    expect(diff.map(({ path }) => path)).toContain('pool.max_conns_per_host');
    expect(effects).toMatchObject([{ kind: 'drains', connections: 1, leased: 0 }]);
    expect(authors).toEqual(['console']);
  });

  it('is previewed without being made', async () => {
    await runFile();
    const preview = live.preview({ changes: { 'pool.max_connections': 1 }, targets: { set: [], remove: ['a.test'] } });
    expect(preview.faults).toEqual([]);
    expect(preview.text).not.toContain('a.test');
    expect(preview.effects).toMatchObject([{ kind: 'unwatches', host: 'a.test', connections: 3, leased: 1 }]);
    const bad = live.preview({ changes: { 'pool.max_connections': -1 }, targets: { set: [], remove: [] } });
    expect(bad).toMatchObject({ faults: [{ path: 'pool.max_connections', line: null }], diff: [], text: null });
    expect([onDisk(), applied]).toEqual([own, []]);
  });

  it('of a file that is saved by hand while it is being written is a conflict, and nothing is lost', async () => {
    await runFile();
    const configFile = new ConfigFile({ file, clock });
    const byHand = own.replace('# mine', '# ours');
    vi.spyOn(configFile, 'read').mockImplementationOnce(async () => {
      writeFileSync(file, byHand);
      return own;
    });
    await expect(configFile.write(own.replace('100', '90'), own)).rejects.toMatchObject({ code: 'conflict' });
    expect(onDisk()).toBe(byHand);
  });

  it('of what is another by now is a conflict, and nothing is lost', async () => {
    await runFile();
    const { revision } = live.state();
    const byHand = own.replace('# mine', '# ours');
    writeFileSync(file, byHand);
    await expect(change({ 'pool.idle_timeout': 90 }, revision)).rejects.toMatchObject({ code: 'conflict' });
    await expect(live.saveText(own, revision)).rejects.toMatchObject({ code: 'conflict' });
    expect(onDisk()).toBe(byHand);
    await change({ 'pool.idle_timeout': 90 }, live.state().revision);
    expect(onDisk()).toBe(byHand.replace('agreed\n', 'agreed\nidle_timeout = 90\n'));
  });

  it('that cannot be written changes nothing', async () => {
    await runFile();
    // A folder stands where the temporary file is written.
    mkdirSync(`${file}.tmp`);
    await expect(change({ 'pool.idle_timeout': 90 })).rejects.toMatchObject({ code: 'refused' });
    rmSync(`${file}.tmp`, { recursive: true, force: true });
    expect([onDisk(), applied, liveValue('pool.idle_timeout')]).toEqual([own, [], 60]);
  });

  it('meets a file with faults: it is not written over', async () => {
    await runFile();
    const bad = `${own}[dial]\nconcurrency_max = "all"\n`;
    writeFileSync(file, bad);
    await expect(change({ 'pool.idle_timeout': 90 })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining(`${file}:7:1`),
    });
    expect(onDisk()).toBe(bad);
    expect(await live.saveText(own)).toMatchObject({ applied: true, diff: [] });
    expect(live.state().fault).toBeNull();
  });
});

describe('an edit by hand', () => {
  it('is applied once its events have stopped', async () => {
    await runFile();
    writeFileSync(file, own.replace('100', '80').replace('a.test', 'b.test'));
    await edited();
    expect(applied.map(({ settings }) => settings.targets.map(({ host }) => host.name))).toEqual([['b.test']]);
    expect(told('config.changed')).toEqual([
      'hotpool.toml was edited: pool.max_connections 100 → 80, targets[a.test].host a.test → –, targets[b.test].host – → b.test',
    ]);
    expect(authors).toEqual(['file']);
  });

  it('that was made while the engine started is not missed', async () => {
    writeFileSync(file, own.replace('100', '80'));
    run(parseConfig(own, file));
    await live.settled();
    expect(applied.map(({ settings }) => settings.pool.maxConnections)).toEqual([80]);
  });

  it('with a fault is refused whole, with file and line, and shown until it is mended', async () => {
    await runFile();
    const states: unknown[] = [];
    live.onChange(() => states.push(live.state().fault?.faults.length ?? 0));
    writeFileSync(file, own.replace('100', '0').replace('[[targets]]', 'idle_timeout = 90\n[[targets]]'));
    await edited();
    await edited();
    expect(applied).toEqual([]);
    expect(told('config.refused')).toEqual([expect.stringContaining(`${file}:3:1: pool.max_connections = 0`)]);
    expect(configStateSchema.parse(live.state()).fault?.faults).toMatchObject([
      { path: 'pool.max_connections', line: 3, column: 1, message: expect.stringContaining('from 1 to 20,000') },
    ]);
    writeFileSync(file, own.replace('# mine', '# mended'));
    await edited();
    expect(live.state().fault).toBeNull();
    expect(states.at(-1)).toBe(0);
    expect(applied).toEqual([]);
  });

  it('that empties the file for a moment, as some editors do, is waited for', async () => {
    await runFile();
    writeFileSync(file, '');
    const read = edited();
    // The debounce, and then the wait.
    await vi.waitUntil(() => clock.monotonicMs() === 100 && clock.timers === 1);
    writeFileSync(file, own.replace('100', '90'));
    await clock.advance(1_000);
    await read;
    expect(applied.map(({ settings }) => settings.pool.maxConnections)).toEqual([90]);
  });

  it('that takes the file away leaves the running configuration, written anew with the next change', async () => {
    await runFile();
    rmSync(file);
    await edited();
    expect(told('config.file-gone')).toHaveLength(1);
    expect(live.state().missing).toBe(true);
    expect(applied).toEqual([]);
    await change({ 'pool.idle_timeout': 90 });
    expect(onDisk()).toBe(own.replace('agreed\n', 'agreed\nidle_timeout = 90\n'));
    expect(live.state().missing).toBe(false);
  });
});

describe('a draft of the file', () => {
  it('gets values of a form in place, and what both do is one difference', async () => {
    await runFile();
    const draft = own.replace('[[targets]]', 'log_level = "debug"\n[[targets]]');
    const { text, diff, values, faults } = await live.previewText(draft, { 'pool.max_connections': 60 });
    expect(text).toBe(draft.replace('100 #', '60 #'));
    expect(diff.map(({ path, after }) => [path, after])).toEqual([
      ['pool.max_connections', 60],
      ['pool.log_level', 'debug'],
    ]);
    expect([values?.['pool.max_connections'], values?.['pool.log_level'], faults]).toEqual([60, 'debug', []]);
    expect(onDisk()).toBe(own);
  });
});

describe('earlier versions', () => {
  it('are kept with who made them and what they changed, and can be gone back to', async () => {
    await runFile();
    await clock.advance(1_000);
    await change({ 'pool.idle_timeout': 90 });
    await clock.advance(1_000);
    writeFileSync(file, own.replace('100', '80'));
    await edited();
    const { versions } = requests['config.history'].output.parse(await live.history());
    expect(versions.map(({ by, changed, current }) => [by, changed, current])).toEqual([
      ['file', ['pool.max_connections', 'pool.idle_timeout'], true],
      ['console', ['pool.idle_timeout'], false],
      ['start', [], false],
    ]);
    const first = versions.at(-1)?.id ?? '';
    expect(await live.version(first)).toMatchObject({
      text: own,
      diff: [{ path: 'pool.max_connections', before: 80, after: 100 }],
    });
    expect((await live.revert(first)).applied).toBe(true);
    expect([onDisk(), live.settings.pool.maxConnections]).toEqual([own, 100]);
    expect((await live.history()).versions[0]).toMatchObject({ by: 'revert', current: true });
    await expect(live.revert('1-0000-console')).rejects.toMatchObject({ code: 'not-found' });
    await expect(live.version('../../hotpool')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are bounded: the oldest go', async () => {
    await runFile();
    const [kept = ''] = readdirSync(join(folder, 'config-versions'));
    for (let old = 0; old < 60; old += 1) {
      writeFileSync(join(folder, 'config-versions', kept, `${1_000_000_000_000 + old}-0000-console.toml`), own);
    }
    await change({ 'pool.idle_timeout': 90 });
    const { versions } = await live.history();
    expect(versions).toHaveLength(50);
    expect(versions.slice(0, 2).map(({ by }) => by)).toEqual(['console', 'start']);
    expect(versions.at(-1)?.savedAtMs).toBe(1_000_000_000_012);
    expect(readdirSync(folder).toSorted()).toEqual(['config-versions', 'hotpool.toml']);
  });
});

it('presets come with what they would change, and the one that fits the measured rate', async () => {
  await runFile();
  expect(live.presets()).toMatchObject({ requestsPerSecond: null, suggested: null });
  const second = { failures: 0, responseP50Ms: 1, responseP95Ms: 1, responseP99Ms: 1, total: 1, active: 1, healthy: 1 };
  samples = Array.from({ length: 60 }, (_, index) => ({ ...second, atMs: index, requests: 150 }));
  const { presets, suggested, requestsPerSecond } = requests['config.presets'].output.parse(live.presets());
  expect([suggested, requestsPerSecond]).toEqual(['high', 150]);
  expect(presets.map(({ name, diff }) => [name, diff.length])).toEqual([
    ['low', 5],
    ['medium', 0],
    ['high', 9],
  ]);
});
