import { afterEach, describe, expect, it, vi } from 'vitest';
import { lastChangeOf } from '../../../renderer/actions/access-actions.ts';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';
import { blockedEntries, globalEntries, undoEntries } from '../../../renderer/palette/action-entries.ts';
import type { PaletteEntry } from '../../../renderer/palette/entry.ts';
import { fitOf, queryWords } from '../../../renderer/palette/fuzzy.ts';
import {
  hostEntries,
  settingEntries,
  typedConnectionEntries,
  typedIp,
  typedIpEntries,
  typedMomentEntries,
} from '../../../renderer/palette/place-entries.ts';
import { rankEntries } from '../../../renderer/palette/rank.ts';
import { createConsoleStores } from '../../../renderer/store/console-stores.ts';
import { changeScreen, useScreen } from '../../../renderer/store/screen.ts';
import { setLanguage } from '../../../renderer/words/language.ts';
import { FakeVisibility } from './fixtures.ts';

afterEach(() => {
  setLanguage('en');
  vi.unstubAllGlobals();
});

const score = (query: string, text: string): number | null => fitOf(queryWords(query), text)?.score ?? null;

/** As the ranges mark it: `[Check] all`. */
function marked(query: string, text: string): string {
  const ranges = fitOf(queryWords(query), text)?.ranges ?? [];
  return ranges.reduceRight(
    (line, [from, to]) => `${line.slice(0, from)}[${line.slice(from, to)}]${line.slice(to)}`,
    text,
  );
}

describe('how well a text fits', () => {
  it.each([
    // best to worst
    ['check', ['Check', 'Check all', 'Recheck', 'Clean the hot ember sick']],
    ['ca', ['Cable', 'Check all', 'Vacate']],
    ['max conn', ['max connections', 'conn max', 'max idle connections']],
  ])('%j: %j', (query, texts) => {
    const scores = texts.map((text) => score(query, text) ?? Number.NEGATIVE_INFINITY);
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
    expect(new Set(scores).size).toBe(scores.length);
  });

  it('marks what made it fit', () => {
    expect(marked('all che', 'Check all')).toBe('[Che]ck [all]');
    expect(marked('chk', 'Check all')).toBe('[Ch]ec[k] all');
    expect(marked('ALL', 'Check all')).toBe('Check [all]');
    expect(marked('检查', '全部检查')).toBe('全部[检查]');
  });

  it('wants each word that was typed, and no letters that are far apart by chance', () => {
    expect(score('check foo', 'Check all')).toBeNull();
    expect(score('cz', 'Clean up what is too lazy')).toBeNull();
    expect(score('xheck', 'Check all')).toBeNull();
  });
});

function entry(label: string, change: Partial<PaletteEntry> = {}): PaletteEntry {
  const icon = (): null => null;
  return {
    id: label,
    kind: 'action',
    label,
    hint: '',
    terms: [],
    // Never drawn here.
    icon: icon as unknown as PaletteEntry['icon'],
    keys: null,
    obstacle: null,
    run: () => undefined,
    ...change,
  };
}

const labels = (entries: readonly PaletteEntry[], query: string, recent: readonly string[] = []): string[] =>
  rankEntries(entries, query, recent).flatMap(({ items }) => items.map((item) => item.entry.label));

describe('the order of the lines', () => {
  it('with nothing typed: what is at hand, what was chosen lately, then by kind; thousands stay away', () => {
    const groups = rankEntries(
      [
        entry('Check all'),
        entry('Reload'),
        entry('10.0.0.1', { kind: 'ip' }),
        entry('Overview', { kind: 'view' }),
        entry('Close 3', { kind: 'here' }),
        entry('pool.max_connections', { kind: 'setting' }),
      ],
      ' ',
      ['gone since', 'Reload'],
    );
    expect(groups.map(({ kind, items }) => [kind, items.map((item) => item.entry.label)])).toEqual([
      ['here', ['Close 3']],
      ['recent', ['Reload']],
      ['view', ['Overview']],
      ['action', ['Check all']],
    ]);
  });

  it('begins with the best line, whatever its kind', () => {
    const entries = [
      entry('Alerts', { kind: 'view' }),
      entry('Warm up…'),
      entry('health.alert_hold', { kind: 'setting', terms: ['health alert hold'] }),
    ];
    expect(labels(entries, 'alert')[0]).toBe('Alerts');
    expect(labels(entries, 'health alert')[0]).toBe('health.alert_hold');
  });

  it('puts what was chosen lately before its like, and what cannot be done behind it', () => {
    const entries = [entry('Close one'), entry('Close two'), entry('Close now', { obstacle: 'no engine' })];
    expect(labels(entries, 'close')).toEqual(['Close one', 'Close two', 'Close now']);
    expect(labels(entries, 'close', ['Close two'])).toEqual(['Close two', 'Close one', 'Close now']);
  });

  it('finds an entry by its hint, behind those that bear the name', () => {
    const entries = [entry('Health', { hint: 'What would help' }), entry('Help')];
    expect(labels(entries, 'help')).toEqual(['Help', 'Health']);
  });
});

