import { describe, expect, it } from 'vitest';
import {
  engineStatisticsSchema,
  poolStatisticsSchema,
  windowStatisticsSchema,
} from '../../../core/contract/statistics.ts';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';
import {
  boxesOf,
  cellAfterKey,
  cellAt,
  layoutCells,
  layoutLabelled,
  placeOf,
} from '../../../renderer/parts/cell-field/layout.ts';
import { endsGap, leastEndsWidth, roomForLabel, spreadLabels } from '../../../renderer/parts/chart/labels.ts';
import {
  bucketSamples,
  type Curve,
  drawnTime,
  niceCeiling,
  shownSpanMs,
  steadyCeiling,
} from '../../../renderer/parts/chart/series.ts';
import { dialTrouble } from '../../../renderer/store/dial-trouble.ts';
import {
  dialFigures,
  engineFigures,
  leaseFigures,
  listFigures,
  poolFigures,
  requestFigures,
} from '../../../renderer/views/overview/figures.ts';
import { byTrouble } from '../../../renderer/views/overview/health-timeline.tsx';
import { busiest, fieldOrder, knownSuccessRate, rateTone, worst } from '../../../renderer/views/overview/selectors.ts';
import { words } from '../../../renderer/views/overview/words.ts';
import { reasonSentence } from '../../../renderer/words/vocabulary.ts';
import { frame, row, sample } from './fixtures.ts';

describe('All figures', () => {
  it('shows every field of the window, of the engine and of the pool', () => {
    const windowNames = [...requestFigures, ...leaseFigures, ...dialFigures].map((figure) => figure.name);
    expect(windowNames.toSorted()).toEqual(Object.keys(windowStatisticsSchema.shape).toSorted());
    expect(engineFigures.map((figure) => figure.name).toSorted()).toEqual(
      Object.keys(engineStatisticsSchema.shape).toSorted(),
    );
    const elsewhere = {
      maxConnections: 'beside totalConnections',
      atMs: 'as lastUpdate',
      startedAtMs: 'as the engine’s uptime',
      sinceStart: 'as a column',
      last60s: 'as a column',
      engine: 'as a group',
      verdict: 'in the head',
      hosts: 'as a table',
    };
    const shown = new Set<string>([...poolFigures, ...listFigures].map((figure) => figure.name));
    const missing = Object.keys(poolStatisticsSchema.shape).filter((name) => !shown.has(name) && !(name in elsewhere));
    expect(missing).toEqual([]);
  });

  it('writes each of them', async () => {
    const statistics = await new MemoryBridge().request('statistics.get', {});
    for (const figure of [...poolFigures, ...listFigures, ...engineFigures]) {
      expect(figure.read(statistics)).not.toMatch(/undefined|NaN|object/);
    }
  });
});

describe('a pool whose hosts all fail', () => {
  const { counters } = frame(1);
  const none = { ...counters.last60s, totalRequests: 0, successfulRequests: 0, failedRequests: 0, successRate: 1 };

  it('has no success rate before a request has finished', () => {
    expect(knownSuccessRate({ ...none, totalRequests: 2 })).toBeNull();
    expect(knownSuccessRate({ ...none, totalRequests: 2, failedRequests: 2, successRate: 0 })).toBe(0);
    expect(requestFigures.find((figure) => figure.name === 'successRate')?.write(1, none)).toBe('–');
  });

  it('tells of dials that failed, though no row can', () => {
    const quiet = { ...none, dials: 3, dialFailures: 0 };
    const failing = { ...none, dials: 3, dialFailures: 3 };
    expect(dialTrouble({ ...counters, totalConnections: 4, last60s: quiet, sinceStart: failing })).toBeNull();
    expect(dialTrouble({ ...counters, totalConnections: 4, last60s: failing, sinceStart: failing })).toEqual({
      kind: 'failing',
      failed: 3,
      dials: 3,
    });
    expect(dialTrouble({ ...counters, totalConnections: 0, last60s: quiet, sinceStart: failing })).toEqual({
      kind: 'none-opened',
      failed: 3,
    });
    expect(words.worst.dialsFailed(3, 3)).toBe('3 of 3 dials failed in 60 s');
  });

  it('is empty for a reason that reads as one', () => {
    const reason = { metric: 'connections', subject: 'pool', value: 0, threshold: 1, sinceMs: 0 } as const;
    expect(reasonSentence({ ...reason, alertId: null, clearing: false })).toBe('the pool has no connection');
    const dials = { ...reason, metric: 'dials', value: 7, threshold: 8, alertId: null, clearing: false } as const;
    expect(reasonSentence(dials)).toBe('no connection: 7 of 8 dials of the last minute failed');
    expect(reasonSentence({ ...dials, value: 8 })).toBe('no connection: all 8 dials of the last minute failed');
  });
});

