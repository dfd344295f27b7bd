import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestInput, RequestName, RequestOutput } from '../../../core/contract/index.ts';
import { momentAfter, momentBefore } from '../../../renderer/store/past/happenings.ts';

const secondMs = 1_000;
const presentMs = 1_800_000_000_000;

/** Ejections that lasted a second, newest first, at most so many. */
function apiOf(begins: readonly number[]) {
  const limitOf = (input: unknown): number => (input as RequestInput<'history.spans'>).limit ?? 100;
  const spansIn = ({ fromMs, toMs }: RequestInput<'history.spans'>) =>
    begins
      .filter((atMs) => atMs < toMs && atMs + secondMs > fromMs)
      .toSorted((one, other) => other - one)
      .map((atMs) => ({ fromMs: atMs }));
  return {
    async request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>> {
      const found = name === 'history.spans' ? spansIn(input as RequestInput<'history.spans'>) : null;
      const nothing = {
        'history.changes': { changes: [] },
        'history.warmUps': { warmUps: [] },
        'alerts.past': { alerts: [] },
      };
      const answer = found
        ? { spans: found.slice(0, limitOf(input)), cursor: found.length > limitOf(input) ? 1 : null }
        : { ...Reflect.get(nothing, name), cursor: null };
      return answer as unknown as RequestOutput<Name>;
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

  it('is the first after it also where more happened than is told at once', async () => {
    const beganMs = presentMs - 3_600_000;
    const many = Array.from({ length: 1_200 }, (_, index) => beganMs + 20_000 + index * 7);
    const api = apiOf([beganMs + 5_000, ...many]);
    expect(await momentAfter(api, beganMs, presentMs)).toBe(beganMs + 6_000);
    expect(await momentAfter(api, beganMs + 6_000, presentMs)).toBe(beganMs + 21_000);
  });

  it('is not looked for again and again where much reaches into the time that began before', async () => {
    const asked: unknown[] = [];
    const long = Array.from({ length: 600 }, (_, index) => ({ fromMs: presentMs - 9_000_000 - index }));
    const quiet = apiOf([]);
    const api: typeof quiet = {
      async request(name, input) {
        asked.push(name);
        const answer = { spans: long.slice(0, 500), cursor: 1 };
        return name === 'history.spans' ? (answer as never) : quiet.request(name, input);
      },
    };
    expect(await momentAfter(api, presentMs - 90_000, presentMs)).toBeNull();
    expect(asked.length).toBeLessThanOrEqual(8);
  });

  it('is nothing where nothing happened', async () => {
    expect(await momentBefore(apiOf([]), presentMs)).toBeNull();
    expect(await momentAfter(apiOf([]), presentMs - 90_000, presentMs)).toBeNull();
  });
});
