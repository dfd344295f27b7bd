import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../core/config/engine-settings.ts';
import { type ErrorClass, errorClasses } from '../../../core/contract/vocabulary.ts';
import { classify } from '../../../core/dial/error-classes.ts';
import {
  type Consequence,
  codes,
  consequences,
  errorTraits,
  hasConsequence,
  http2Codes,
  type Phase,
  resolve,
  socketWords,
  statusClasses,
  tlsCodes,
} from '../../../core/dial/error-table.ts';
import { statusError, statusVerdict } from '../../../core/health/status-classes.ts';

const phases: readonly Phase[] = ['dns', 'tcp', 'tls', 'http'];

function coded(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

/** Every class that a row of the table can give. */
function reachableClasses(): Set<ErrorClass> {
  const meanings = [...codes.values(), ...tlsCodes.values()].flatMap((meaning) =>
    phases.map((phase) => resolve(meaning, phase)),
  );
  const statuses = Object.keys(statusClasses) as ErrorClass[];
  return new Set([
    ...meanings,
    ...http2Codes.values(),
    ...socketWords.map(([, errorClass]) => errorClass),
    ...statuses,
  ]);
}

describe('each row', () => {
  it.each([...codes])('%s is read as the table says, in each phase', (code, meaning) => {
    for (const phase of phases) {
      const { errorClass } = classify(coded(code), phase);
      expect(errorClasses).toContain(errorClass);
      expect(errorClass).toBe(resolve(meaning, phase));
    }
  });

  it.each([...tlsCodes])('the alert %s is read as the table says, whichever library names it', (name, meaning) => {
    for (const prefix of ['ERR_SSL_', 'ERR_SSL_SSLV3_ALERT_', 'ERR_SSL_TLSV1_ALERT_', 'ERR_SSL_TLSV13_ALERT_']) {
      for (const phase of phases) {
        expect(classify(coded(`${prefix}${name}`), phase).errorClass).toBe(resolve(meaning, phase));
      }
    }
  });

  it.each([...http2Codes])('HTTP/2 code %i is read as the table says', (number, errorClass) => {
    const error = coded('ERR_HTTP2_SESSION_ERROR', `Session closed with error code ${number}`);
    expect(classify(error, 'http').errorClass).toBe(errorClass);
  });

  it('leads to every class but the one that only the lists give', () => {
    const unreachable = errorClasses.filter((errorClass) => !reachableClasses().has(errorClass));
    expect(unreachable).toEqual(['not-allowed']);
  });
});

describe('each class', () => {
  it.each(errorClasses)('%s has traits that agree with each other', (errorClass) => {
    const { scope, duration, follows } = errorTraits[errorClass];
    expect(follows.length).toBeGreaterThan(0);
    expect(consequences).toEqual(expect.arrayContaining([...follows]));
    const has = (consequence: Consequence): boolean => hasConsequence(errorClass, consequence);
    if (scope === 'local') {
      expect([has('eject'), has('list'), has('other-ip')]).toEqual([false, false, false]);
    }
    // What is done again is temporary; what joins the black list is permanent; nothing is both.
    expect(has('retry')).toBe(duration === 'temporary');
    expect(has('list') && has('eject')).toBe(false);
    if (has('list')) {
      expect(duration).toBe('permanent');
    }
    expect(has('nothing')).toBe(follows.length === 1 && follows[0] === 'nothing');
  });

  it('has the consequences that an operator reads in the documents', () => {
    const table = Object.fromEntries(errorClasses.map((name) => [name, errorTraits[name].follows.join(' ')]));
    expect(table).toEqual({
      dns: 'pause retry',
      local: 'pause retry',
      refused: 'retry other-ip eject',
      unreachable: 'retry other-ip eject',
      'timeout-tcp': 'retry other-ip eject',
      'timeout-tls': 'retry other-ip eject',
      'timeout-response': 'retry other-ip eject',
      reset: 'retry other-ip eject',
      'tls-protocol': 'other-profile other-ip list',
      'tls-certificate': 'other-ip list',
      'tls-client-certificate': 'other-ip list',
      blocked: 'other-ip list',
      auth: 'other-ip list',
      busy: 'retry other-ip eject',
      'bad-status': 'nothing',
      'http-protocol': 'retry other-ip eject',
      'closed-by-peer': 'retry other-ip eject',
      'not-allowed': 'nothing',
      aborted: 'nothing',
      internal: 'nothing',
    });
  });

  it('is one of the reference’s three kinds', () => {
    const kinds = Object.groupBy(errorClasses, (errorClass) => errorTraits[errorClass].kind);
    expect(kinds.TLS).toEqual(['timeout-tls', 'tls-protocol', 'tls-certificate', 'tls-client-certificate']);
    expect(kinds.network).toContain('refused');
    expect(kinds.application).toEqual(expect.arrayContaining(['blocked', 'auth', 'busy', 'bad-status']));
  });
});

describe('each status', () => {
  const { health } = defaultSettings();
  const named = Object.entries(statusClasses).flatMap(([errorClass, statuses]) =>
    statuses.map((status) => [status, errorClass] as const),
  );

  it.each(named)('%i is %s by default', (status, errorClass) => {
    const verdict = statusVerdict(status, health);
    expect(verdict).toBe(errorClass);
    expect(verdict !== 'good' && statusError(verdict, status, '/', 5_000)).toMatchObject({
      errorClass,
      code: String(status),
      retryAfterMs: 5_000,
    });
  });

  it('is told with its path, but not with what stands behind the ?', () => {
    expect(statusError('blocked', 403, '/reset?token=secret?2', null)?.message).toBe('/reset answers 403: blocks us');
  });

  it('between 100 and 599 has exactly one verdict, and only a named or a bad one has a class', () => {
    for (let status = 100; status < 600; status += 1) {
      const verdict = statusVerdict(status, health);
      const expected = named.find(([one]) => one === status)?.[1];
      const isGood = status >= 200 && status < 400;
      expect([status, verdict]).toEqual([status, expected ?? (isGood ? 'good' : 'bad-status')]);
    }
  });

  it('of a proxy or a login is permanent, of a busy server temporary (document 000)', () => {
    expect([401, 403, 407].map((status) => durationOf(status))).toEqual(['permanent', 'permanent', 'permanent']);
    expect([429, 503].map((status) => durationOf(status))).toEqual(['temporary', 'temporary']);
  });

  function durationOf(status: number): string {
    const verdict = statusVerdict(status, health);
    return verdict === 'good' ? 'good' : errorTraits[verdict].duration;
  }
});
