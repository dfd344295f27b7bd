import { beforeEach, describe, expect, it } from 'vitest';
import { EventBus } from '../../../core/base/event-bus.ts';
import {
  type GateClient,
  type GatedConsole,
  type GateSession,
  MessageGate,
} from '../../../core/console/message-gate.ts';
import { parseInput } from '../../../core/console/request-input.ts';
import { ContractError } from '../../../core/contract/errors.ts';
import type { EngineEvent } from '../../../core/contract/events.ts';
import type { RequestName, StreamName } from '../../../core/contract/index.ts';
import { type HostMessage, hostMessageSchema } from '../../../core/contract/messages.ts';
import { textOf } from '../../support/event-words.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';

/** Stands for the engine: whatever reaches it is written down. */
class FakeConsole implements GatedConsole {
  readonly reached: { name: RequestName; input: unknown }[] = [];
  readonly live = new Map<StreamName, { send: (frame: unknown) => void; isReady: () => boolean }>();
  outcome: () => Promise<unknown> = async () => ({ ok: true });

  answer(name: RequestName, input: unknown): Promise<unknown> {
    return Promise.resolve().then(() => {
      this.reached.push({ name, input: parseInput(name, input) });
      return this.outcome();
    });
  }

  subscribe(
    stream: StreamName,
    listener: (frame: unknown) => void,
    options: { isReady?: (() => boolean) | undefined } = {},
  ): () => void {
    this.live.set(stream, { send: listener, isReady: options.isReady ?? (() => true) });
    return () => this.live.delete(stream);
  }
}

let engine: FakeConsole;
let gate: MessageGate;
let sent: HostMessage[];
let session: GateSession;
let heard: EngineEvent[];

function openSession(client: Partial<GateClient> = {}): GateSession {
  return gate.open({ send: (message) => sent.push(message), ...client });
}

beforeEach(() => {
  engine = new FakeConsole();
  heard = [];
  const events = new EventBus(new ManualClock());
  events.subscribe((event) => heard.push(event));
  gate = new MessageGate(engine, events);
  sent = [];
  session = openSession();
});

describe('malformed messages', () => {
  const malformed: [string, unknown, number | null][] = [
    ['null', null, null],
    ['a string', 'request', null],
    ['a list', [], null],
    ['no type', { id: 1, name: 'statistics.get', input: {} }, 1],
    ['another type', { type: 'evaluate', id: 4 }, 4],
    ['no id', { type: 'request', name: 'statistics.get', input: {} }, null],
    ['an id of 0', { type: 'request', id: 0, name: 'statistics.get', input: {} }, null],
    ['an id that is no whole number', { type: 'unsubscribe', id: 1.5 }, null],
    ['a name that is no text', { type: 'request', id: 2, name: 7, input: {} }, 2],
    ['a name without end', { type: 'subscribe', id: 3, stream: 'x'.repeat(101) }, 3],
    ['a key too many', { type: 'subscribe', id: 5, stream: 'events', extra: 1 }, 5],
  ];

  it.each(malformed)('%s: a typed error to its sender, the engine untouched', async (_, message, id) => {
    session.receive(message);
    await settle();
    expect(sent).toEqual([{ type: 'error', id, error: expect.objectContaining({ code: 'malformed-message' }) }]);
    expect(engine.reached).toEqual([]);
    expect(engine.live.size).toBe(0);
    expect(await gate.answer(message)).toMatchObject({ type: 'error', id });
  });

  it('text that is not JSON', () => {
    session.receiveText('{"type":');
    expect(sent).toEqual([{ type: 'error', id: null, error: expect.objectContaining({ code: 'malformed-message' }) }]);
  });

  it('never end the session: the next right message is answered', async () => {
    session.receive({ type: 'nonsense' });
    session.receiveText(JSON.stringify({ type: 'request', id: 9, name: 'statistics.get', input: {} }));
    await settle();
    expect(sent.at(-1)).toEqual({ type: 'response', id: 9, output: { ok: true } });
  });
});

