import { describe, expect, it } from 'vitest';
import { accessNoteText, accessReasons, accessReasonText } from '../../../core/contract/access-reasons.ts';
import type { Charge } from '../../../core/contract/event-kinds.ts';
import { chargeText } from '../../../core/contract/event-words-en.ts';
import { errorClasses } from '../../../core/contract/vocabulary.ts';

const nothing = { code: null, good: null, looked: null, responseMs: null, note: null };
const han = /\p{Script=Han}/u;

describe('the note of a ban', () => {
  it.each(errorClasses)('says the class %s in Chinese, and keeps the code', (failure) => {
    const charge: Charge = { ...nothing, reason: 'failures-in-a-row', failure, code: 'ECONNREFUSED' };
    const note = accessNoteText('automatic', chargeText('a.test:8443', charge), 'zh');
    expect(note).toMatch(/^.*\p{Script=Han}.* · a\.test:8443（ECONNREFUSED）$/u);
    expect(note).not.toContain(`${failure}：`);
  });

  it.each<Charge>([
    { ...nothing, reason: 'success-outlier', failure: 'outlier', good: 3, looked: 20 },
    { ...nothing, reason: 'latency-outlier', failure: 'outlier', responseMs: 812 },
  ])('says how it fares worse than others: $reason', (charge) => {
    const note = accessNoteText('automatic', chargeText('a.test', charge), 'zh');
    expect(note).toMatch(/(3 次|812\u202fms).* · a\.test，/);
    expect(note).not.toMatch(/ went | answers /);
  });

  it.each([
    ['tls-certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate · a.test', '自签名证书 · a.test'],
    ['tls-certificate', 'CERT_HAS_EXPIRED', 'expired certificate · a.test', '证书已过期 · a.test'],
    ['refused', 'ECONNREFUSED', 'refused · a.test', '拒绝连接 · a.test'],
  ] as const)('begins with its cause, and has the code last: %s, %s', (failure, code, en, zh) => {
    const note = chargeText('a.test', { ...nothing, reason: 'failures-in-a-row', failure, code });
    expect(accessNoteText('automatic', note, 'en')).toBe(`${en} (${code})`);
    expect(accessNoteText('automatic', note, 'zh')).toBe(`${zh}（${code}）`);
  });

  it('does not say a status twice', () => {
    expect(accessNoteText('automatic', 'a.test: blocked: 403', 'en')).toBe('403 blocked · a.test');
  });

  it('of a person stays as it was written, and what is no ban', () => {
    expect(accessNoteText('operator', 'a.test: refused: ECONNREFUSED', 'zh')).toBe('a.test: refused: ECONNREFUSED');
    expect(accessNoteText('automatic', 'validated', 'en')).toBe('validated');
    expect(accessNoteText('automatic', 'a.test: bored: X', 'zh')).toBe('a.test: bored: X');
  });
});

describe('why a list was changed', () => {
  it.each(Object.values(accessReasons))('is said in Chinese: %s', (reason) => {
    expect(accessReasonText('automaton', reason, 'zh')).toMatch(han);
    expect(accessNoteText('automatic', reason, 'zh')).toMatch(han);
  });

  it('of an undo names what it takes back', () => {
    expect(accessReasonText('operator', 'undo of change 7: validated', 'zh')).toBe('撤销第 7 次修改：已通过验证');
    expect(accessReasonText('operator', 'undo of change 7', 'zh')).toBe('撤销第 7 次修改');
    expect(accessReasonText('operator', 'redo of change 7: validated', 'zh')).toBe('重做第 7 次修改：已通过验证');
    // As earlier versions have kept it.
    const chain = 'undo of change 54: undo of change 53: undo of change 4: ticket 7';
    expect(accessReasonText('operator', chain, 'en')).toBe('undo of change 4: ticket 7');
    expect(accessReasonText('operator', `undo of change 60: ${chain}`, 'zh')).toBe('重做第 4 次修改：ticket 7');
    expect(accessReasonText('operator', 'they asked for it', 'zh')).toBe('they asked for it');
  });
});
