import { afterEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../core/config/load-config.ts';
import { configPaths } from '../../../../core/config/schema.ts';
import { describeTargetKeys } from '../../../../core/config/target-keys.ts';
import { inEnglish } from '../../../../core/contract/phrase.ts';
import { keyAllowed, keyMeaning, keyUnit, targetKeyMeaning } from '../../../../renderer/config-edit/key-words.ts';
import { keyMeaningsZh, keyUnitsZh, targetKeyMeaningsZh } from '../../../../renderer/config-edit/key-words-zh.ts';
import { setLanguage } from '../../../../renderer/words/language.ts';

const { keys } = parseConfig('', 'hotpool.toml');
const han = /\p{Script=Han}/u;

describe('the keys of the configuration in Chinese', () => {
  afterEach(() => setLanguage('en'));

  it('each key has a meaning, and no meaning is left of a key that is gone', () => {
    expect(Object.keys(keyMeaningsZh).sort()).toEqual([...configPaths].sort());
    expect(Object.keys(targetKeyMeaningsZh).sort()).toEqual(
      describeTargetKeys()
        .map(({ key }) => key)
        .sort(),
    );
  });

  it('counts in a Chinese word whatever is no sign of a unit, and no word is left of a unit that is gone', () => {
    const units = new Set(keys.map(({ unit }) => unit).filter((unit) => !['', 'ms', 'MB'].includes(unit)));
    expect(Object.keys(keyUnitsZh).sort()).toEqual([...units].sort());
    setLanguage('zh');
    expect(keyUnit({ unit: 'connections' })).toBe('条连接');
    expect(keyUnit({ unit: 'MB' })).toBe('MB');
  });

  it('names in a meaning every figure and key that the English one names', () => {
    const named = (text: string): string[] =>
      [...text.matchAll(/\d+(?:\.\d+)?|\b[a-z]+(?:_[a-z0-9]+)+\b|\b[A-Z]{3,}\b/g)].map(([word]) => word).sort();
    for (const { path, meaning } of keys) {
      expect(named(keyMeaningsZh[path] ?? ''), path).toEqual(expect.arrayContaining(named(meaning)));
    }
  });

  it('says what may be written, with the same limits and choices', () => {
    for (const key of keys) {
      setLanguage('en');
      const english = keyAllowed(key);
      expect(english, key.path).toBe(inEnglish(key.allowed));
      setLanguage('zh');
      const chinese = keyAllowed(key);
      const figures = [...english.matchAll(/"[^"]*"|\d[\d,.]*\d|\d/g)].map(([figure]) => figure);
      expect(
        figures.filter((figure) => !chinese.includes(figure)),
        `${key.path}: ${chinese}`,
      ).toEqual([]);
      if (key.kind !== 'choice') {
        expect(chinese, key.path).toMatch(han);
      }
    }
  });

  it('a key that this console does not know is told in the engine’s words', () => {
    setLanguage('zh');
    expect(keyMeaning({ path: 'pool.newer', meaning: 'What a newer engine has.' })).toBe('What a newer engine has.');
    expect(targetKeyMeaning({ key: 'newer', meaning: 'What a newer engine has.' })).toBe('What a newer engine has.');
  });
});
