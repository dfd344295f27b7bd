/** Why the engine does something, in the reader's language: whatever it says is found again in the closed set. */
import { describe, expect, it } from 'vitest';
import { alertSentence } from '../../../core/contract/alert-text.ts';
import { eventText } from '../../../core/contract/event-text.ts';
import { eventWordsEn } from '../../../core/contract/event-words-en.ts';
import { failureSentences } from '../../../core/contract/failure-sentences.ts';
import { inEnglish, phrase } from '../../../core/contract/phrase.ts';
import { closeReasons } from '../../../core/contract/vocabulary.ts';
import { closeReasonWords, lostText, lostWords, whyText, whyWords } from '../../../core/contract/why-text.ts';

const english = /[A-Za-z]{3,}/g;
/** Names of settings and protocols are the same in every language. */
const sameInAll = new Set([
  'GOAWAY',
  'DNS',
  'idle',
  'timeout',
  'max',
  'lifetime',
  'whitelist',
  'mode',
  'enforce',
  'conns',
]);

function foreign(text: string): string[] {
  return (text.match(english) ?? []).filter((word) => !sameInAll.has(word));
}

describe('why', () => {
  it.each([
    [whyWords('on-no-list', {}), '不在任何白名单上，而 whitelist_mode 为 "enforce"'],
    [
      whyWords('listed', { origin: 'operator', value: '192.0.2.0/24', list: 'black' }),
      '被黑名单中的操作员条目 192.0.2.0/24 拒绝',
    ],
    [
      whyWords('ejected', { origin: 'automatic', value: '192.0.2.1', list: 'black' }),
      '已被剔除：被黑名单中的自动条目 192.0.2.1 拒绝，直到探测发现它恢复正常',
    ],
    [whyWords('resting', { duration: '3 min 4 s' }), '其服务器要求再等 3 min 4 s（Retry-After）'],
    [whyWords('looked-at', { id: 7 }), '连接 7 正在复查'],
    [whyWords('answers-blocked', { place: '/health', status: 403 }), '/health 返回 403：拦截我们'],
    [
      whyWords('mostly-failed', { failed: 2, done: 8, message: '/ answers 503: is busy' }),
      '8 次中失败 2 次，主要是：/ 返回 503：繁忙',
    ],
    [whyWords('looked-at-after', { id: 7, message: '503: busy' }), '连接 7 正在复查：503: busy'],
    [whyWords('mostly-failed', { failed: 3, done: 4, message: 'a\nb' }), '4 次中失败 3 次，主要是：a\nb'],
  ])('%s', (words, chinese) => {
    expect(whyText(words, 'zh')).toBe(chinese);
    expect(whyText(words, 'en')).toBe(words);
  });

  it.each(closeReasons)('a connection was closed, %s, has no English left', (reason) => {
    const words = whyWords('closed', { closed: closeReasonWords[reason] });
    expect(foreign(whyText(words, 'zh'))).toEqual([]);
  });

  it('that is none of the set stays as it came', () => {
    expect(whyText('ENOSPC: no space left on device', 'zh')).toBe('ENOSPC: no space left on device');
  });
});

describe('what a warm-up has lost', () => {
  const lost = [
    { host: 'a.test', ip: '192.0.2.1', connections: 1, why: whyWords('closed', { closed: closeReasonWords.broken }) },
    { host: 'a.test:8443', ip: '2001:db8::1', connections: 2, why: whyWords('resting', { duration: '2 s' }) },
    {
      host: 'b.test',
      ip: '192.0.2.3',
      connections: 1,
      why: whyWords('undialable', { message: 'reset (a), b of c (d)' }),
    },
  ];

  it('is told address by address', () => {
    expect(lostText(lostWords(lost), 'zh')).toBe(
      [
        'a.test 的 192.0.2.1（已关闭：网络将其中断，或没有及时应答）',
        'a.test:8443 的 2001:db8::1 × 2（其服务器要求再等 2 s（Retry-After））',
        'b.test 的 192.0.2.3（无法拨号：reset (a), b of c (d)）',
      ].join('、'),
    );
    expect(lostText(lostWords(lost), 'en')).toContain('2 times 2001:db8::1 of a.test:8443 (its server has asked');
    expect(lostText('', 'zh')).toBe('');
  });
});

it('an event and an alert have their reasons in the language of their sentence', () => {
  const why = whyWords('on-no-list', {});
  const data = { runId: 1, host: 'a.test', forbidden: 1, ip: '192.0.2.1', why };
  expect(eventText({ kind: 'warm-up.forbidden', data, subject: 'a.test' }, 'zh')).toBe(
    '192.0.2.1 未拨号：不在任何白名单上，而 whitelist_mode 为 "enforce"',
  );
  const alert = { rule: 'lists-unsaved', subject: '/x', value: null, threshold: null } as const;
  expect(alertSentence({ ...alert, detail: whyWords('lists-deleted', {}) }, 'zh')).toBe(
    '访问名单未保存；文件已被删除；名单仍在内存中生效，下次修改时会重新写入',
  );
  expect(alertSentence({ ...alert, detail: inEnglish(phrase('system.disk-full', { code: 'ENOSPC' })) }, 'zh')).toBe(
    '访问名单未保存；磁盘已满（ENOSPC）。',
  );
});

describe('what failed', () => {
  it.each(Object.keys(failureSentences) as (keyof typeof failureSentences)[])('%s is found again in Chinese', (why) => {
    const { en, zh } = failureSentences[why];
    const filled = (text: string): string => text.replaceAll(/\{\w+\}/g, '9');
    expect(whyText(filled(en), 'zh')).toBe(filled(zh));
  });

  it.each([
    [true, 0, null],
    [false, 0, null],
    [false, 0, 'connect ECONNREFUSED 192.0.2.1:443'],
    [true, 61_000, 'connect ECONNREFUSED 192.0.2.1:443'],
  ])(
    'an acquire that is not served, early %s, with a rest of %i ms, says the same as its event',
    (early, restMs, lastDial) => {
      const data = {
        host: 'a.test',
        waitedMs: 9_000,
        early,
        total: 4,
        leased: 3,
        idle: 0,
        waiting: 2,
        dialing: 1,
        restMs,
        lastDial,
      };
      const told = whyText(eventWordsEn['acquire.timeout'](data, 'a.test'), 'zh');
      expect(told).toMatch(early ? /^按目前速度/ : /^9000 ms 内没有获取到 a\.test 的连接/);
      expect(told).toContain('共 4，租出 3，空闲 0，等待 2，拨号中 1');
      expect(foreign(told.replace(/connect ECONNREFUSED|Retry-After|a\.test|min/g, ''))).toEqual([]);
    },
  );
});
