import { afterEach, beforeEach, describe, expect, it, type Mock, vi } from 'vitest';
import { ContractError } from '../../../core/contract/errors.ts';
import type { ConsoleApi } from '../../../core/contract/index.ts';
import type { KeptPreferences } from '../../../core/contract/preferences.ts';
import { keepPreferences } from '../../../renderer/store/kept-preferences.ts';
import { changePreferences, initialPreferences, usePreferences } from '../../../renderer/store/preferences.ts';

let sent: KeptPreferences[];
let answer: () => Promise<unknown>;
let tell: (kept: KeptPreferences) => void;
let failed: Mock<(error: unknown) => void>;
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  usePreferences.setState(initialPreferences);
  sent = [];
  answer = async () => ({});
  failed = vi.fn<(error: unknown) => void>();
});

afterEach(() => {
  end();
  usePreferences.setState(initialPreferences);
  vi.useRealTimers();
});

function keep(): void {
  const api = {
    request: (_name: string, input: { change: KeptPreferences }) => {
      sent.push(input.change);
      return answer();
    },
    subscribe: (_name: string, listener: (kept: KeptPreferences) => void) => {
      tell = listener;
      return () => undefined;
    },
  };
  end = keepPreferences(api as unknown as ConsoleApi, failed);
}

const rest = () => vi.advanceTimersByTimeAsync(1_000);

describe('preferences that the engine keeps', () => {
  it('are taken over, and what nobody chose is as at first', async () => {
    changePreferences({ theme: 'light', operatorName: 'of another folder' });
    keep();
    tell({ density: 'comfortable', columnOrder: ['host'] });
    await rest();
    expect(usePreferences.getState()).toMatchObject({ theme: 'dark', density: 'comfortable', operatorName: '' });
    expect(sent).toEqual([]);
  });

  it('begin with what this browser had', async () => {
    changePreferences({ theme: 'light', browserNotifications: true });
    keep();
    tell({});
    await rest();
    expect(sent).toEqual([{ theme: 'light' }]);
  });

  it('are sent at once, only those that were changed; what follows is sent together', async () => {
    keep();
    tell({ operatorName: 'Ada' });
    for (const width of [60, 70, 80]) {
      changePreferences({ columnWidths: { ip: width } });
    }
    await rest();
    expect(sent).toEqual([{ columnWidths: { ip: 60 } }, { columnWidths: { ip: 80 } }]);
    tell({ operatorName: 'Ada', columnWidths: { ip: 80 }, theme: 'light' });
    await rest();
    expect([usePreferences.getState().theme, sent.length]).toEqual(['light', 2]);
  });

  it('that are chosen while the engine is lost hold, and are sent when it is back', async () => {
    keep();
    tell({ theme: 'dark' });
    answer = () => Promise.reject(new ContractError('disconnected', 'lost'));
    changePreferences({ theme: 'light' });
    await rest();
    answer = async () => ({});
    tell({ theme: 'dark', density: 'comfortable' });
    expect(usePreferences.getState()).toMatchObject({ theme: 'light', density: 'comfortable' });
    await rest();
    expect(sent).toEqual([{ theme: 'light' }, { theme: 'light' }]);
    expect(failed).not.toHaveBeenCalled();
  });

  it('that cannot be kept hold here, and it is said once', async () => {
    keep();
    tell({});
    answer = () => Promise.reject(new ContractError('refused', 'disk full'));
    changePreferences({ theme: 'light' });
    await rest();
    changePreferences({ theme: 'system' });
    await rest();
    expect(failed).toHaveBeenCalledTimes(1);
    expect(usePreferences.getState().theme).toBe('system');
  });

  it('of a table that has changed since are left out', () => {
    keep();
    tell({
      connectionSort: { column: 'gone', descending: true },
      connectionGrouping: 'planet',
      theme: 'light',
    });
    const { connectionSort, connectionGrouping, theme } = usePreferences.getState();
    expect([connectionSort, connectionGrouping, theme]).toEqual([
      initialPreferences.connectionSort,
      initialPreferences.connectionGrouping,
      'light',
    ]);
  });
});
