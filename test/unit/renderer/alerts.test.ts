import { describe, expect, it } from 'vitest';
import {
  type Alert,
  type AlertList,
  type AlertRule,
  type AlertWatch,
  alertRuleFacts,
  alertRules,
} from '../../../core/contract/alerts.ts';
import type { ConfigKey } from '../../../core/contract/config.ts';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';
import { draw } from '../../../renderer/parts/spark/spark.tsx';
import { AlertsStore } from '../../../renderer/store/alerts-store.ts';
import { addressOf, partOf, unknownView, unreadMoment, viewOf } from '../../../renderer/store/view-route.ts';
import { byUrgency } from '../../../renderer/views/alerts/active-alerts.tsx';
import { amountShown, asShown, fieldUnit, inFileUnits } from '../../../renderer/views/alerts/alert-units.ts';
import { causesOf, eventsOf } from '../../../renderer/views/alerts/causes.ts';
import { ruleName, shortSubject } from '../../../renderer/views/alerts/names.ts';
import { watchedLines } from '../../../renderer/views/alerts/watched-lines.ts';
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
    expect(['', '#/health/a.test?at=x', '#/nowhere', '#token=abc'].map(unknownView)).toEqual([
      null,
      null,
      'nowhere',
      null,
    ]);
    const moments = ['', '?at=2026-01-31T14:09:31Z', '?at=rubbish', '?at=2031-01-01T00:00:00Z'];
    const presentMs = Date.UTC(2026, 5, 1);
    expect(moments.map((at) => unreadMoment(`#/health${at}`, presentMs))).toEqual([
      null,
      null,
      'rubbish',
      '2031-01-01T00:00:00Z',
    ]);
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

  it('leads to the connections behind a figure, and to what is known of those that are gone', () => {
    const ways = (alert: Alert, open: number | null): unknown =>
      causesOf(alert, open).map(({ action, input }) => [action.id, input]);
    const slow = alertOf({ rule: 'response-time', threshold: 5_000 });
    const toHealth = ['view.health', ''];
    expect(ways(slow, 3)).toEqual([['connections.show', 'last>5000'], toHealth]);
    expect(ways(slow, null)).toEqual([['connections.show', 'last>5000'], toHealth]);
    expect(ways(slow, 0)).toEqual([toHealth]);
    const blocked = alertOf({ rule: 'host-blocks-us', subject: 'a.test' });
    expect([ways(blocked, 3), eventsOf(blocked)]).toEqual([[toHealth], { host: 'a.test' }]);
    expect(ways(alertOf({ rule: 'lists-unread' }), 3)).toEqual([['view.access', '']]);
  });

  it.each([
    [alertOf(), 'success rate 71 % < 80 %'],
    [alertOf({ rule: 'disk-full', value: 12_300_000, threshold: 50_000_000 }), 'free on the disk 12.3 MB < 50.0 MB'],
    [alertOf({ rule: 'disk-full', value: null, threshold: null }), 'nothing can be stored on the disk'],
    [alertOf({ value: null }), 'success rate was < 80 %; no request has finished in the last minute'],
    [alertOf({ rule: 'wait-p95', value: 7_296, threshold: 1_000 }), 'wait p95 7.3 s > 1 s'],
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

describe('a threshold', () => {
  const key = (path: string, kind: ConfigKey['kind'], unit = '') => ({ path, kind, unit });
  const keys = [
    key('alerts.success_rate', 'share'),
    key('alerts.loop_delay', 'seconds', 's'),
    key('alerts.wait_p95', 'seconds', 's'),
    key('alerts.webhook_url', 'text'),
  ] as const;
  const [share, lag, wait, url] = keys;

  it('is shown as an operator thinks of it, and written as the file has it', () => {
    expect([asShown(share, 0.57), asShown(lag, 0.05), asShown(wait, 1)]).toEqual(['57', '50', '1']);
    expect([share, lag, wait, url].map((one) => fieldUnit(one).unit)).toEqual(['%', 'ms', 's', null]);
    const typed = { [share.path]: '57', [lag.path]: '62.5', [wait.path]: '0.5', [url.path]: 'https://a.test' };
    expect(inFileUnits(keys, typed)).toEqual({
      'alerts.success_rate': '0.57',
      'alerts.loop_delay': '0.0625',
      'alerts.wait_p95': '0.5',
      'alerts.webhook_url': 'https://a.test',
    });
  });

  it('that is no number, or goes back to its default, is left to the engine', () => {
    expect(inFileUnits(keys, { [share.path]: 'much', [lag.path]: ' ', [wait.path]: null })).toEqual({
      'alerts.success_rate': 'much',
      'alerts.loop_delay': ' ',
      'alerts.wait_p95': null,
    });
  });

  it('has all its digits in a difference', () => {
    const shown = [
      amountShown(share, 0.9995),
      amountShown(lag, 0.0625),
      amountShown(wait, 1.25),
      amountShown(url, 'u'),
    ];
    expect(shown.map(plain)).toEqual(['99.95 %', '62.5 ms', '1.25 s', 'u']);
  });
});

describe('what is watched', () => {
  const watch = (rule: AlertRule, subject: string): AlertWatch => {
    const { severity } = alertRuleFacts[rule];
    return { rule, subject, severity, value: 1, threshold: 1, clearAt: 1, alertId: null, trail: [] };
  };

  it('is a line for each rule and each subject, and one for many that are well', () => {
    expect(watchedLines([])).toHaveLength(alertRules.length);
    const hosts = Array.from({ length: 9 }, (_, index) => watch('host-blocks-us', `h${index}.test`));
    const disks = [watch('disk-full', '/data'), watch('disk-full', '/data/history.sqlite')];
    expect(watchedLines([...disks, ...hosts])).toHaveLength(alertRules.length + 1);
  });

  it('has a name for room on the disk and one for storing, and the short name of a file', () => {
    expect(ruleName({ rule: 'disk-full', threshold: 50 })).toBe('Free disk space');
    expect(ruleName({ rule: 'disk-full', threshold: null })).toBe('Storing the history');
    expect(['/data/h.sqlite', 'C:\\data\\h.sqlite', 'a.test'].map(shortSubject)).toEqual([
      'h.sqlite',
      'h.sqlite',
      'a.test',
    ]);
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
