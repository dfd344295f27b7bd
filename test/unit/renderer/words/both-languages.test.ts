import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../../../../renderer/words/language.ts';
import { argumentsOf } from '../../../support/words/word-arguments.ts';
import { chineseFileOf, englishFiles, nameOf, readWords, type Word } from '../../../support/words/word-files.ts';

const words = await readWords();
const han = /\p{Script=Han}/u;

/** Names, units and signs: the same in every language, as are the languages' own names. */
const sameInBoth = new Set([
  ...['', '%', '–', '≈', 'IP', 'IPv6', 'DNS', 'TCP', 'TLS', 'h2', 'r', 'ms', 'MB', 'p50', 'p95', 'p99'],
  ...['TCP p50', 'TLS p50', 'TCP ms', 'TLS ms', 'CSV', 'JSON', 'TOML', 'Hotpool', 'English', '简体中文'],
  '{ ipv4: [], ipv6: [] }',
  '127.10.1.10, 127.10.1.11',
  'Hotpool Console ready at http://127.0.0.1:PORT/#token=TOKEN',
]);

/** What stays in Latin letters in a Chinese sentence: protocols, formats, keys, commands, and what the operator types. */
const terms = [
  /^(IP|IPv4|IPv6|CIDR|DNS|TCP|TLS|HTTP|HTTP\/1\.1|HTTP\/2|http|https|http\/1\.1|h2|URL|UTF-8|PEM|CPU|PING|GOAWAY)$/,
  /^(ClientHello|Retry-After|Connection|close|Webhook|IsHealthy|HMAC-SHA256|Prometheus|HEAD|GET|POST|curl)$/,
  /^(JSON|JSONL|CSV|TOML|Lines|MB|kB|GB|TB|B|KiB|MiB|Ki|Latin-1|ms|p50|p95|p99|r|ipv4|ipv6|v4|v6|db8|Enter|Delete|Backspace|Alt|Shift|Page|Up|Down|h|min|Hotpool)$/,
  /^([A-Z]|npm|run|patterns|FILE|--demo|targets|hotpool\.toml|access-lists\.toml|Switch|to|English|EN)$/,
  /^[a-z]+(_[a-z0-9]+)+$/,
  // Of the filter, as it is typed. A single capital is a key.
  /^(state|idle|host|edge|ip|id|proto|err|leased|unhealthy)$/,
];

/** What samples bring along. */
const fromSamples =
  /[\w/]*(alpha|beta|one|two|three|edge)\.(example|toml)|reset|Ada|known|a release|a note|enforce|max_connections|[A-Z][a-z]+ [a-z ]+\./g;

function latinIn(text: string): string[] {
  return [...text.replaceAll(fromSamples, '').matchAll(/-*[A-Za-z][\w./-]*[\w]|[A-Za-z]/g)]
    .map(([word]) => word)
    .filter((word) => !terms.some((term) => term.test(word)));
}

/** What a word says: itself, or all that it says of all samples. */
function said(word: unknown, samples: readonly (readonly unknown[])[]): string[] {
  if (typeof word !== 'function') {
    return (Array.isArray(word) ? word.map((one: unknown) => Object.values(Object(one)).join(' ')) : [word]).map(
      String,
    );
  }
  return combinations(samples).map((combination) => String(word(...combination)));
}

/** Each argument in each of its ways, the others as they are first. */
function combinations(samples: readonly (readonly unknown[])[]): unknown[][] {
  const usual = samples.map(([first]) => first);
  return [usual, ...samples.flatMap((values, at) => values.slice(1).map((value) => usual.with(at, value)))];
}

function translated(): Word[] {
  return words.filter(({ english, chinese }) => english !== chinese);
}

function speak(language: 'en' | 'zh', word: unknown, samples: readonly (readonly unknown[])[]): string[] {
  setLanguage(language);
  return said(word, samples);
}

describe('the words in both languages', () => {
  afterEach(() => setLanguage('en'));

  it('are there in both', () => {
    expect(englishFiles().length).toBeGreaterThan(15);
    expect(englishFiles().filter((file) => !existsSync(chineseFileOf(file)))).toEqual([]);
    expect(words.filter(({ chinese }) => chinese === undefined).map(nameOf)).toEqual([]);
  });

  it('are not the same, but for names, units and signs', () => {
    const same = words.filter(({ english, chinese }) => typeof english === 'string' && english === chinese);
    expect(same.filter(({ english }) => !sameInBoth.has(String(english))).map(nameOf)).toEqual([]);
  });

  it('have no English word in a Chinese sentence that is no technical term', () => {
    const english = translated().flatMap((word) => {
      const samples = typeof word.english === 'function' ? argumentsOf(word) : [];
      const found = new Set(
        speak('zh', word.chinese, samples ?? [])
          .filter((text) => han.test(text))
          .flatMap(latinIn),
      );
      return found.size === 0 ? [] : `${nameOf(word)}: ${[...found].join(', ')}`;
    });
    expect(english).toEqual([]);
  });

  it('say nothing undefined, whatever they are asked', () => {
    const broken = translated().flatMap((word) => {
      const samples = typeof word.english === 'function' ? argumentsOf(word) : [];
      const texts = [...speak('en', word.english, samples ?? []), ...speak('zh', word.chinese, samples ?? [])];
      const wrong = texts.filter((text) => /\bNaN\b|\[object|(?<!^)undefined/.test(text));
      return wrong.map((text) => `${nameOf(word)}: ${text}`);
    });
    expect(broken).toEqual([]);
  });

  it('tell apart in Chinese whatever they tell apart in English', () => {
    const lost = translated().flatMap((word) => {
      const samples = typeof word.english === 'function' ? argumentsOf(word) : null;
      return (samples ?? []).flatMap(([usual, another], at) => {
        const both = [usual, another].map((value) =>
          (samples ?? []).map((values, place) => [place === at ? value : values[0]]),
        );
        const differs = (language: 'en' | 'zh', of: unknown): boolean =>
          new Set(both.map((way) => speak(language, of, way)[0])).size === 2;
        return differs('en', word.english) && !differs('zh', word.chinese) ? `${nameOf(word)}: argument ${at + 1}` : [];
      });
    });
    expect(lost).toEqual([]);
  });
});
