import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventBus } from '../../../core/base/event-bus.ts';
import type { EventLevel } from '../../../core/contract/events.ts';
import { LogFile } from '../../../core/logging/log-file.ts';
import { ManualClock } from '../../support/manual-clock.ts';

let folder: string;
let events: EventBus;
let clock: ManualClock;

beforeEach(() => {
  clock = new ManualClock();
  folder = mkdtempSync(join(tmpdir(), 'hotpool-log-'));
  events = new EventBus(clock);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function linesOf(name = 'hotpool.log'): { text: string }[] {
  const text = readFileSync(join(folder, 'logs', name), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('the log file', () => {
  it('has each event of the level and above as one line of JSON', async () => {
    let level: EventLevel = 'info';
    const log = new LogFile({ folder, events, level: () => level });
    events.emit('debug', 'config.warning', 'pool', { message: 'too small' });
    const data = { host: 'a.test', addresses: 3, message: 'two\nlines' };
    events.emit('warn', 'dns.refresh-failed', 'a.test', data);
    level = 'error';
    events.emit('warn', 'config.warning', 'pool', { message: 'too small by now' });
    await log.close();
    events.emit('error', 'config.warning', 'pool', { message: 'too late' });
    expect(linesOf()).toEqual([
      {
        time: '2026-01-01T00:00:00.000Z',
        level: 'warn',
        kind: 'dns.refresh-failed',
        subject: 'a.test',
        text: 'the addresses of a.test could not be refreshed; the 3 known ones stay: two\nlines',
        seq: 2,
        data,
      },
    ]);
  });

  it('goes on where it ended, and is for its owner alone', async () => {
    for (const text of ['first start', 'second start']) {
      const log = new LogFile({ folder, events, level: () => 'info' });
      events.emit('info', 'config.warning', 'pool', { message: text });
      await log.close();
    }
    expect(linesOf().map(({ text }) => text)).toEqual(['first start', 'second start']);
    expect(statSync(join(folder, 'logs', 'hotpool.log')).mode & 0o777).toBe(0o600);
  });

  it('is followed by a new one when it is full; five older ones are kept', async () => {
    const log = new LogFile({ folder, events, level: () => 'info', fileBytes: 1_000 });
    for (let count = 0; count < 100; count += 1) {
      events.emit('info', 'config.warning', 'pool', { message: 'x'.repeat(100) });
    }
    await log.close();
    const names = readdirSync(join(folder, 'logs')).sort();
    expect(names).toEqual(['hotpool.log', ...[1, 2, 3, 4, 5].map((index) => `hotpool.log.${index}`)]);
    expect(linesOf('hotpool.log.5').length).toBeGreaterThan(1);
  });

  it('that cannot be written is told once, and costs nothing else', async () => {
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
    const told: string[] = [];
    events.subscribe(({ kind }) => told.push(kind));
    const log = new LogFile({ folder, events, level: () => 'info' });
    events.emit('info', 'config.warning', 'pool', { message: 'lost' });
    await expect.poll(() => told.filter((kind) => kind === 'log.not-written')).toHaveLength(1);
    events.emit('info', 'config.warning', 'pool', { message: 'lost as well' });
    await log.close();
    expect(told.filter((kind) => kind === 'log.not-written')).toHaveLength(1);
  });

  it('goes on when the disk takes it again, and says how much is missing', async () => {
    const place = join(folder, 'logs');
    writeFileSync(place, 'a file where the folder should be');
    const told: string[] = [];
    events.subscribe(({ kind }) => told.push(kind));
    const log = new LogFile({ folder, events, level: () => 'info' });
    events.emit('info', 'config.warning', 'pool', { message: 'lost' });
    await expect.poll(() => told).toContain('log.not-written');
    rmSync(place);
    events.emit('info', 'config.warning', 'pool', { message: 'too soon for another try' });
    await clock.advance(10_000);
    events.emit('info', 'config.warning', 'pool', { message: 'kept' });
    await expect.poll(() => told).toContain('log.written-again');
    await log.close();
    const lines = linesOf().map(({ text }) => text);
    expect(lines).toEqual([
      'kept',
      expect.stringMatching(/^the log file is written again; \d+ lines are missing in it$/),
    ]);
  });
});
