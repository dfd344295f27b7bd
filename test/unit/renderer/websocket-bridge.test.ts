import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ContractError } from '../../../core/contract/errors.ts';
import type { ClientMessage } from '../../../core/contract/messages.ts';
import { type Socket, WebSocketBridge } from '../../../renderer/bridge/websocket-bridge.ts';

class FakeSocket implements Socket {
  readyState = 0;
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  readonly sent: ClientMessage[] = [];
  readonly sentBytes: Blob[] = [];
  closed = false;

  send(data: string | Blob): void {
    if (typeof data === 'string') {
      this.sent.push(JSON.parse(data));
    } else {
      this.sentBytes.push(data);
    }
  }

  close(): void {
    this.closed = true;
  }

  accept(): void {
    this.readyState = 1;
    this.onopen?.(new Event('open'));
  }

  say(message: unknown): void {
    this.onmessage?.(new MessageEvent('message', { data: JSON.stringify(message) }));
  }

  drop(): void {
    this.readyState = 3;
    this.onclose?.(new Event('close') as CloseEvent);
  }
}

function setUp(isAuthorised: () => Promise<boolean> = () => Promise.reject(new Error('nobody there'))) {
  const sockets: FakeSocket[] = [];
  const slices: (() => void)[] = [];
  let nowMs = 0;
  const bridge = new WebSocketBridge({
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    isAuthorised,
    random: () => 1,
    // A slice for each piece.
    scheduler: { nowMs: () => (nowMs += 100), next: (slice) => slices.push(slice) },
  });
  const socket = (): FakeSocket => {
    const last = sockets.at(-1);
    if (!last) {
      throw new Error('no socket was opened');
    }
    return last;
  };
  const runSlice = (): boolean => {
    const slice = slices.shift();
    slice?.();
    return slice !== undefined;
  };
  return { bridge, sockets, socket, runSlice };
}

const access = {
  reset: true,
  total: 0,
  revision: 1,
  whitelistMode: 'prefer',
  upserts: [],
  removes: [],
  fileIssues: [],
  moreFileIssues: 0,
  fileGone: false,
  file: '/data/access-lists.toml',
};

