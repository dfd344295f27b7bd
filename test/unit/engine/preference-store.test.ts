import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PreferenceStore, preferenceFileName } from '../../../core/engine/preference-store.ts';
import { RecordingEvents } from '../../support/fake-network.ts';

let folder: string;
let events: RecordingEvents;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'preferences-'));
  events = new RecordingEvents();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function opened(): Promise<PreferenceStore> {
  const store = new PreferenceStore(folder, events);
  await store.load();
  return store;
}

describe('the preferences', () => {
  it('are there again at the next start; a change replaces what it names and nothing else', async () => {
    const store = await opened();
    expect(store.current()).toEqual({});
    const heard = vi.fn();
    store.onChange(heard);
    await Promise.all([store.change({ theme: 'light', operatorName: 'Ada' }), store.change({ theme: 'dark' })]);
    await store.change({ theme: 'dark' });
    expect(heard, 'what changes nothing is no news').toHaveBeenCalledTimes(2);
    expect((await opened()).current()).toEqual({ theme: 'dark', operatorName: 'Ada' });
  });

  it('that cannot be read are set aside with a word, and lost to nobody', async () => {
    await writeFile(join(folder, preferenceFileName), '{"version":1,"preferences":{"theme":"pink"}}');
    expect((await opened()).current()).toEqual({});
    expect(events.events).toMatchObject([{ level: 'warn', kind: 'preferences.not-read' }]);
    expect(await readFile(join(folder, `${preferenceFileName}.damaged`), 'utf8')).toContain('pink');
  });

  it('that cannot be written are refused, and stay what they were', async () => {
    const store = await opened();
    await store.change({ theme: 'light' });
    await mkdir(join(folder, `${preferenceFileName}.tmp`));
    await expect(store.change({ theme: 'dark' })).rejects.toMatchObject({ code: 'refused' });
    expect(store.current()).toEqual({ theme: 'light' });
  });
});
