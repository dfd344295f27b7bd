import { describe, expect, it } from 'vitest';
import type { CellRow, HistoryCells } from '../../../core/contract/history-health.ts';
import { ticksOf } from '../../../renderer/base/time-frame.ts';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';
import { makeScene } from '../../../renderer/bridge/memory/scenes.ts';
import { cellOf } from '../../../renderer/parts/strip/cell.ts';
import { afterKey } from '../../../renderer/parts/strip/cell-cursor.ts';
import {
  doubled,
  frameOf,
  halfAbout,
  longestMs,
  moved,
  panTo,
  shortestMs,
  showLast,
  useHealthRange,
  zoomBack,
  zoomTo,
} from '../../../renderer/store/health-range.ts';
import { HealthStore } from '../../../renderer/store/health-store.ts';
import {
  type Annotation,
  annotationsOf,
  clusterAnnotations,
  markX,
  stretchesOf,
} from '../../../renderer/views/health/annotations.ts';
import { opensTo, pictureOf, rowKey, summaryOf } from '../../../renderer/views/health/cell-rows.ts';
import { whyText } from '../../../renderer/views/health/ejections-panel.tsx';
import { configLabel } from '../../../renderer/views/health/remedy-button.tsx';

function cellRow(change: Partial<CellRow>): CellRow {
  return {
    host: 'edge.test',
    prefix: null,
    ip: null,
    addresses: 2,
    named: false,
    leftOut: 0,
    states: 'ggfee.',
    checks: '4 4 4 2 2 0',
    failures: '0 0 1 2 2 0',
    ...change,
  };
}

function cells(rows: readonly CellRow[], total = rows.length): HistoryCells {
  return { fromMs: 60_000, stepMs: 10_000, columns: 6, rows: [...rows], total };
}

const host = cellRow({});
const one = cellRow({ prefix: '10.0.0.0/24', ip: '10.0.0.1', addresses: 1 });
const two = cellRow({ prefix: '10.0.0.0/24', ip: '10.0.0.2', addresses: 1, states: 'gggggg' });
const picture = pictureOf(cells([host]), new Map([[rowKey(host), cells([one, two], 5)]]));

describe('the rows of the strips', () => {
  it('stand below what was opened, and say how many were left out', () => {
    expect(picture.rows.map(({ host: name, ip, depth, opened }) => [name, ip, depth, opened])).toEqual([
      ['edge.test', null, 0, true],
      ['edge.test', '10.0.0.1', 1, false],
      ['edge.test', '10.0.0.2', 1, false],
    ]);
    expect(picture.left).toBe(3);
    expect(picture.toMs).toBe(120_000);
  });

  it('of a small host are its addresses, of a large one its networks, and an address opens no further', () => {
    expect(opensTo(host)).toBe('ip');
    expect(opensTo(cellRow({ addresses: 400 }))).toBe('prefix');
    expect(opensTo(cellRow({ addresses: 400, prefix: '10.0.0.0/24' }))).toBe('ip');
    expect(opensTo(one)).toBeNull();
  });

  it('tell a cell in figures, and a row in words', () => {
    expect(cellOf(picture, host, 2)).toEqual({
      fromMs: 80_000,
      toMs: 90_000,
      state: 'failing',
      checks: 4,
      failures: 1,
    });
    expect(summaryOf(picture, host)).toEqual({
      checks: 16,
      failures: 5,
      troubles: [
        { state: 'ejected', fromMs: 90_000, toMs: 110_000 },
        { state: 'failing', fromMs: 80_000, toMs: 90_000 },
      ],
    });
  });
});

describe('the cell that the keyboard stands on', () => {
  it('begins at the newest, moves by cells and rows, and stops at the edges', () => {
    const begin = afterKey(picture, null, 'ArrowLeft');
    expect(begin).toEqual({ key: picture.rows[0]?.key, atMs: 115_000 });
    const left = afterKey(picture, begin, 'ArrowLeft');
    expect(left?.atMs).toBe(105_000);
    expect(afterKey(picture, begin, 'ArrowRight')).toEqual(begin);
    expect(afterKey(picture, left, 'PageDown')).toEqual({ key: picture.rows[2]?.key, atMs: 105_000 });
    expect(afterKey(picture, left, 'Home')?.atMs).toBe(65_000);
    expect(afterKey(picture, left, 'x')).toBeNull();
  });

  it('stays on its time when the picture moves on', () => {
    const cursor = afterKey(picture, null, 'End');
    const later = { ...picture, fromMs: picture.fromMs + 10_000, toMs: picture.toMs + 10_000 };
    expect(afterKey(later, cursor, 'ArrowLeft')?.atMs).toBe(105_000);
  });
});