describe('WebSocketBridge', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('writes a long request in slices, and sends it once and whole', async () => {
    const { bridge, socket, runSlice } = setUp();
    socket().accept();
    const add = Array.from({ length: 2_500 }, (_, index) => ({
      list: 'black' as const,
      value: `10.0.${index >> 8}.${index & 255}`,
      note: index % 2 === 0 ? '„quoted", 中文' : '',
      expiresAtMs: null,
    }));
    const input = { add, remove: [], expectedRevision: 7, reason: 'long' };
    void bridge.request('access.preview', input);
    expect(socket().sentBytes, 'nothing in the turn that asked').toEqual([]);
    let slices = 0;
    while (runSlice()) {
      slices += 1;
    }
    expect(slices).toBeGreaterThan(3);
    expect(socket().sentBytes).toHaveLength(1);
    const sent = JSON.parse((await socket().sentBytes[0]?.text()) ?? '');
    expect(sent).toEqual({ type: 'request', id: expect.any(Number), name: 'access.preview', input });
  });

  it('does not send a long request whose link broke while it was written: its caller was told that it failed', async () => {
    const { bridge, sockets, socket, runSlice } = setUp();
    socket().accept();
    const remove = Array.from({ length: 2_500 }, (_, index) => ({
      list: 'black' as const,
      value: `10.0.${index >> 8}.${index & 255}`,
      origin: 'operator' as const,
    }));
    const applied = bridge.request('access.apply', { remove });
    const failed = expect(applied).rejects.toMatchObject({ code: 'disconnected' });
    runSlice();
    socket().drop();
    bridge.retryNow();
    socket().accept();
    while (runSlice()) {
      // To the end.
    }
    await failed;
    expect(sockets.map(({ sentBytes }) => sentBytes.length)).toEqual([0, 0]);
  });

  it('answers a request with the parsed output of its own id', async () => {
    const { bridge, socket } = setUp();
    socket().accept();
    const first = bridge.request('warmUp.cancel', { runId: 1 });
    const second = bridge.request('warmUp.cancel', { runId: 2 });
    const [one, two] = socket().sent;
    expect(one).toMatchObject({ type: 'request', name: 'warmUp.cancel', input: { runId: 1 } });
    socket().say({ type: 'response', id: two?.id, output: { cancelled: false } });
    socket().say({ type: 'response', id: one?.id, output: { cancelled: true } });
    await expect(first).resolves.toEqual({ cancelled: true });
    await expect(second).resolves.toEqual({ cancelled: false });
  });

  it('rejects with the host’s own error, issues included', async () => {
    const { bridge, socket } = setUp();
    socket().accept();
    const asked = bridge.request('config.update', { changes: {} });
    const error = { code: 'invalid-input', message: 'no', issues: [{ at: 'pool.x', message: 'unknown key' }] };
    socket().say({ type: 'error', id: socket().sent[0]?.id, error });
    await expect(asked).rejects.toMatchObject({ code: 'invalid-input', issues: error.issues });
  });

  it('rejects an answer that does not fit the contract instead of passing it on', async () => {
    const { bridge, socket } = setUp();
    socket().accept();
    const asked = bridge.request('warmUp.cancel', { runId: 1 });
    socket().say({ type: 'response', id: socket().sent[0]?.id, output: { cancelled: 'yes' } });
    await expect(asked).rejects.toMatchObject({ code: 'malformed-message' });
  });

  it('holds what is asked before the first opening and sends it then', async () => {
    const { bridge, socket } = setUp();
    const asked = bridge.request('warmUp.cancel', { runId: 1 });
    expect(socket().sent).toEqual([]);
    socket().accept();
    socket().say({ type: 'response', id: socket().sent[0]?.id, output: { cancelled: true } });
    await expect(asked).resolves.toEqual({ cancelled: true });
  });

  it('refuses at once while the link is lost, so that nothing is done later by surprise', async () => {
    const { bridge, socket } = setUp();
    socket().accept();
    socket().drop();
    await expect(bridge.request('warmUp.cancel', { runId: 1 })).rejects.toBeInstanceOf(ContractError);
  });

  it('rejects what was under way when the line broke', async () => {
    const { bridge, socket } = setUp();
    socket().accept();
    const asked = bridge.request('warmUp.cancel', { runId: 1 });
    socket().drop();
    await expect(asked).rejects.toMatchObject({ code: 'disconnected' });
  });

  it('subscribes anew after a reconnect and delivers to the same listener', () => {
    const { bridge, sockets, socket } = setUp();
    const seen: number[] = [];
    bridge.subscribe('access', (frame) => seen.push(frame.revision));
    socket().accept();
    expect(socket().sent).toMatchObject([{ type: 'subscribe', stream: 'access' }]);
    socket().say({ type: 'frame', id: socket().sent[0]?.id, frame: access });
    socket().drop();
    expect(bridge.link().phase).toBe('lost');
    vi.advanceTimersByTime(250);
    expect(sockets).toHaveLength(2);
    socket().accept();
    expect(bridge.link()).toMatchObject({ phase: 'live', attempts: 0 });
    socket().say({ type: 'frame', id: socket().sent[0]?.id, frame: { ...access, revision: 2 } });
    expect(seen).toEqual([1, 2]);
  });

  it('does not subscribe anew to what was left meanwhile', () => {
    const { bridge, socket } = setUp();
    const leave = bridge.subscribe('access', () => undefined);
    socket().accept();
    leave();
    expect(socket().sent.map((message) => message.type)).toEqual(['subscribe', 'unsubscribe']);
    socket().drop();
    vi.advanceTimersByTime(250);
    socket().accept();
    expect(socket().sent).toEqual([]);
  });

  it('waits longer after each failure, at most 8 s', () => {
    const { sockets, socket } = setUp();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      const before = sockets.length;
      socket().drop();
      const started = performance.now();
      while (sockets.length === before) {
        vi.advanceTimersByTime(50);
      }
      waits.push(performance.now() - started);
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000]);
  });

  it('tries at once when the operator asks', () => {
    const { bridge, sockets, socket } = setUp();
    socket().drop();
    bridge.retryNow();
    expect(sockets).toHaveLength(2);
    vi.advanceTimersByTime(10_000);
    expect(sockets).toHaveLength(2);
  });

  it('stops trying when the host does not know the key', async () => {
    const { bridge, sockets, socket } = setUp(() => Promise.resolve(false));
    socket().drop();
    await vi.advanceTimersByTimeAsync(0);
    expect(bridge.link().phase).toBe('unauthorised');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(1);
  });

  it('asks about the key only where the socket never opened', async () => {
    const isAuthorised = vi.fn(() => Promise.resolve(true));
    const { socket } = setUp(isAuthorised);
    socket().accept();
    socket().drop();
    expect(isAuthorised).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(250);
    socket().drop();
    expect(isAuthorised).toHaveBeenCalledOnce();
  });

  it('takes a socket that has gone silent for dead', () => {
    const { bridge, sockets, socket } = setUp();
    bridge.subscribe('statistics', () => undefined);
    socket().accept();
    const silent = socket();
    vi.advanceTimersByTime(15_300);
    expect(silent.closed).toBe(true);
    expect(sockets).toHaveLength(2);
  });

  it('keeps a frame it cannot read from the listener and says so', () => {
    const { bridge, socket } = setUp();
    const listener = vi.fn();
    bridge.subscribe('access', listener);
    socket().accept();
    socket().say({ type: 'frame', id: socket().sent[0]?.id, frame: { revision: 'one' } });
    expect(listener).not.toHaveBeenCalled();
    expect(bridge.link().fault).toContain('access');
  });

  it('after closing neither answers nor connects', async () => {
    const { bridge, sockets, socket } = setUp();
    socket().accept();
    const asked = bridge.request('warmUp.cancel', { runId: 1 });
    bridge.close();
    await expect(asked).rejects.toMatchObject({ code: 'closed' });
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
  });
});