describe('the reuse tile', () => {
  it('counts what its percentage is made of', () => {
    expect(words.tiles.reused(22 / 42, 42)).toBe('22 of 42 leases');
    expect(words.tiles.reused(null, 0)).toBe('no lease in 60 s');
  });
});

describe('the rows it picks', () => {
  const rows = [row(1, { requests: 5 }), row(2, { requests: 50, errors: 3 }), row(3, { healthy: false }), row(4)];

  it('busiest: by requests, none without', () => {
    expect(busiest(rows, 3).map((entry) => entry.id)).toEqual([2, 1]);
    expect(busiest(rows, 1).map((entry) => entry.id)).toEqual([2]);
  });

  it('worst: unhealthy before errors, none that is fine', () => {
    expect(worst(rows, 6).map((entry) => entry.id)).toEqual([3, 2]);
  });

  it('places cells by host, then address, whatever changes', () => {
    const cells = [
      row(1, { host: 'b', ip: '10.0.0.2' }),
      row(2, { host: 'a', ip: '10.0.0.10' }),
      row(3, { host: 'a', ip: '10.0.0.9' }),
    ];
    expect(fieldOrder(cells)).toEqual([3, 2, 1]);
    expect(fieldOrder(cells.toReversed())).toEqual([3, 2, 1]);
  });
});

describe('curves', () => {
  const curves: Curve[] = [
    { label: 'mean', color: '--cool', look: 'line', fold: 'mean', value: (entry) => entry.requests },
    { label: 'highest', color: '--bad', look: 'line', fold: 'highest', value: (entry) => entry.responseP99Ms },
  ];

  it('fold seconds into buckets that stay with the clock, and leave holes', () => {
    const samples = [
      sample(3_000, { requests: 2, responseP99Ms: 10 }),
      sample(4_000, { requests: 4, responseP99Ms: 90 }),
      sample(6_000, { requests: 8 }),
    ];
    const expected = [
      { atMs: 3_000, values: [3, 90] },
      { atMs: 6_000, values: [8, null] },
    ];
    expect(bucketSamples(samples, curves, 3_000)).toEqual(expected);
    expect(bucketSamples([...samples, sample(9_000)], curves, 3_000).slice(0, 2)).toEqual(expected);
  });

  it('have round ceilings that do not jump', () => {
    expect([7, 12, 61, 150, 0].map((value) => niceCeiling(value, 5))).toEqual([8, 12, 80, 160, 5]);
    expect(steadyCeiling(100, 60, 10)).toBe(100);
    expect(steadyCeiling(100, 20, 10)).toBe(24);
    expect(steadyCeiling(100, 120, 10)).toBe(160);
  });

  it('show the time there is', () => {
    expect(shownSpanMs([])).toBe(120_000);
    expect(shownSpanMs([sample(0), sample(200_000)])).toBe(300_000);
    expect(shownSpanMs([sample(0), sample(899_000)])).toBe(900_000);
  });
});

describe('the time that a chart shows', () => {
  const points = [4_000, 5_000, 6_000].map((atMs) => ({ atMs, values: [1] }));

  it('ends with the last point where it has no beginning, and with now where there is none', () => {
    expect(drawnTime(points, { fromMs: undefined, spanMs: 10_000, bucketMs: 1_000 }, 0)).toEqual({
      fromMs: -3_000,
      toMs: 7_000,
    });
    expect(drawnTime([], { fromMs: undefined, spanMs: 10_000, bucketMs: 1_000 }, 50_000).toMs).toBe(51_000);
  });

  it('is its span from its beginning on, and longer where points lie beyond', () => {
    expect(drawnTime(points, { fromMs: 4_300, spanMs: 10_000, bucketMs: 1_000 }, 0)).toEqual({
      fromMs: 4_000,
      toMs: 14_000,
    });
    expect(drawnTime(points, { fromMs: 4_300, spanMs: 2_000, bucketMs: 1_000 }, 0)).toEqual({
      fromMs: 4_000,
      toMs: 7_000,
    });
  });
});