describe('requests', () => {
  it('reach the engine parsed, with defaults filled in, and are answered under their id', async () => {
    session.receive({ type: 'request', id: 3, name: 'warmUp.start', input: { hosts: ['a.test'], connections: 5 } });
    await settle();
    expect(engine.reached).toEqual([
      {
        name: 'warmUp.start',
        input: {
          hosts: ['a.test'],
          connections: 5,
          ips: null,
          onlyCold: false,
          concurrency: null,
          dialsPerSecond: null,
          timeoutMs: 10_000,
          retries: 3,
        },
      },
    ]);
    expect(sent).toEqual([{ type: 'response', id: 3, output: { ok: true } }]);
  });

  it.each([
    ['toString', 'unknown-request'],
    ['__proto__', 'unknown-request'],
    ['pool.destroy', 'unknown-request'],
  ])('%s is refused as %s', async (name, code) => {
    session.receive({ type: 'request', id: 1, name, input: {} });
    await settle();
    expect(sent).toEqual([{ type: 'error', id: 1, error: expect.objectContaining({ code }) }]);
    expect(engine.reached).toEqual([]);
  });

  it('with wrong input are refused with the path of each issue', async () => {
    const input = {
      add: [{ list: 'grey', value: '' }],
      remove: [{ list: 'white', value: '1.2.3.4', origin: 'config' }],
    };
    session.receive({ type: 'request', id: 1, name: 'access.apply', input });
    session.receive({ type: 'request', id: 2, name: 'statistics.get', input: null });
    await settle();
    expect(sent[0]).toMatchObject({
      type: 'error',
      id: 1,
      error: {
        code: 'invalid-input',
        message: expect.stringContaining('access.apply'),
        issues: [{ at: 'add.0.list' }, { at: 'add.0.value' }, { at: 'remove.0.origin' }],
      },
    });
    expect(sent[1]).toMatchObject({ type: 'error', id: 2, error: { code: 'invalid-input' } });
    expect(engine.reached).toEqual([]);
  });

  it('with a hundred thousand wrong entries are refused with a hundred issues', async () => {
    const ids = Array.from({ length: 20_000 }, () => -1);
    session.receive({ type: 'request', id: 1, name: 'connections.close', input: { ids } });
    await settle();
    const [answer] = sent;
    expect(answer?.type === 'error' && answer.error.issues).toHaveLength(100);
  });

  it('that the engine refuses carry its typed error', async () => {
    engine.outcome = () => Promise.reject(new ContractError('conflict', 'b.test is not watched'));
    session.receive({ type: 'request', id: 1, name: 'statistics.get', input: {} });
    await settle();
    expect(sent).toEqual([
      { type: 'error', id: 1, error: { code: 'conflict', message: 'b.test is not watched', issues: [] } },
    ]);
  });

  it('that fail unexpectedly are internal: no stack, no inner message on the wire, both in the log', async () => {
    engine.outcome = () => Promise.reject(new TypeError('secret /home/someone/file.ts'));
    session.receive({ type: 'request', id: 1, name: 'statistics.get', input: {} });
    await settle();
    expect(sent).toEqual([{ type: 'error', id: 1, error: expect.objectContaining({ code: 'internal' }) }]);
    expect(JSON.stringify(sent)).not.toMatch(/secret|\.ts|at /);
    expect(heard).toContainEqual(expect.objectContaining({ level: 'error', kind: 'console.internal-error' }));
    const stacks = heard.filter((event) => textOf(event).includes('\n'));
    expect(stacks.map(({ level }) => level)).toEqual(['debug']);
  });

  it('of one client are bounded while they are under way', async () => {
    engine.outcome = () => new Promise(() => {});
    for (let id = 1; id <= 300; id += 1) {
      session.receive({ type: 'request', id, name: 'statistics.get', input: {} });
    }
    await settle();
    expect(engine.reached).toHaveLength(256);
    expect(sent).toHaveLength(44);
    expect(sent[0]).toMatchObject({ type: 'error', id: 257, error: { code: 'refused' } });
  });

  it('outside of a session: answered one by one, subscriptions refused', async () => {
    expect(await gate.answer({ type: 'request', id: 5, name: 'statistics.get', input: {} })).toEqual({
      type: 'response',
      id: 5,
      output: { ok: true },
    });
    expect(await gate.answer({ type: 'subscribe', id: 6, stream: 'events' })).toMatchObject({
      type: 'error',
      id: 6,
      error: { code: 'malformed-message' },
    });
  });
});

