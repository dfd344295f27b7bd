import { afterEach, describe, expect, it } from 'vitest';
import * as format from '../../../renderer/words/format.ts';
import { setLanguage } from '../../../renderer/words/language.ts';
import { reasonSentence } from '../../../renderer/words/vocabulary.ts';

const plain = (text: string): string => text.replaceAll('\u202f', ' ');

describe('figures', () => {
  it('shares never round up to the whole', () => {
    expect(format.percentFigure(1)).toBe('100');
    expect(format.percentFigure(0.99999)).toBe('99.9');
    expect(format.percentFigure(0.29)).toBe('29.0');
    expect(plain(format.percent(0.8))).toBe('80 %');
    expect(format.percent(null)).toBe(format.none);
  });

  it('milliseconds have as many digits as say something', () => {
    expect([0, 0.004, 0.056, 4.13, 99.96, 1_234].map(format.millisecondsFigure)).toEqual([
      '0',
      '<0.01',
      '0.06',
      '4.1',
      '100.0',
      '1,234',
    ]);
  });

  it('time spans', () => {
    expect(
      [4_400, 61_000, 130_000, 41 * 60_000, 8_040_000, 7_200_000, 273_600_000].map(format.span).map(plain),
    ).toEqual(['4 s', '1 min 1 s', '2 min 10 s', '41 min', '2 h 14 min', '2 h', '3 d 4 h']);
    expect(plain(format.coarseSpan(70_000_000))).toBe('19 h');
    expect(
      [86_399_000, 604_799_000, 3_599_500, 5_340_000, 129_000_000, 42_400].map(format.spanLeft).map(plain),
    ).toEqual(['1 d', '7 d', '1 h', '1 h', '1 d', '42 s']);
    expect(plain(format.took(240))).toBe('0.2 s');
    expect(format.stopwatch(8_047_000)).toBe('2:14:07');
    expect(format.stopwatch(-5)).toBe('0:00');
  });

  it('sizes and counts', () => {
    expect([999, 1_000, 121_400_000].map(format.bytes).map(plain)).toEqual(['999 B', '1.0 kB', '121 MB']);
    expect(format.plural(1, 'entry', 'entries')).toBe('1 entry');
    expect(format.plural(1_631, 'IP')).toBe('1,631 IPs');
  });
});

describe('figures in Chinese', () => {
  afterEach(() => setLanguage('en'));

  it('time spans have Chinese units, the largest one alone where a column is narrow', () => {
    setLanguage('zh');
    expect(
      [4_400, 61_000, 41 * 60_000, 8_040_000, 7_200_000, 273_600_000, 2_000 * 86_400_000].map(format.span).map(plain),
    ).toEqual(['4 秒', '1 分 1 秒', '41 分钟', '2 小时 14 分', '2 小时', '3 天 4 小时', '2,000 天']);
    expect(plain(format.coarseSpan(70_000_000))).toBe('19 小时');
    expect(plain(format.took(240))).toBe('0.2 秒');
  });

  it('shares stand without a space, and only an axis counts in ten thousands', () => {
    setLanguage('zh');
    expect(format.percent(0.8)).toBe('80%');
    expect(format.count(12_345)).toBe('12,345');
    expect([800, 12_000, 1_200_000].map(format.compact)).toEqual(['800', '1.2万', '120万']);
    setLanguage('en');
    expect([800, 12_000, 1_200_000].map(format.compact)).toEqual(['800', '12K', '1.2M']);
  });
});

describe('reasons', () => {
  afterEach(() => setLanguage('en'));

  it('say figure and threshold', () => {
    const reason = {
      metric: 'success-rate',
      subject: 'pool',
      value: 0.71,
      threshold: 0.8,
      sinceMs: 0,
      alertId: 1,
      clearing: false,
    } as const;
    expect(plain(reasonSentence(reason))).toBe('success rate 71 % < 80 %');
    expect(plain(reasonSentence({ ...reason, metric: 'wait-p95', value: 1_204, threshold: 1_000 }))).toBe(
      'wait p95 1.2 s > 1 s',
    );
  });

  it('say of a figure that is good again what it was', () => {
    const reason = { metric: 'success-rate', subject: 'pool', threshold: 0.8, sinceMs: 0, alertId: 1 } as const;
    expect(plain(reasonSentence({ ...reason, value: 0.91, clearing: true }))).toBe('success rate 91 %, was < 80 %');
  });

  it('are said in Chinese while that is the language', () => {
    const reason = { metric: 'success-rate', subject: 'pool', threshold: 0.8, sinceMs: 0, alertId: 1 } as const;
    setLanguage('zh');
    expect(reasonSentence({ ...reason, value: 0.91, clearing: true })).toBe('成功率 91%，此前 < 80%');
    expect(reasonSentence({ ...reason, metric: 'connections', value: 3, threshold: 10, clearing: false })).toBe(
      '3 条连接 < 10',
    );
  });
});