describe('what else happened', () => {
  const frame = { fromMs: 0, toMs: 100_000 };
  const at = (atMs: number, untilMs: number | null = null, lasts = true): Annotation => ({
    key: String(atMs),
    lane: 'ejections',
    atMs,
    untilMs,
    lasts,
    text: '',
    ref: null,
  });

  it('is one mark where marks would touch, and begins at the edge when it began before', () => {
    const clusters = clusterAnnotations([at(-5_000), at(1_000), at(50_000), at(51_000), at(90_000)], frame, 500);
    expect(clusters.map(({ x, annotations }) => [x, annotations.length])).toEqual([
      [0, 2],
      [250, 2],
      [450, 1],
    ]);
  });

  it('stands clear of the number of the mark before it, at the end of the lane too', () => {
    const many = Array.from({ length: 120 }, (_, index) => at(60_000 + index));
    const clusters = clusterAnnotations([...many, at(66_000), at(99_000), at(99_900)], frame, 500);
    expect(clusters.map(({ annotations }) => annotations.length)).toEqual([121, 2]);
    const ends = clusters.map((cluster) => markX(cluster, 500) + 7 + 2 + 7 * String(cluster.annotations.length).length);
    expect(ends[0]).toBeLessThanOrEqual((clusters[1] ? markX(clusters[1], 500) : 0) - 7);
    expect(ends[1]).toBeLessThanOrEqual(500);
  });

  it('lasts as one stretch where stretches touch, to the end when it has not ended', () => {
    expect(
      stretchesOf([at(10_000, 20_000), at(15_000, 30_000), at(80_000), at(85_000, null, false)], frame, 100),
    ).toEqual([
      { x: 10, width: 20 },
      { x: 80, width: 20 },
    ]);
  });

  it('is told in sentences, oldest first', async () => {
    const [alert] = (await makeScene('broken').request('alerts.list', {})).active;
    const span = {
      host: 'edge.test',
      ip: '10.0.0.1',
      port: 443,
      state: 'ejected',
      reason: 'failures-in-a-row',
    } as const;
    const told = annotationsOf({
      spans: [{ ...span, fromMs: 5, untilMs: 9 }],
      changes: [
        {
          kind: 'config',
          atMs: 3,
          who: 'console',
          diff: [{ path: 'pool.max_connections', before: 1, after: 2, applies: 'at-once' }],
        },
      ],
      warmUps: [],
      alerts: alert ? [{ ...alert, sinceMs: 4 }] : [],
    });
    expect(told.map(({ lane }) => lane)).toEqual(['config', 'alerts', 'ejections']);
    expect(told[0]?.text).toBe('1 key changed in the console: pool.max_connections');
    expect(told[2]?.text).toBe('10.0.0.1 of edge.test ejected: failures in a row');
  });
});