describe('subscriptions', () => {
  it('carry frames under their id until they are ended', () => {
    session.receive({ type: 'subscribe', id: 8, stream: 'events' });
    engine.live.get('events')?.send({ n: 1 });
    session.receive({ type: 'unsubscribe', id: 8 });
    session.receive({ type: 'unsubscribe', id: 8 });
    session.receive({ type: 'unsubscribe', id: 77 });
    expect(engine.live.size).toBe(0);
    expect(sent).toEqual([{ type: 'frame', id: 8, frame: { n: 1 } }]);
  });

  it('to an unknown stream, under an id in use, and beyond the bound are refused', () => {
    session.receive({ type: 'subscribe', id: 1, stream: 'constructor' });
    session.receive({ type: 'subscribe', id: 2, stream: 'events' });
    session.receive({ type: 'subscribe', id: 2, stream: 'access' });
    for (let id = 3; id <= 66; id += 1) {
      session.receive({ type: 'subscribe', id, stream: 'statistics' });
    }
    const codes = sent.map((message) => message.type === 'error' && [message.id, message.error.code]);
    expect(codes).toEqual([
      [1, 'unknown-stream'],
      [2, 'conflict'],
      [66, 'refused'],
    ]);
    expect([...engine.live.keys()]).toEqual(['events', 'statistics']);
  });

  it('end when the client is gone; late answers and frames go nowhere', async () => {
    let finish = (): void => {};
    engine.outcome = () => new Promise((resolve) => (finish = () => resolve({})));
    session.receive({ type: 'subscribe', id: 1, stream: 'events' });
    session.receive({ type: 'request', id: 2, name: 'statistics.get', input: {} });
    const late = engine.live.get('events');
    await settle();
    session.close();
    session.close();
    expect(engine.live.size).toBe(0);
    finish();
    late?.send({});
    session.receive({ type: 'subscribe', id: 3, stream: 'events' });
    await settle();
    expect(sent).toEqual([]);
    expect(engine.live.size).toBe(0);
  });

  it('of a client whose wire breaks end by themselves, and no other client notices', () => {
    const broken = openSession({
      send: () => {
        throw new Error('EPIPE');
      },
    });
    broken.receive({ type: 'subscribe', id: 1, stream: 'access' });
    session.receive({ type: 'subscribe', id: 1, stream: 'events' });
    engine.live.get('access')?.send({});
    engine.live.get('events')?.send({});
    expect([...engine.live.keys()]).toEqual(['events']);
    expect(sent).toHaveLength(1);
  });

  it('tell the engine when the way to the client is full', () => {
    let full = false;
    openSession({ isReady: () => !full }).receive({ type: 'subscribe', id: 1, stream: 'connections' });
    const { isReady } = engine.live.get('connections') ?? { isReady: () => false };
    expect(isReady()).toBe(true);
    full = true;
    expect(isReady()).toBe(false);
  });
});

it('says only what the envelope of the contract knows', async () => {
  session.receive({ type: 'subscribe', id: 1, stream: 'events' });
  engine.live.get('events')?.send({ reset: true });
  session.receive({ type: 'request', id: 2, name: 'statistics.get', input: {} });
  session.receive(undefined);
  await settle();
  expect(sent).toHaveLength(3);
  for (const message of sent) {
    expect(hostMessageSchema.parse(message)).toEqual(message);
  }
});
