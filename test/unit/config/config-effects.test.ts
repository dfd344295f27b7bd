import { describe, expect, test } from 'vitest';
import { configEffects, type OpenConnection } from '../../../core/config/config-effects.ts';
import { defaultSettings } from '../../../core/config/engine-settings.ts';
import type { EngineSettings } from '../../../core/config/settings.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';

const targets = (...hosts: string[]): EngineSettings['targets'] =>
  hosts.map((host) => ({ host: parseHostName(host), path: '/', ips: null }));
const limits = (maxConnections: number, maxConnectionsPerHost: number, maxIdleConnections: number) => ({
  maxConnections,
  maxConnectionsPerHost,
  maxIdleConnections,
});
const nowMs = 1_767_225_600_000;
const before = defaultSettings({ targets: targets('a.test', 'b.test') });

function open(host: string, states: Partial<Record<OpenConnection['state'], number>>, ageMs = 1_000): OpenConnection[] {
  return Object.entries(states).flatMap(([state, count]) =>
    Array.from({ length: count }, () => ({
      host,
      state: state as OpenConnection['state'],
      createdAtMs: nowMs - ageMs,
    })),
  );
}

describe('a change', () => {
  test('of nothing that connections feel has no effect', () => {
    expect(configEffects(open('a.test', { idle: 5 }), before, before, [], nowMs)).toEqual([]);
  });

  test('that lowers limits drains what is above each of them once, idle ones first', () => {
    const after = defaultSettings({ targets: before.targets, pool: limits(8, 5, 2) });
    const connections = [...open('a.test', { idle: 4, leased: 3, draining: 2 }), ...open('b.test', { leased: 4 })];
    // a.test: 7 above 5 are 2 idle ones; of 9 left 1 more idle; 1 idle stays, within 2.
    expect(configEffects(connections, before, after, [], nowMs)).toEqual([
      {
        kind: 'drains',
        host: null,
        connections: 3,
        leased: 0,
        text: '3 connections are above the new limits: 3 to close',
      },
    ]);
  });

  test('counts leased ones, which finish first', () => {
    const after = defaultSettings({ targets: before.targets, pool: limits(2, 2, 2) });
    expect(configEffects(open('a.test', { idle: 1, leased: 3 }), before, after, [], nowMs)).toMatchObject([
      { kind: 'drains', connections: 2, leased: 1, text: expect.stringContaining('1 of them after the lease') },
    ]);
  });

  test('of the targets watches and unwatches, and a removed host is not counted twice', () => {
    const after = defaultSettings({ targets: targets('b.test', 'c.test'), pool: limits(1, 1, 1) });
    const connections = [...open('a.test', { idle: 2, leased: 1 }), ...open('b.test', { idle: 1 })];
    expect(configEffects(connections, before, after, [], nowMs)).toEqual([
      { kind: 'watches', host: 'c.test', connections: 0, leased: 0, text: expect.any(String) },
      {
        kind: 'unwatches',
        host: 'a.test',
        connections: 3,
        leased: 1,
        text: 'a.test is watched no more: 3 to close, 1 of them after the lease',
      },
    ]);
  });

  test('that shortens the lifetime closes what is older, and no one else', () => {
    const lifetime = (maxLifetimeMs: number) => defaultSettings({ targets: before.targets, pool: { maxLifetimeMs } });
    const connections = [...open('a.test', { idle: 3, leased: 1 }, 61_000), ...open('b.test', { idle: 2 }, 59_000)];
    expect(configEffects(connections, before, lifetime(60_000), [], nowMs)).toEqual([
      {
        kind: 'expires',
        host: null,
        connections: 4,
        leased: 1,
        text: '4 connections are older than the new lifetime: 4 to close, 1 of them after the lease',
      },
    ]);
    expect(configEffects(connections, lifetime(30_000), lifetime(60_000), [], nowMs)).toEqual([]);
  });

  test('of the TLS of one host replaces its connections alone', () => {
    const diff = [
      { path: 'targets[a.test].profiles', before: null, after: ['modern-h1'], applies: 'reconnect' as const },
    ];
    const connections = [...open('a.test', { idle: 2 }), ...open('b.test', { idle: 2 })];
    expect(configEffects(connections, before, before, diff, nowMs)).toMatchObject([
      { kind: 'reconnects', host: 'a.test', connections: 2 },
    ]);
  });
});
