import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { words as en } from '../../../renderer/connection-drawer/words-en.ts';
import { words as zh } from '../../../renderer/connection-drawer/words-zh.ts';
import { setLanguage } from '../../../renderer/words/language.ts';
import { explained, making } from '../../support/connection-explanation.ts';

const reset = { class: 'reset', code: 'ECONNRESET', message: 'the peer has reset it', atMs: 990_000 } as const;
const draining = { kind: 'draining', detail: 'max-lifetime', firstAtMs: 1, lastAtMs: 1, count: 1 } as const;
const leased = { state: 'leased', idleSinceMs: null, leasedSinceMs: 940_000 } as const;
const forgotten = [{ sinceMs: 940_000, acquiredAt: 'poll (jobs.js:12)\nmain (jobs.js:1)' }];

describe('why a connection is where it is, in Chinese', () => {
  beforeAll(() => setLanguage('zh'));
  afterAll(() => setLanguage('en'));

  it.each([
    ['an idle one', explained({}), '可立即服务：空闲且健康，已 12 秒未使用'],
    ['one without a free stream', explained({}, { verdict: 'busy' }), '不允许新的流'],
    ['a leased one that is full', explained(leased, { verdict: 'busy' }), '已租出 1 分钟。'],
    ['a leased one with room', explained(leased), '已租出 1 分钟，还能承载更多租约。'],
    [
      'one that waits for the budget',
      explained(
        { state: 'dialing', createdAtMs: 998_000 },
        { verdict: 'making', making: { ...making, waitedMs: null } },
      ),
      '正在等待拨号名额，已 2 秒',
    ],
    [
      'one that is dialled',
      explained({ state: 'dialing', createdAtMs: 997_995 }, { verdict: 'making' }),
      '正在拨号，已 2 秒',
    ],
    ['one that is validated', explained({ state: 'validating' }, { verdict: 'making' }), '正在验证'],
    ['one that is checked', explained({ state: 'checking' }, { verdict: 'making' }), '有结果之前不会交给任何人'],
    [
      'one that drains',
      explained({ ...leased, state: 'draining' }, { verdict: 'draining', activeLeases: 2, events: [draining] }),
      '不再接受新租约，其上 2 份租约结束后关闭：寿命到期',
    ],
    ['a suspect one', explained({ healthy: false }, { verdict: 'suspect', lastError: reset }), '10 秒前：连接重置'],
    [
      'a closed one',
      explained(
        { state: 'closed' },
        { verdict: 'closed', closed: { atMs: 995_000, reason: 'goaway' }, lastError: reset },
      ),
      '5 秒前关闭，存活 1 分 35 秒：服务器要求离开；最近一次失败在 10 秒前：连接重置',
    ],
    [
      'one with a forgotten lease',
      explained(leased, { overdueLeases: forgotten }),
      '1 份租约占用过久，最早的已占用 1 分钟，获取于 poll (jobs.js:12)。',
    ],
  ])('%s', (_, explanation, expected) => {
    const sentence = zh.sentence(explanation);
    expect(sentence.replaceAll(/\u202f/g, ' ')).toContain(expected);
    expect(sentence).toContain('共服务 3 次租约、4 个请求，1 个错误。');
    expect(sentence).not.toContain(explanation.sentence);
  });

  it('what happened is told in words, and what is a name stays one', () => {
    expect([zh.detail('lease-failed'), zh.detail('peer-closed'), zh.detail('h2')]).toEqual([
      '租约失败',
      '服务器关闭',
      'h2',
    ]);
  });

  it('the engine speaks for itself in English', () => {
    const explanation = explained({});
    expect(en.sentence(explanation)).toBe(explanation.sentence);
  });
});
