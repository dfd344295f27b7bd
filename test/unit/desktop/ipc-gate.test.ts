import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { EventBus } from '../../../core/base/event-bus.ts';
import { type GatedConsole, MessageGate } from '../../../core/console/message-gate.ts';
import {
  frameChannel,
  heardChannel,
  languageChannel,
  requestChannel,
  subscriptionChannel,
} from '../../../electron/desktop/channels.ts';
import { assertConsoleSender, IpcGate } from '../../../electron/desktop/ipc-gate.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const own = { origin: 'app://hotpool', parent: null };

describe('who may speak', () => {
  test('the console’s main frame', () => {
    expect(() => assertConsoleSender({ senderFrame: own })).not.toThrow();
  });

  test.each([
    ['a frame that is gone', null, 'is gone'],
    ['another origin', { origin: 'https://example.com', parent: null }, 'https://example.com'],
    ['an origin that begins like ours', { origin: 'app://hotpool.evil', parent: null }, 'app://hotpool.evil'],
    ['an opaque origin', { origin: 'null', parent: null }, 'null'],
    ['no origin', { origin: '', parent: null }, 'may not talk'],
    ['a frame of our own origin in ours', { origin: 'app://hotpool', parent: own }, 'inside the console'],
  ])('not %s', (_name, senderFrame, words) => {
    expect(() => assertConsoleSender({ senderFrame })).toThrow(words);
  });
});

class FakeContents extends EventEmitter {
  readonly id = 7;
  readonly sent: unknown[] = [];
  send(channel: string, message: unknown): void {
    this.sent.push([channel, message]);
  }
}

function gateUnderTest() {
  const listeners = new Map<number, (frame: unknown) => void>();
  let last = 0;
  let ready = (): boolean => true;
  const service: GatedConsole = {
    answer: (name, input) => Promise.resolve({ name, input }),
    subscribe: (_stream, listener, options) => {
      ready = options?.isReady ?? ready;
      last += 1;
      const id = last;
      listeners.set(id, listener);
      return () => listeners.delete(id);
    },
  };
  const spoken: string[] = [];
  const handlers = new Map<string, (event: unknown, message: unknown) => unknown>();
  const gate = new IpcGate(
    new MessageGate(service, new EventBus(new ManualClock())),
    {
      handle: (channel, handler) => handlers.set(channel, handler as never),
    },
    (language) => spoken.push(language),
  );
  const contents = new FakeContents();
  gate.attach(contents as never);
  const invoke = async (channel: string, message: unknown, senderFrame: object | null = own): Promise<unknown> =>
    handlers.get(channel)?.({ sender: contents, senderFrame }, message);
  const publish = (frame: unknown): void => {
    for (const listen of listeners.values()) {
      listen(frame);
    }
  };
  return { contents, invoke, publish, listeners, spoken, isReady: () => ready() };
}

describe('what the gate carries', () => {
  test('an answer goes back to who asked', async () => {
    const { invoke } = gateUnderTest();
    expect(await invoke(requestChannel, { type: 'request', id: 4, name: 'session.describe', input: {} })).toEqual({
      type: 'response',
      id: 4,
      output: { name: 'session.describe', input: {} },
    });
  });

  test('a malformed message gets a typed error and reaches nothing', async () => {
    const { invoke } = gateUnderTest();
    expect(await invoke(requestChannel, { type: 'request', id: 4 })).toMatchObject({
      type: 'error',
      id: 4,
      error: { code: 'malformed-message' },
    });
  });

  test('both channels refuse a forged sender', async () => {
    const { invoke, listeners } = gateUnderTest();
    const forged = { origin: 'https://example.com', parent: null };
    await expect(invoke(requestChannel, { type: 'request', id: 1, name: 'x', input: {} }, forged)).rejects.toThrow(
      'Refused',
    );
    await expect(invoke(subscriptionChannel, { type: 'subscribe', id: 1, stream: 'events' }, forged)).rejects.toThrow(
      'Refused',
    );
    expect(listeners.size).toBe(0);
  });

  test('a window that takes nothing in is sent nothing more until it does', async () => {
    const { invoke, publish, isReady } = gateUnderTest();
    await invoke(subscriptionChannel, { type: 'subscribe', id: 9, stream: 'events' });
    for (let sent = 0; sent < 64; sent += 1) {
      expect(isReady()).toBe(true);
      publish({ sent });
    }
    expect(isReady()).toBe(false);
    for (const wrong of [0, -1, 65, 1.5, '8', null]) {
      await expect(invoke(heardChannel, wrong)).rejects.toThrow('Refused');
    }
    expect(isReady()).toBe(false);
    await invoke(heardChannel, 8);
    expect(isReady()).toBe(true);
  });

  test('the language of the page is taken from the console alone, and only one that there is', async () => {
    const { invoke, spoken } = gateUnderTest();
    await invoke(languageChannel, 'zh');
    const forged = { origin: 'https://example.com', parent: null };
    await expect(invoke(languageChannel, 'en', forged)).rejects.toThrow('Refused');
    for (const wrong of ['de', '', null, { language: 'en' }]) {
      await expect(invoke(languageChannel, wrong)).rejects.toThrow('no language of the console');
    }
    expect(spoken).toEqual(['zh']);
  });

  test('frames are pushed until the subscription ends', async () => {
    const { contents, invoke, publish } = gateUnderTest();
    await invoke(subscriptionChannel, { type: 'subscribe', id: 3, stream: 'events' });
    publish('first');
    await invoke(subscriptionChannel, { type: 'unsubscribe', id: 3 });
    publish('second');
    expect(contents.sent).toEqual([[frameChannel, { type: 'frame', id: 3, frame: 'first' }]]);
  });

  test.each(['did-navigate', 'render-process-gone', 'destroyed'])(
    '%s ends the subscriptions of the document',
    async (event) => {
      const { contents, invoke, listeners } = gateUnderTest();
      await invoke(subscriptionChannel, { type: 'subscribe', id: 1, stream: 'events' });
      expect(listeners.size).toBe(1);
      contents.emit(event);
      expect(listeners.size).toBe(0);
    },
  );

  test('a new document may use the same numbers again', async () => {
    const { contents, invoke, publish } = gateUnderTest();
    await invoke(subscriptionChannel, { type: 'subscribe', id: 1, stream: 'events' });
    contents.emit('did-navigate');
    await invoke(subscriptionChannel, { type: 'subscribe', id: 1, stream: 'events' });
    publish('again');
    expect(contents.sent).toEqual([[frameChannel, { type: 'frame', id: 1, frame: 'again' }]]);
  });
});