describe('labels at the ends of curves', () => {
  it('stand at their curves where there is room, and move up where they would touch', () => {
    expect(spreadLabels([80, 40, 20], 6)).toEqual([80, 40, 20]);
    expect(spreadLabels([80, 78, 77], 6)).toEqual([80, 68, 56]);
  });

  it('stay inside the picture when all values are at the top of the scale', () => {
    expect(spreadLabels([90, 8, 8], 6)).toEqual([90, 18, 6]);
    expect(spreadLabels([8, 8, 8], 6)).toEqual([30, 18, 6]);
  });

  it('have room for a long figure, and the curves do not move for each of its digits', () => {
    expect(roomForLabel(40)).toBe(leastEndsWidth);
    expect(roomForLabel(71)).toBeGreaterThanOrEqual(71 + endsGap);
    expect(roomForLabel(69)).toBe(roomForLabel(71));
  });
});

describe('a field of cells', () => {
  it.each([
    [18, 900, 300],
    [1_631, 900, 300],
    [20_000, 900, 300],
  ])('%i cells fit %i x %i where a pixel each is possible', (count, width, height) => {
    const layout = layoutCells(count, width, height, 14);
    expect(layout.columns * layout.pitch).toBeLessThanOrEqual(width);
    expect(layout.columns * layout.rows).toBeGreaterThanOrEqual(count);
    expect(layout.rows * layout.pitch).toBeLessThanOrEqual(height);
  });

  it('finds the cell under a point and nothing beside', () => {
    const layout = { columns: 3, width: 10, height: 10 };
    expect(cellAt(layout, 5, 12, 13)).toBe(4);
    expect(cellAt(layout, 5, 25, 13)).toBeNull();
    expect(cellAt(layout, 5, 31, 2)).toBeNull();
    expect(cellAt(layout, 5, -1, 2)).toBeNull();
  });

  it('names its cells only where all names fit', () => {
    expect(layoutLabelled(18, 900, 300)).toMatchObject({ columns: 6 });
    expect(layoutLabelled(1_631, 900, 300)).toBeNull();
  });

  it('are walked by the arrows, and none leads out of the field', () => {
    const boxes = boxesOf(5, 36, 24, 12, false);
    expect(placeOf(boxes, 4)).toEqual({ x: 12, y: 12, width: 12, height: 12 });
    const toward = (from: number | null, key: string) => cellAfterKey(boxes, 5, from, key);
    expect([toward(0, 'ArrowRight'), toward(1, 'ArrowLeft'), toward(0, 'ArrowDown'), toward(3, 'ArrowUp')]).toEqual([
      1, 0, 3, 0,
    ]);
    expect([toward(4, 'ArrowDown'), toward(0, 'ArrowUp'), toward(4, 'ArrowRight'), toward(0, 'ArrowLeft')]).toEqual([
      4, 0, 4, 0,
    ]);
    expect([toward(2, 'Home'), toward(2, 'End'), toward(null, 'ArrowDown'), toward(2, 'x')]).toEqual([0, 4, 0, null]);
    expect(cellAfterKey(boxes, 0, null, 'End')).toBeNull();
  });
});

describe('the health timeline', () => {
  it('has the hosts first that were longest in trouble, and those alike in their own order', () => {
    const row = (host: string, states: string) => ({
      host,
      prefix: null,
      ip: null,
      port: null,
      addresses: 1,
      named: false,
      leftOut: 0,
      states,
      checks: '',
      failures: '',
    });
    const rows = [row('a', 'gg..'), row('b', 'gfeg'), row('c', 'gggg'), row('d', 'gggd')];
    expect(byTrouble(rows).map(({ host }) => host)).toEqual(['b', 'd', 'a', 'c']);
  });
});

it('paints no rate as good that is under the threshold of its alert, before the alert fires as well', () => {
  expect(rateTone(0.35, 0.5, false)).toBe('warn');
  expect(rateTone(0.35, 0.5, true)).toBe('bad');
  expect(rateTone(0.5, 0.5, false)).toBe('good');
  expect(rateTone(0.9, 0.5, true), 'until it is over').toBe('bad');
  expect(rateTone(0.35, null, false), 'of what threshold is not known').toBe('good');
});
