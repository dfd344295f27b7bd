import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Post, signatureOf, Webhook } from '../../../core/alerts/webhook.ts';
import { EventBus } from '../../../core/base/event-bus.ts';
import { seededRandom } from '../../../core/base/random.ts';
import type { Alert } from '../../../core/contract/alerts.ts';
import type { EngineEvent } from '../../../core/contract/events.ts';
import { textOf } from '../../support/event-words.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';

const alert: Alert = {
  id: 7,
  rule: 'success-rate',
  subject: 'pool',
  severity: 'critical',
  state: 'firing',
  sinceMs: 0,
  firedAtMs: 30_000,
  clearSinceMs: null,
  resolvedAtMs: null,
  firings: 1,
  value: 0.71,
  worst: 0.6,
  threshold: 0.8,
  clearAt: 0.82,
  holdMs: 30_000,
  clearHoldMs: 10_000,
  detail: null,
  acknowledged: null,
  mutedUntilMs: null,
};

let clock: ManualClock;
let events: EngineEvent[];
let posts: { url: string; headers: Readonly<Record<string, string>>; body: string }[];
let answers: (number | Error)[];
let settings: { webhookUrl: string; webhookSecretFile: string };
let webhook: Webhook;
let folder: string;

beforeEach(() => {
  clock = new ManualClock();
  events = [];
  posts = [];
  answers = [];
  folder = mkdtempSync(join(tmpdir(), 'hotpool-webhook-'));
  settings = { webhookUrl: 'https://hooks.test/a-secret-path', webhookSecretFile: '' };
  const bus = new EventBus(clock);
  bus.subscribe((event) => events.push(event));
  const post: Post = async (url, headers, body) => {
    posts.push({ url, headers, body });
    const answer = answers.shift() ?? 204;
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
  webhook = new Webhook({ clock, random: seededRandom(1), events: bus, settings: () => settings, post });
});

afterEach(() => {
  webhook.close();
  rmSync(folder, { recursive: true, force: true });
});

const kinds = (): string[] => events.map(({ kind }) => kind);
const sent = (): string[] => posts.map(({ headers }) => headers['hotpool-delivery'] ?? '');

describe('the webhook', () => {
  it('that is newly set hears of what fires already, but not of what somebody knows, and not twice', async () => {
    settings = { ...settings, webhookUrl: 'https://other.test/hook' };
    const known: Alert = { ...alert, id: 8, state: 'acknowledged' };
    webhook.settingsChanged([alert, known]);
    webhook.settingsChanged([alert, known]);
    await settle();
    expect(posts.map(({ url, body }) => [url, JSON.parse(body).alert.id])).toEqual([['https://other.test/hook', 7]]);
  });

  it('says what fired, in words and in figures', async () => {
    webhook.tell({ kind: 'fired', alert });
    await settle();
    expect(JSON.parse(posts[0]?.body ?? '')).toEqual({
      event: 'alert.fired',
      atMs: clock.epochMs(),
      text: 'success rate 71 % < 80 %',
      alert,
    });
    expect(posts[0]?.headers['hotpool-signature']).toBeUndefined();
    expect(events).toEqual([]);
  });

  it('signs body and time by the secret in the file, which may be another at each time', async () => {
    settings = { ...settings, webhookSecretFile: join(folder, 'secret') };
    for (const secret of ['first', 'second']) {
      writeFileSync(settings.webhookSecretFile, `${secret}\n`);
      webhook.tell({ kind: 'fired', alert });
      await expect.poll(() => posts.length).toBe(secret === 'first' ? 1 : 2);
      const last = posts.at(-1);
      const signature = signatureOf(secret, clock.epochMs() / 1_000, last?.body ?? '');
      expect(last?.headers['hotpool-signature']).toBe(signature);
    }
  });

  it('sends nothing unsigned when the secret cannot be read', async () => {
    settings = { ...settings, webhookSecretFile: join(folder, 'none') };
    webhook.tell({ kind: 'fired', alert });
    await expect.poll(kinds).toEqual(['alert.webhook-failed']);
    expect(textOf(events[0])).toContain(settings.webhookSecretFile);
    expect(posts).toEqual([]);
  });

  it('tries again with a back-off, says so once, and keeps the order', async () => {
    answers = [new Error('ECONNREFUSED'), 503, 429, 200];
    webhook.tell({ kind: 'fired', alert });
    webhook.tell({ kind: 'resolved', alert: { ...alert, state: 'resolved' } });
    await settle();
    expect(posts).toHaveLength(1);
    await clock.advance(1_100);
    expect(posts).toHaveLength(2);
    await clock.advance(2_200);
    await clock.advance(4_400);
    expect(sent()).toEqual(['7-fired-1', '7-fired-1', '7-fired-1', '7-fired-1', '7-resolved-2']);
    expect(kinds()).toEqual(['alert.webhook-failed']);
    expect(events[0]).toMatchObject({ subject: 'hooks.test', level: 'warn' });
    expect(JSON.stringify(events)).not.toContain('a-secret-path');
  });

  it('gives up what is refused for good at once, and the rest after some minutes, each with an event', async () => {
    answers = [404];
    webhook.tell({ kind: 'fired', alert });
    await settle();
    expect(kinds()).toEqual(['alert.webhook-gave-up']);
    answers = Array.from({ length: 20 }, () => 500);
    webhook.tell({ kind: 'fired', alert });
    await clock.advance(400_000);
    expect(posts).toHaveLength(10);
    expect(kinds()).toEqual(['alert.webhook-gave-up', 'alert.webhook-failed', 'alert.webhook-gave-up']);
    expect(clock.timers).toBe(0);
  });

  it('keeps no more than a hundred while nobody answers', async () => {
    answers = Array.from({ length: 1_000 }, () => 500);
    for (let index = 0; index < 150; index += 1) {
      webhook.tell({ kind: 'fired', alert: { ...alert, id: index + 1 } });
    }
    expect(kinds()).toHaveLength(50);
    answers = [];
    await clock.advance(2_000);
    expect(new Set(sent()).size).toBe(100);
    expect(sent().at(-1)).toBe('150-fired-150');
  });

  it('tells nothing without a URL, and stops when it is taken away or the engine closes', async () => {
    settings = { ...settings, webhookUrl: '' };
    webhook.tell({ kind: 'fired', alert });
    await settle();
    expect(posts).toEqual([]);
    settings = { ...settings, webhookUrl: 'https://hooks.test/' };
    answers = [500];
    webhook.tell({ kind: 'fired', alert });
    await settle();
    webhook.close();
    await clock.advance(60_000);
    expect(posts).toHaveLength(1);
    expect(clock.timers).toBe(0);
  });
});
