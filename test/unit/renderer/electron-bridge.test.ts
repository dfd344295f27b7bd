import { describe, expect, it, vi } from 'vitest';
import type { DesktopBridge } from '../../../core/contract/desktop-bridge.ts';
import { ElectronBridge } from '../../../renderer/bridge/electron-bridge.ts';

function desktop(answer: (message: { id: number; name: string }) => unknown) {
  const listeners = new Map<string, (message: unknown) => void>();
  const end = vi.fn();
  const bridge: DesktopBridge = {
    request: async (message) => answer(message),
    subscribe: (stream, listener) => {
      listeners.set(stream, listener);
      return end;
    },
    zoom: () => 1,
    setZoom: () => undefined,
    setLanguage: () => Promise.resolve(),
  };
  return { bridge, listeners, end };
}

describe('ElectronBridge', () => {
  it('unpacks an answer', async () => {
    const { bridge } = desktop(({ id }) => ({ type: 'response', id, output: { cancelled: true } }));
    await expect(new ElectronBridge(bridge).request('warmUp.cancel', { runId: 1 })).resolves.toEqual({
      cancelled: true,
    });
  });

  it('throws the error that came as an answer', async () => {
    const error = { code: 'not-found', message: 'no such run', issues: [] };
    const { bridge } = desktop(({ id }) => ({ type: 'error', id, error }));
    await expect(new ElectronBridge(bridge).request('warmUp.cancel', { runId: 1 })).rejects.toMatchObject(error);
  });

  it('says disconnected when main refuses or is gone', async () => {
    const { bridge } = desktop(() => Promise.reject(new Error('no handler')));
    await expect(new ElectronBridge(bridge).request('warmUp.cancel', { runId: 1 })).rejects.toMatchObject({
      code: 'disconnected',
    });
  });

  it('delivers parsed frames, keeps bad ones back, and ends once', () => {
    const { bridge, listeners, end } = desktop(() => null);
    const console = new ElectronBridge(bridge);
    const seen: unknown[] = [];
    const leave = console.subscribe('events', (frame) => seen.push(frame));
    listeners.get('events')?.({ type: 'frame', id: 1, frame: { reset: true, events: [] } });
    listeners.get('events')?.({ type: 'frame', id: 1, frame: { reset: 1 } });
    expect(seen).toEqual([{ reset: true, events: [] }]);
    expect(console.link().fault).toContain('events');
    leave();
    console.close();
    expect(end).toHaveBeenCalledOnce();
  });
});
