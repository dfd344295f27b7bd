import { describe, expect, it } from 'vitest';
import type { Alert, AlertList } from '../../../core/contract/alerts.ts';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';
import { draw } from '../../../renderer/parts/spark/spark.tsx';
import { AlertsStore } from '../../../renderer/store/alerts-store.ts';
import { addressOf, partOf, viewOf } from '../../../renderer/store/view-route.ts';
import { byUrgency } from '../../../renderer/views/alerts/active-alerts.tsx';
import { causeOf, eventsOf } from '../../../renderer/views/alerts/causes.ts';
import { alertSentence } from '../../../renderer/words/vocabulary.ts';

const visible = { visible: () => true, listen: () => () => undefined };
const plain = (text: string): string => text.replaceAll('\u202f', ' ');

function alertOf(change: Partial<Alert> = {}): Alert {
  return {
    id: 1,
    rule: 'success-rate',
    subject: 'pool',
    severity: 'critical',
    state: 'firing',
    sinceMs: 0,
    firedAtMs: 30_000,
    clearSinceMs: null,
    resolvedAtMs: null,
    firings: 1,
    value: 0.71,
    worst: 0.6,
    threshold: 0.8,
    clearAt: 0.82,
    holdMs: 30_000,
    clearHoldMs: 10_000,
    detail: null,
    acknowledged: null,
    mutedUntilMs: null,
    ...change,
  };
}

describe('the alerts’ store', () => {
  function told(lists: readonly AlertList[]): number[] {
    const store = new AlertsStore(new MemoryBridge(), visible);
    const fired: number[] = [];
    store.onFired(({ id }) => fired.push(id));
    for (const list of lists) {
      store.apply(list);
    }
    return fired;
  }
  const of = (...active: Alert[]): AlertList => ({ active, resolved: [] });

  it('tells of each alert that begins to fire, once, and of none that was there when the page came', () => {
    const [old, next] = [alertOf(), alertOf({ id: 2 })];
    expect(told([of(old), of(old, next), of(old, next)])).toEqual([2]);
  });

  it('tells of one that was pending when it fires, and of none that is mute or known', () => {
    const pending = alertOf({ id: 2, state: 'pending' });
    expect(told([of(), of(pending), of({ ...pending, state: 'firing' })])).toEqual([2]);
    expect(told([of(), of(alertOf({ state: 'muted' }))])).toEqual([]);
    expect(told([of(), of(alertOf({ state: 'acknowledged' }))])).toEqual([]);
  });

  it('tells nothing anew of one that comes back as the same alert', () => {
    const over: AlertList = { active: [], resolved: [alertOf({ state: 'resolved', resolvedAtMs: 60_000 })] };
    expect(told([of(), of(alertOf()), over, of(alertOf({ firings: 2 }))])).toEqual([1]);
  });
});

describe('an address', () => {
  it('names a view, and a part of it', () => {
    expect([viewOf('#/alerts/7'), partOf('#/alerts/7')]).toEqual(['alerts', '7']);
    expect([viewOf('#/alerts'), partOf('#/alerts')]).toEqual(['alerts', null]);
    expect([viewOf(''), viewOf('#/nowhere')]).toEqual(['overview', 'overview']);
    expect(addressOf('alerts', '7')).toBe('#/alerts/7');
  });
});

describe('the list of alerts', () => {
  it('has first what nobody has answered, then what is graver, then what is older', () => {
    const alerts = [
      alertOf({ id: 1, state: 'pending' }),
      alertOf({ id: 2, severity: 'warning', sinceMs: 1 }),
      alertOf({ id: 3, state: 'acknowledged' }),
      alertOf({ id: 4, sinceMs: 5 }),
      alertOf({ id: 5, sinceMs: 2 }),
      alertOf({ id: 6, state: 'muted' }),
    ];
    expect(alerts.toSorted(byUrgency).map(({ id }) => id)).toEqual([5, 4, 2, 3, 6, 1]);
  });

  it('leads to the connections behind a figure', () => {
    const slow = causeOf(alertOf({ rule: 'response-time', threshold: 5_000 }));
    expect([slow.action.id, slow.input]).toEqual(['connections.show', 'last>5000']);
    const blocked = alertOf({ rule: 'host-blocks-us', subject: 'a.test' });
    expect([causeOf(blocked).action.id, eventsOf(blocked)]).toEqual(['view.health', { host: 'a.test' }]);
    expect(causeOf(alertOf({ rule: 'lists-unread' })).action.id).toBe('view.access');
  });

  it.each([
    [alertOf(), 'success rate 71 % < 80 %'],
    [alertOf({ rule: 'disk-full', value: 12_300_000, threshold: 50_000_000 }), 'free on the disk 12.3 MB < 50.0 MB'],
    [alertOf({ rule: 'disk-full', value: null, threshold: null }), 'nothing can be stored on the disk'],
    [alertOf({ rule: 'leak', value: 2 }), '2 leases held too long'],
    [alertOf({ rule: 'host-blocks-us', subject: 'a.test' }), 'a.test blocks us: every IP in use refuses our requests'],
    [alertOf({ rule: 'warm-up-success', subject: 'a.test', value: 0.5 }), 'warm-up of a.test 50 % < 80 %'],
  ])('says each in a sentence: %#', (alert, sentence) => {
    expect(plain(alertSentence(alert.rule, alert))).toBe(sentence);
  });

  it.each([
    [alertOf({ rule: 'lists-unread', value: 0, threshold: null }), 'access lists: the file has no fault any more'],
    [alertOf({ rule: 'leak', value: 0, threshold: null }), 'no lease is held too long any more'],
    [alertOf({ rule: 'host-blocks-us', subject: 'a.test' }), 'a.test no longer blocks us'],
    [alertOf({ rule: 'disk-full', value: null, threshold: null }), 'the disk takes what is stored again'],
    [alertOf(), 'success rate 71 %, was < 80 %'],
  ])('says that it is well again while it clears: %#', (alert, sentence) => {
    expect(plain(alertSentence(alert.rule, alert, true))).toBe(sentence);
  });
});

describe('a figure’s line', () => {
  it('ends at the right, is broken where nothing is known, and has the threshold where it is near', () => {
    const { path, line } = draw([10, null, 10, 20], 30, 5);
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path).toMatch(/^M30\.0 /);
    expect(path).toMatch(/L120\.0 [\d.]+$/);
    expect(line).toBe(3);
  });

  it('leaves out a threshold that is far, for it would flatten the line', () => {
    expect(draw([1, 2], 5_000, 2).line).toBeNull();
    expect(draw([null, null], 5_000, 2)).toEqual({ path: '', line: null });
  });
});
