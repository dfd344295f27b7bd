import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ScoreStore, scoreFileName } from '../../../core/engine/score-store.ts';
import type { HostScore } from '../../../core/pool/host-scores.ts';
import { RecordingEvents } from '../../support/fake-network.ts';
import { ManualClock } from '../../support/manual-clock.ts';

let folder: string;
let clock: ManualClock;
let events: RecordingEvents;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scores-'));
  clock = new ManualClock();
  events = new RecordingEvents();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function store(at = folder): ScoreStore {
  return new ScoreStore({ folder: at, clock, events });
}

function scores(ageMs = 0, responseMs = 12): HostScore[] {
  const atMs = clock.epochMs() - ageMs;
  return [
    {
      host: 'edge.test',
      usual: [{ load: 4, responseMs: 9, tcpMs: 1, tlsMs: null, connections: 40 }],
      endpoints: [{ ip: '192.0.2.1', port: 443, responseMs, successShare: 0.9, atMs }],
    },
  ];
}

describe('the scores of IPs', () => {
  it('are there again in the next process', async () => {
    expect(await store().load()).toEqual([]);
    await store().close(scores());
    expect(await store().load()).toEqual(scores());
    expect(events.events).toEqual([]);
  });

  it('forget who was not dialled for a month, and a host of which nobody is left', async () => {
    await store().close(scores(31 * 86_400_000));
    expect(await store().load()).toEqual([]);
  });

  it('are saved every five minutes, and at the end', async () => {
    const one = store();
    let responseMs = 1;
    one.keep(() => scores(0, responseMs));
    await clock.advance(300_000);
    await one.save(scores(0, 1));
    responseMs = 2;
    await clock.advance(300_000);
    await one.close(scores(0, 3));
    expect(clock.timers).toBe(0);
    expect((await store().load())[0]?.endpoints[0]?.responseMs).toBe(3);
  });

  it.each([
    ['is no JSON', '{"version": 1, "hos'],
    ['is of another form', '{"version": 1, "hosts": [{"host": 7}]}'],
    ['is of another version', '{"version": 9, "hosts": []}'],
  ])('are learned anew from a file that %s, which is kept aside', async (_what, text) => {
    await writeFile(join(folder, scoreFileName), text);
    expect(await store().load()).toEqual([]);
    expect(await readFile(join(folder, `${scoreFileName}.damaged`), 'utf8')).toBe(text);
    expect(events.events).toMatchObject([{ level: 'warn', kind: 'scores.not-read' }]);
  });

  it('leave no half-written file behind', async () => {
    await store().close(scores());
    expect(await readdir(folder)).toEqual([scoreFileName]);
  });

  it('that cannot be saved are told once, and stop nothing', async () => {
    const one = store(join(folder, 'missing'));
    await one.save(scores(0, 1));
    await one.save(scores(0, 2));
    expect(events.events).toMatchObject([{ level: 'warn', kind: 'scores.not-saved' }]);
  });
});
