import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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
