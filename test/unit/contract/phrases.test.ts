import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../core/config/config-error.ts';
import { parseConfig } from '../../../core/config/load-config.ts';
import { detailText } from '../../../core/contract/alert-text.ts';
import {
  eventTold,
  inEnglish,
  inEvent,
  type Phrase,
  type PhraseCode,
  phrase,
  phraseSchema,
  phrases,
  toldText,
} from '../../../core/contract/phrase.ts';
import { readPhrase } from '../../../core/contract/read-phrase.ts';

const codes = Object.keys(phrases) as PhraseCode[];
const gapsIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([gap]) => gap).sort();

/** Protocols, formats and keys, and what is written as it stands. */
const terms =
  /^(IP|IPv4|IPv6|CIDR|DNS|TLS|HTTP|URL|JSON|TOML|PEM|https?|host|path|port|ips?|note|origin|hosts|expires|white|black|targets|true|false|all|db8|with|demo|T00|Z|TLS|--demo|operator|file|automatic|list|whitelist\.ips|blacklist\.ips|host:port|\[IPv6\]:port)$/;

describe.each(codes)('%s', (code) => {
  const { en, zh } = phrases[code];

  it('has the same gaps in both languages', () => {
    expect([...new Set(gapsIn(zh))]).toEqual([...new Set(gapsIn(en))]);
  });

  it('is Chinese in Chinese', () => {
    const words = zh.replaceAll(/\{\w+\}/g, '');
    const own = en.replaceAll(/\{\w+\}/g, '');
    // A phrase of gaps alone puts others together.
    expect(/\p{Script=Han}/u.test(words) || !/\p{Alphabetic}/u.test(own)).toBe(true);
    const latin = [...words.matchAll(/[A-Za-z][\w.]*/g)].map(([word]) => word);
    expect(latin.filter((word) => !terms.test(word))).toEqual([]);
    expect(words).not.toMatch(/\p{Script=Han}[,;:!?(]|[,;:!?)]\p{Script=Han}/u);
  });
});

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('-phrases.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

it('each phrase is said somewhere', () => {
  const text = [...sources('core'), ...sources('renderer'), ...sources('electron')].join('\n');
  expect(codes.filter((code) => !text.includes(`'${code}'`))).toEqual([]);
});

describe('a phrase', () => {
  const fault: Phrase = phrase('config.fault', {
    what: phrase('config.value', { path: 'pool.max_retries', value: '99', wrong: phrase('value.out-of-range') }),
    allowed: phrase('allowed.number', { what: phrase('number.whole'), least: 0, most: 10 }),
  });

  it('is said in each language, with phrases in its gaps', () => {
    expect(inEnglish(fault)).toBe('pool.max_retries = 99 is out of range; allowed: a whole number from 0 to 10');
    expect(toldText(fault, 'zh')).toBe('pool.max_retries = 99 超出范围；可填：0 至 10 的整数');
  });

  it('says the words of closed lists in Chinese, and leaves what others wrote', () => {
    expect(toldText(phrase('undo.gone', { list: 'black' }), 'zh')).toBe('已不在黑名单上');
    expect(toldText('read ECONNRESET', 'zh')).toBe('read ECONNRESET');
    const gone = phrase('change.gone', { value: 'black', list: 'white', origin: 'file' });
    expect(toldText(gone, 'zh')).toBe('black 已不在白名单上（文件）：请重新查看名单');
  });

  it('goes over a wire and through an event as it is', () => {
    expect(phraseSchema.parse(JSON.parse(JSON.stringify(fault)))).toEqual(fault);
    expect(eventTold(inEvent(fault))).toEqual(fault);
    expect(eventTold(inEvent('read ECONNRESET'))).toBe('read ECONNRESET');
    expect(eventTold({ message: 'as it was', phrase: '{"code":1}' })).toBe('as it was');
  });

  it('of a newer engine shows what it has', () => {
    expect(toldText({ code: 'config.newer', gaps: { path: 'pool.x' } }, 'zh')).toBe('config.newer pool.x');
  });
});

describe('the way back from English', () => {
  it.each([
    phrase('ip.large-part', { part: '300' }),
    phrase('ip.host-bits', { text: '10.0.0.1/8', length: '8', network: '10.0.0.0/8', address: '10.0.0.1' }),
    phrase('list.not-here', { name: 'blak', near: phrase('config.did-you-mean', { name: 'black' }) }),
    phrase('list.not-here', { name: 'grey', near: '' }),
    phrase('list.left-out', { wrong: phrase('list.said-twice', { name: 'ip' }) }),
    phrase('list.several-sections', { name: 'white' }),
    phrase('list.no-ip'),
    phrase('config.unreadable', { message: 'EACCES: permission denied' }),
  ])('finds the phrase of what is kept as a text: %j', (said) => {
    expect(readPhrase(inEnglish(said))).toEqual(said);
  });

  it('finds none in what the system said', () => {
    expect(readPhrase('read ECONNRESET')).toBeNull();
    expect(readPhrase('EACCES: permission denied, open')).toBeNull();
    expect(readPhrase('')).toBeNull();
  });

  it('the detail of an alert about a file is Chinese, with its line', () => {
    expect(detailText('line 2: 300 is not 0 to 255', 'zh')).toBe('第 2 行：300 不在 0 至 255 之内');
    const unopened = inEnglish(phrase('past.unopened', { file: '/data/history.sqlite', message: 'disk I/O error' }));
    expect(detailText(unopened, 'zh')).toBe('无法打开 /data/history.sqlite：“disk I/O error”');
    expect(detailText('ENOSPC: no space left on device', 'zh')).toBe('“ENOSPC: no space left on device”');
    expect(detailText('line 2: 300 is not 0 to 255', 'en')).toBe('line 2: 300 is not 0 to 255');
  });
});

describe('a fault of TOML', () => {
  it.each([
    ['ip = "1.2.3', '字符串没有结束'],
    ['[[black]\nip = "::1"', '表数组的声明应以 ]] 结束'],
    ['a = 01', '数字不能以零开头'],
    ['a = [1', '此处应为逗号，或结束括号'],
    ['a = 1\na = 2', '值已经定义过'],
    ['a = 1 b = 2', '每个键值之后须换行'],
    ['a = ', '值无效'],
  ])('%j is told in Chinese', (text, chinese) => {
    let told: unknown;
    try {
      parseConfig(text, 'hotpool.toml');
    } catch (error) {
      told = error instanceof ConfigError ? toldText(error.told, 'zh') : error;
    }
    expect(told).toMatch(/不是有效的 TOML：/);
    expect(told).toContain(chinese);
  });
});
