/** A draft of any length on its way to the engine: the real requests of the lists behind a wire that can be looked at. */
import { describe, expect, it } from 'vitest';
import { accessHandlers } from '../../../core/console/access-requests.ts';
import { StagedChanges } from '../../../core/console/staged-changes.ts';
import { accessRequests } from '../../../core/contract/access.ts';
import type { ConsoleApi } from '../../../core/contract/index.ts';
import { type AccessDraft, emptyDraft } from '../../../renderer/store/access-draft.ts';
import { allConflicts, resolved } from '../../../renderer/store/access-merge.ts';
import { askWithDraft } from '../../../renderer/store/carried-change.ts';
import { accessFixture, adding } from '../../support/access-fixtures.ts';

type Name = 'access.stage' | 'access.preview' | 'access.apply' | 'access.findings';

function engine() {
  const { lists, clock } = accessFixture();
  const staged = new StagedChanges(clock);
  const handlers = accessHandlers(lists, { countByIp: () => ({ total: 0, leased: 0 }) }, staged);
  const asked: { readonly name: string; readonly bytes: number }[] = [];
  const api = {
    request: async (name: Name, input: unknown) => {
      asked.push({ name, bytes: Buffer.byteLength(JSON.stringify(input)) });
      const parsed = accessRequests[name].input.parse(input);
      return (handlers[name] as (given: unknown) => unknown)(parsed);
    },
  } as Pick<ConsoleApi, 'request'>;
  const names = (): string[] => asked.map(({ name }) => name.replace('access.', ''));
  return { api, asked, names, lists, staged };
}

function draftOf(entries: number, note = '', change: Partial<AccessDraft> = {}): AccessDraft {
  const add = Array.from({ length: entries }, (_, index) => ({
    list: 'black' as const,
    value: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
    note,
    expiresAtMs: null,
  }));
  return { ...emptyDraft, add, ...change };
}

const preview = (api: Pick<ConsoleApi, 'request'>, draft: AccessDraft) =>
  askWithDraft(api, draft, (change) => api.request('access.preview', change));
const apply = (api: Pick<ConsoleApi, 'request'>, draft: AccessDraft) =>
  askWithDraft(api, draft, (change) => api.request('access.apply', { ...change, reason: 'test' }));

describe('a draft', () => {
  it('that is short goes with the question', async () => {
    const { api, names, lists } = engine();
    await preview(api, draftOf(1_000));
    await apply(api, draftOf(1_000));
    expect(names()).toEqual(['preview', 'apply']);
    expect(lists.size).toBe(1_000);
  });

  it('of 100,000 lines with long notes goes in small pieces, once, and is applied whole', async () => {
    const { api, asked, names, lists } = engine();
    const draft = draftOf(100_000, 'n'.repeat(100));
    await preview(api, draft);
    await preview(api, draft);
    expect(await apply(api, draft)).toMatchObject({ added: 100_000 });
    expect(lists.size).toBe(100_000);
    expect(names().filter((name) => name === 'stage')).toHaveLength(100);
    expect(names().slice(100)).toEqual(['preview', 'preview', 'apply']);
    expect(Math.max(...asked.map(({ bytes }) => bytes))).toBeLessThan(1_000_000);
  });

  it('that removes and adds keeps each line, wherever it is cut', async () => {
    const { api, lists } = engine();
    await apply(api, draftOf(1_500));
    const remove = draftOf(1_500).add.map(({ list, value }) => ({ list, value, origin: 'operator' as const }));
    const add = draftOf(1_300).add.map((line) => ({ ...line, list: 'white' as const }));
    expect(await apply(api, { add, remove, revision: lists.revision })).toMatchObject({ added: 1_300, removed: 1_500 });
    expect([lists.whitelistCount, lists.blacklistCount]).toEqual([1_300, 0]);
  });

  it('that the engine has forgotten is carried again', async () => {
    const { api, names, staged } = engine();
    const draft = draftOf(2_500);
    await preview(api, draft);
    staged.close();
    await expect(apply(api, draft)).resolves.toMatchObject({ added: 2_500 });
    expect(names()).toEqual(['stage', 'stage', 'stage', 'preview', 'apply', 'stage', 'stage', 'stage', 'apply']);
  });

  it('that became another is carried anew, and the engine keeps nothing of the former', async () => {
    const { api, asked, lists } = engine();
    await preview(api, draftOf(2_000));
    await preview(api, draftOf(1_500));
    await apply(api, draftOf(1_200));
    expect(lists.size).toBe(1_200);
    await expect(api.request('access.preview', { staged: 'x' })).rejects.toMatchObject({ code: 'not-found' });
    expect(asked.filter(({ name }) => name === 'access.stage').length).toBe(2 + 1 + 2 + 1 + 2);
  });

  it('that is too long is refused in words before anything is sent', async () => {
    const { api, asked } = engine();
    await expect(apply(api, draftOf(400_001))).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('at most 400000 lines'),
    });
    expect(asked).toEqual([]);
  });
});

describe('conflicts beyond the first thousand', () => {
  it('are all decided by one choice, and none is named again', async () => {
    const { api, lists } = engine();
    const values = draftOf(2_500).add.map(({ value }) => ({ value, note: 'theirs' }));
    await lists.apply(adding('black', ...values));
    const mine = draftOf(2_500, 'mine', { revision: 0 });
    const first = await preview(api, mine);
    expect([first.conflicts.length, first.conflictCount]).toEqual([1_000, 2_500]);
    const known = await allConflicts(api, mine, first);
    expect(known.conflicts).toHaveLength(2_500);
    expect(resolved(mine, known, () => 'theirs').add).toEqual([]);
    const kept = resolved(mine, known, () => 'mine');
    expect(await preview(api, kept)).toMatchObject({ conflictCount: 0 });
    expect(await apply(api, kept)).toMatchObject({ added: 2_500 });
  });

  it('that come while the others are asked for are named by the next preview', async () => {
    const { api, lists } = engine();
    const values = draftOf(1_500).add.map(({ value }) => ({ value, note: 'theirs' }));
    await lists.apply(adding('black', ...values));
    const mine = draftOf(1_500, 'mine', { revision: 0 });
    const first = await preview(api, mine);
    await lists.apply(adding('black', { value: '10.0.0.3', note: 'theirs again' }));
    const known = await allConflicts(api, mine, first);
    const kept = resolved(mine, known, () => 'mine');
    expect(await preview(api, kept)).toMatchObject({ conflictCount: 1, conflicts: [{ value: '10.0.0.3' }] });
  });
});
