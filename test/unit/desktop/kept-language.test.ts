import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KeptLanguage } from '../../../electron/desktop/kept-language.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-language-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('before the first window it is the system’s', () => {
  expect(new KeptLanguage(folder, ['zh-Hans-CN', 'en']).current).toBe('zh');
  expect(new KeptLanguage(folder, ['de-CH']).current).toBe('en');
  expect(readdirSync(folder)).toEqual([]);
});

test('what the console was shown in outlives the process, whatever the system asks for', () => {
  new KeptLanguage(folder, ['en-GB']).keep('zh');
  expect(new KeptLanguage(folder, ['en-GB']).current).toBe('zh');
  new KeptLanguage(folder, ['zh-CN']).keep('zh');
  expect(new KeptLanguage(folder, ['en-GB']).current).toBe('zh');
  expect(readdirSync(folder)).toEqual(['language.json']);
});

test('whoever speaks hears of another language, once', () => {
  const language = new KeptLanguage(folder, ['en']);
  const heard: string[] = [];
  language.onChange(() => heard.push(language.current));
  language.keep('en');
  language.keep('zh');
  language.keep('zh');
  expect(heard).toEqual(['zh']);
});

test.each(['', '{}', '{"language":"de"}', 'not json'])('a spoilt file is no fault: %j', (text) => {
  writeFileSync(join(folder, 'language.json'), text);
  expect(new KeptLanguage(folder, ['zh']).current).toBe('zh');
});

test('a folder that cannot be written loses nothing but the next start', () => {
  const language = new KeptLanguage(join(folder, 'gone'), ['en']);
  language.keep('zh');
  expect(language.current).toBe('zh');
});
