import { afterEach, describe, expect, it } from 'vitest';
import { nearestLanguage } from '../../../core/contract/language.ts';
import { inLanguages, setLanguage } from '../../../renderer/words/language.ts';

const words = inLanguages(
  { title: 'Health', ips: (ips: number) => `${ips} IPs`, menu: { open: 'Open' }, ages: ['minute', 'hour'] },
  { title: '健康', ips: (ips: number) => `${ips} 个 IP`, menu: { open: '打开' }, ages: ['分钟', '小时'] },
);

afterEach(() => setLanguage('en'));

describe('words in two languages', () => {
  it('are those of the language at the moment they are read, also through a branch that was taken before', () => {
    const { menu } = words;
    expect([words.title, words.ips(2), menu.open, words.ages]).toEqual(['Health', '2 IPs', 'Open', ['minute', 'hour']]);
    setLanguage('zh');
    expect([words.title, words.ips(2), menu.open, words.ages]).toEqual(['健康', '2 个 IP', '打开', ['分钟', '小时']]);
  });

  it('can be listed like any other words', () => {
    setLanguage('zh');
    expect(Object.keys(words)).toEqual(['title', 'ips', 'menu', 'ages']);
    expect(Object.values(words.menu)).toEqual(['打开']);
  });
});

describe('the nearest language', () => {
  it.each([
    [['zh-CN', 'en'], 'zh'],
    [['zh-Hant-TW'], 'zh'],
    [['de-CH', 'zh'], 'zh'],
    [['en-GB', 'zh'], 'en'],
    [['fr'], 'en'],
    [[], 'en'],
  ])('to %j is %s', (tags, language) => {
    expect(nearestLanguage(tags)).toBe(language);
  });
});