describe('the range', () => {
  it('goes back the way it was drawn out, and a preset forgets the way', () => {
    showLast(900_000);
    zoomTo({ fromMs: 100_000, toMs: 400_000 });
    zoomTo({ fromMs: 200_000, toMs: 201_000 });
    const { range } = useHealthRange.getState();
    expect(frameOf(range, 0)).toMatchObject({ fromMs: 200_500 - shortestMs / 2, toMs: 200_500 + shortestMs / 2 });
    zoomBack();
    expect(frameOf(useHealthRange.getState().range, 0)).toMatchObject({ fromMs: 100_000, toMs: 400_000 });
    zoomBack();
    expect(frameOf(useHealthRange.getState().range, 1_000_000)).toEqual({ fromMs: 100_000, toMs: 1_000_000 });
    zoomTo({ fromMs: 100_000, toMs: 400_000 });
    showLast(3_600_000);
    expect(useHealthRange.getState().back).toEqual([]);
  });

  it('zooms about a moment that stays where it stands, and out to the present and a week at most', () => {
    const frame = { fromMs: 1_000_000, toMs: 2_000_000 };
    expect(halfAbout(frame, 1_200_000)).toEqual({ fromMs: 1_100_000, toMs: 1_600_000 });
    expect(doubled(frame, 9_000_000)).toEqual({ fromMs: 500_000, toMs: 2_500_000 });
    expect(doubled(frame, 2_100_000), 'nothing is known of the future').toEqual({ fromMs: 100_000, toMs: 2_100_000 });
    const week = { fromMs: 0, toMs: longestMs };
    expect(doubled(week, longestMs)).toEqual(week);
    showLast(900_000);
    zoomTo(week);
    zoomTo(week);
    expect(useHealthRange.getState().back, 'what changes nothing is no step back').toHaveLength(1);
  });

  it('moves along the time to the present at the latest, and one step back undoes the walk', () => {
    const frame = { fromMs: 1_000_000, toMs: 2_000_000 };
    expect(moved(frame, -0.25, 2_000_000)).toEqual({ fromMs: 750_000, toMs: 1_750_000 });
    expect(moved(frame, 0.25, 2_100_000)).toEqual({ fromMs: 1_100_000, toMs: 2_100_000 });
    expect(moved(frame, 0.25, 1_900_000), 'it is not pushed back').toEqual(frame);
    showLast(900_000);
    panTo(moved(frame, -0.25, 2_000_000));
    panTo(moved(frame, -0.5, 2_000_000));
    zoomBack();
    expect(useHealthRange.getState().range).toEqual({ kind: 'last', ms: 900_000 });
  });

  it('has ticks at round times that can be read', () => {
    const fromMs = Date.UTC(2026, 0, 1, 12, 0, 7);
    const ticks = ticksOf({ fromMs, toMs: fromMs + 900_000 }, 1_000);
    expect(ticks.length).toBeGreaterThan(4);
    expect(ticks.every((atMs) => atMs % 120_000 === 0 && atMs > fromMs)).toBe(true);
  });
});

describe('the ejections', () => {
  it('are those out of use, on trial or held in use; who is tried next comes first', async () => {
    const bridge = new MemoryBridge();
    const { ips, ...picture } = await bridge.request('health.ips', {});
    const [first, second, third, fourth] = ips;
    if (!(first && second && third && fourth)) {
      throw new Error('the fleet has more addresses');
    }
    const store = new HealthStore(bridge, { visible: () => true, listen: () => () => undefined });
    const upserts = [
      { ...first, state: 'unknown', heldInUse: true },
      { ...second, state: 'ejected', nextProbeAtMs: 9_000 },
      { ...third, state: 'probing', nextProbeAtMs: 4_000 },
      { ...fourth, state: 'unknown' },
    ] as const;
    store.apply({ ...picture, reset: true, upserts: [...upserts], removes: [] });
    expect(store.ejections().map(({ ip }) => ip)).toEqual([third.ip, second.ip, first.ip]);
  });
});

describe('why an address is out of use', () => {
  const why = { reason: 'failures-in-a-row', lastError: null } as const;

  it.each([
    [1, 30_000, /^for 30\u202fs · /],
    [2, 61_000, /^2nd time, for 1\u202fmin 1\u202fs · /],
    [13, 3_600_000, /^13th time, for 1\u202fh · /],
    [3, null, /^3 times in a row · /],
  ])('says how often and for how long: %d, %s', (ejections, ejectedForMs, text) => {
    expect(whyText({ ...why, ejections, ejectedForMs })).toMatch(text);
  });
});

describe('a remedy', () => {
  it('says on its button what it sets, or how much', () => {
    expect(configLabel({ kind: 'config', changes: { 'pool.max_idle_conns': 50 } })).toBe('Set max_idle_conns to 50…');
    expect(configLabel({ kind: 'config', changes: { 'pool.a': 1, 'pool.b': 2 } })).toBe('Change 2 settings…');
  });
});
