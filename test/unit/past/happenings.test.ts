import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestInput, RequestName, RequestOutput } from '../../../core/contract/index.ts';
import { momentAfter, momentBefore } from '../../../renderer/store/past/happenings.ts';

const secondMs = 1_000;
const presentMs = 1_800_000_000_000;

/** Ejections that lasted a second, newest first, at most so many. */
function apiOf(begins: readonly number[]) {
  const spansIn = ({ fromMs, toMs, limit = 100 }: RequestInput<'history.spans'>) =>
    begins
      .filter((atMs) => atMs < toMs && atMs + secondMs > fromMs)
      .toSorted((one, other) => other - one)
      .slice(0, limit)
      .map((atMs) => ({ fromMs: atMs }));
  return {
    async request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>> {
      const spans = name === 'history.spans' ? { spans: spansIn(input as RequestInput<'history.spans'>) } : {};
      const nothing = {
        'history.changes': { changes: [] },
        'history.warmUps': { warmUps: [] },
        'alerts.past': { alerts: [] },
      };
      return { ...spans, ...Reflect.get(nothing, name), cursor: null } as unknown as RequestOutput<Name>;
    },
  };
}

describe('what happened before and after a moment', () => {
  it('is found however far away it is, and none is passed over on the way there and back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 3, max: 7 * 86_400 }), { minLength: 1, maxLength: 12 }),
        async (agosS) => {
          const begins = agosS.map((agoS) => presentMs - agoS * secondMs).sort((one, other) => one - other);
          const api = apiOf(begins);
          // The first picture that has it.
          const moments = begins.map((atMs) => atMs + secondMs);
          const backwards: number[] = [];
          for (let at = await momentBefore(api, presentMs); at !== null; at = await momentBefore(api, at)) {
            backwards.push(at);
          }
          expect(backwards.reverse()).toEqual(moments);
          const forwards: number[] = [];
          const firstMs = moments[0] ?? 0;
          for (let at: number | null = firstMs - 1; at !== null; at = await momentAfter(api, at, presentMs)) {
            forwards.push(at);
          }
          expect(forwards.slice(1)).toEqual(moments);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is nothing where nothing happened', async () => {
    expect(await momentBefore(apiOf([]), presentMs)).toBeNull();
    expect(await momentAfter(apiOf([]), presentMs - 90_000, presentMs)).toBeNull();
  });
});
