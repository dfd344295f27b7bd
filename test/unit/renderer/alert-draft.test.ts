import { afterEach, expect, it, vi } from 'vitest';

const path = 'alerts.hold';

/** The page as it is after a reload: its modules anew, what its tab has kept. */
async function reloaded() {
  vi.resetModules();
  return await import('../../../renderer/views/alerts/alert-draft.ts');
}

afterEach(() => vi.unstubAllGlobals());

it('outlives a reload of the tab until it is saved or discarded', async () => {
  const items = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    removeItem: (key: string) => items.delete(key),
    setItem: (key: string, value: string) => items.set(key, value),
  });
  const before = await reloaded();
  before.typeAlertKey(path, '44');
  const after = await reloaded();
  expect(after.useAlertDraft.getState().typed).toEqual({ [path]: '44' });
  after.typeAlertKey(path, '45');
  after.alertKeysSaved({ [path]: '44' });
  expect((await reloaded()).useAlertDraft.getState().typed, 'typed while it was saved').toEqual({ [path]: '45' });
  (await reloaded()).discardAlertDraft();
  expect((await reloaded()).useAlertDraft.getState().typed).toEqual({});
});
