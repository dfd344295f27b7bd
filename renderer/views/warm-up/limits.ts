/** Which limits have to be raised so that a whole warm-up fits. */
import type { ConfigKey } from '../../../core/contract/config.ts';
import type { WarmUpPlan } from '../../../core/contract/warm-up.ts';

export interface LimitChange {
  readonly path: string;
  readonly before: number;
  readonly after: number;
  readonly recommended: readonly [number, number] | null;
}

/** What the plan proposes, beside what is recommended. */
export function limitsFor({ changes }: WarmUpPlan, keys: readonly ConfigKey[]): LimitChange[] {
  return changes.map(({ path, before, after }) => ({
    path,
    before: Number(before),
    after: Number(after),
    recommended: keys.find((key) => key.path === path)?.recommended ?? null,
  }));
}