describe('what is listed', () => {
  function stores(bridge = new MemoryBridge()) {
    vi.stubGlobal('location', { hash: '#/overview' });
    vi.stubGlobal('document', { querySelector: () => null, querySelectorAll: () => [] });
    const made = createConsoleStores(bridge, new FakeVisibility());
    made.health.retain();
    made.config.retain();
    return made;
  }

  it('says of the last change of the lists what an undo takes back, and undoes that one', async () => {
    const bridge = new MemoryBridge();
    const all = stores(bridge);
    const { changeId } = await bridge.request('access.apply', { add: [{ list: 'black', value: '192.0.2.7' }] });
    const [undo, ...others] = undoEntries(all, await lastChangeOf(all));
    expect([undo?.label, others]).toEqual([expect.stringMatching(/^Undo: blocked 192\.0\.2\.7, .* ago$/), []]);
    expect(labels(undo ? [undo] : [], 'undo the last change')).toHaveLength(1);
    expect(labels(undo ? [undo] : [], '撤销名单')).toHaveLength(1);
    undo?.run();
    await vi.waitFor(async () => expect((await lastChangeOf(all))?.id).not.toBe(changeId));
    expect(undoEntries(all, null)).toEqual([]);
  });

  it('names an action in the language of the screen and finds it in both', () => {
    const all = stores();
    expect(labels(globalEntries(all), 'check all')[0]).toBe('Check all');
    expect(labels(globalEntries(all), '全部检查')[0]).toBe('Check all');
    setLanguage('zh');
    expect(labels(globalEntries(all), 'check all')[0]).toBe('全部检查');
  });

  it('shows what cannot be done with its reason', () => {
    const bridge = new MemoryBridge();
    const all = stores(bridge);
    const obstacle = (id: string): string | null | undefined =>
      globalEntries(all).find((found) => found.id === id)?.obstacle;
    expect(obstacle('connections.freeze')).toBe('Only in Connections');
    expect(obstacle('view.filter')).toBe('This view has no filter');
    expect(obstacle('health.check-all')).toBeNull();
    bridge.setLink({ phase: 'lost' });
    expect(obstacle('health.check-all')).toBe('Not possible now: the engine cannot be reached');
    expect(obstacle('link.retry')).toBeNull();
  });

  it('goes to each host, and to each key of the configuration', async () => {
    const all = stores();
    await vi.waitFor(() => expect(all.config.current()).not.toBeNull());
    await vi.waitFor(() => expect(all.session.current()).not.toBeNull());
    expect(labels(hostEntries(all), 'tiles')[0]).toBe('tiles.demo.test');
    expect(labels(settingEntries(all), 'max connections')[0]).toBe('pool.max_connections');
    expect(labels(settingEntries(all), 'pool.max_c')[0]).toBe('pool.max_connections');
  });

  it('lists IPs that begin with what was typed first, and asks about an address that nobody knows', async () => {
    const all = stores();
    await vi.waitFor(() => expect([...all.health.all()]).not.toEqual([]));
    const known = [...all.health.all()].map(({ ip }) => ip);
    const [ip = ''] = known;
    expect(labels(typedIpEntries(all, ip), ip)[0]).toBe(ip);
    const part = ip.slice(0, -1);
    const found = typedIpEntries(all, part);
    expect(found.length).toBeGreaterThan(1);
    expect(found.length).toBeLessThanOrEqual(12);
    expect(found.every(({ label }) => label.startsWith(part))).toBe(true);
    expect(labels(typedIpEntries(all, '192.0.2.7'), '192.0.2.7')).toEqual([
      '192.0.2.7',
      'Connections of 192.0.2.7',
      'Block 192.0.2.7…',
    ]);
    expect(typedIpEntries(all, 'warm')).toEqual([]);
    expect(typedIpEntries(all, '7')).toEqual([]);
  });

  it('takes an address as it stands in a URL, and what is to be done with one', () => {
    const all = stores();
    expect(labels(typedIpEntries(all, '[2001:db8::7]:443'), '[2001:db8::7]:443')[0]).toBe('2001:db8::7');
    expect(labels(typedIpEntries(all, 'block 192.0.2.7'), 'block 192.0.2.7')).toEqual(['Block 192.0.2.7…']);
    expect(typedIpEntries(all, 'last 60')).toEqual([]);
  });

  it('of an IP that is blocked it offers the way out of that, not another block', async () => {
    const all = stores();
    await vi.waitFor(() => expect([...all.health.all()]).not.toEqual([]));
    const [health] = all.health.all();
    if (health === undefined) {
      throw new Error('no IP is known');
    }
    const { ip } = health;
    const upserts = [...all.health.all()]
      .filter((one) => one.ip === ip)
      .map((one) => ({ ...one, state: 'blocked' as const }));
    all.health.apply({ reset: false, atMs: 0, localOutage: null, hosts: [], upserts, removes: [] });
    const found = labels(typedIpEntries(all, ip), ip);
    expect(found).toContain(`Unblock ${ip}…`);
    expect(found).not.toContain(`Block ${ip}…`);
    expect(labels(blockedEntries(all, 'unblock'), 'unblock')).toEqual([`Unblock ${ip}…`]);
    expect(blockedEntries(all, `unblock ${ip}`)).toHaveLength(1);
    expect(blockedEntries(all, 'unblock 203.0.113.77')).toEqual([]);
  });

  it('offers to unblock no more IPs than it shows, however many are blocked', async () => {
    const all = stores();
    await vi.waitFor(() => expect([...all.health.all()]).not.toEqual([]));
    const upserts = [...all.health.all()].map((one) => ({ ...one, state: 'blocked' as const }));
    all.health.apply({ reset: false, atMs: 0, localOutage: null, hosts: [], upserts, removes: [] });
    expect(upserts.length).toBeGreaterThan(12);
    expect(blockedEntries(all, 'w')).toHaveLength(12);
  });

  it('takes a change of many entries back only after a look at it', async () => {
    const bridge = new MemoryBridge();
    const all = stores(bridge);
    const add = Array.from({ length: 21 }, (_, index) => ({ list: 'black' as const, value: `192.0.2.${index}` }));
    const { changeId } = await bridge.request('access.apply', { add });
    const [undo] = undoEntries(all, await lastChangeOf(all));
    undo?.run();
    await vi.waitFor(() => expect(useScreen.getState().undoing?.id).toBe(changeId));
    expect((await lastChangeOf(all))?.id, 'it still stands').toBe(changeId);
    changeScreen({ undoing: null });
  });

  it('of an IP that no host has it goes by what the engine says', () => {
    const all = stores();
    const ofBlocks = (isBlocked: boolean | null): string[] =>
      typedIpEntries(all, 'unblock 192.0.2.7', isBlocked)
        .map(({ label }) => label)
        .filter((label) => /block/i.test(label));
    expect(ofBlocks(null)).toEqual(['Block 192.0.2.7…']);
    expect(ofBlocks(true)).toEqual(['Unblock 192.0.2.7…']);
  });

  it('goes by the engine’s word on an IP before its health', async () => {
    const all = stores();
    await vi.waitFor(() => expect([...all.health.all()]).not.toEqual([]));
    const ip = [...all.health.all()][0]?.ip ?? '';
    const upserts = [...all.health.all()].map((one) => ({ ...one, state: 'blocked' as const }));
    all.health.apply({ reset: false, atMs: 0, localOutage: null, hosts: [], upserts, removes: [] });
    expect(labels(typedIpEntries(all, ip, false), ip)).toContain(`Block ${ip}…`);
    expect([typedIp(`unblock ${ip}`), typedIp('10.0'), typedIp('warm')]).toEqual([ip, null, null]);
  });

  it('takes a moment as the time machine does, but none that has not come', () => {
    const all = stores();
    expect(labels(typedMomentEntries(all, '-5m'), '-5m')).toHaveLength(1);
    expect(labels(typedMomentEntries(all, 'yesterday 14:09'), 'yesterday 14:09')).toHaveLength(1);
    expect(typedMomentEntries(all, '2999-01-31 14:09')).toEqual([]);
    expect(typedMomentEntries(all, 'warm')).toEqual([]);
  });

  it('puts what can be done before the keys that are named like it', () => {
    const entries = [entry('block.after', { kind: 'setting' }), entry('Put a block on 10.0.0.1…')];
    expect(labels(entries, 'block')[0]).toBe('Put a block on 10.0.0.1…');
  });

  it('takes a number for a connection’s', () => {
    const all = stores();
    for (const query of ['#12', '12']) {
      expect(labels(typedConnectionEntries(all, query), query)).toEqual(['Connection #12']);
    }
    expect(typedConnectionEntries(all, '12.3')).toEqual([]);
  });
});
