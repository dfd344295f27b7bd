import { describe, expect, it } from 'vitest';
import { endsConnection, readKeepAliveTimeout } from '../../../core/dial/keep-alive.ts';
import { readRetryAfter } from '../../../core/dial/probe-answer.ts';

const nowMs = Date.UTC(2026, 0, 1, 12, 0, 0);

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 5 ', 5_000],
    ['0', 0],
    ['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
    ['soon', null],
    ['-3x', null],
    ['', null],
    [undefined, null],
  ])('%j is %s ms', (header, expected) => {
    expect(readRetryAfter(header, nowMs)).toBe(expected);
  });
});

describe('Keep-Alive', () => {
  it.each([
    ['timeout=5', 5_000],
    ['max=100, timeout=30', 30_000],
    ['Timeout = "15", max=1', 15_000],
    ['max=100', null],
    ['notimeout=5', null],
    [['max=9', 'timeout=7'], 7_000],
    [undefined, null],
  ])('%j is %s ms', (header, expected) => {
    expect(readKeepAliveTimeout(header)).toBe(expected);
  });
});

describe('the end of a connection after an answer', () => {
  it.each([
    [200, { 'content-length': '5' }, false],
    [200, { 'content-length': '5', connection: 'keep-alive' }, false],
    [200, { 'content-length': '5', connection: 'Close' }, true],
    [200, { 'content-length': '5', connection: 'te, close' }, true],
    [200, { 'transfer-encoding': 'chunked' }, false],
    [200, {}, true],
    [200, { connection: 'keep-alive' }, false],
    [204, {}, false],
    [304, {}, false],
  ])('%i with %o: %s', (status, headers, expected) => {
    expect(endsConnection(status, headers)).toBe(expected);
  });
});
