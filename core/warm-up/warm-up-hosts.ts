/** A warm-up as a program asks for it: started, awaited, and an error when nothing came of it. */
import { ContractError } from '../contract/errors.ts';
import { type WarmUpJob, type WarmUpJobInput, warmUpJobSchema } from '../contract/warm-up-job.ts';
import type { WarmUpRun } from '../contract/warm-up-run.ts';
import type { WarmUp } from './warm-up.ts';

export interface WarmUpOptions extends Omit<WarmUpJobInput, 'hosts'> {
  /** Cancels the run; connections that are ready stay. */
  readonly signal?: AbortSignal;
}

/** Every connection failed (document 000); the run says why. */
export class WarmUpFailedError extends Error {
  override readonly name = 'WarmUpFailedError';
  readonly run: WarmUpRun;

  constructor(run: WarmUpRun) {
    const reasons = run.hosts.map(({ host, error, clippedBy }) => {
      const limit = clippedBy ? `${clippedBy.key} leaves no place` : 'nothing could be dialled';
      return `${host}: ${error ? `${error.class}: ${error.message}` : limit}`;
    });
    super(`the warm-up failed: no connection of ${run.wanted} is ready; ${reasons.join('; ')}`);
    this.run = run;
  }
}

/** @throws as `HotConnPool.warmUp` says. */
export async function warmUpHosts(
  warmUps: Pick<WarmUp, 'start' | 'cancel' | 'finished'>,
  hosts: readonly string[],
  { signal, ...options }: WarmUpOptions,
): Promise<WarmUpRun> {
  signal?.throwIfAborted();
  const runId = warmUps.start(jobOf(hosts, options));
  const onAbort = (): void => {
    warmUps.cancel(runId);
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  const run = await warmUps.finished(runId);
  signal?.removeEventListener('abort', onAbort);
  signal?.throwIfAborted();
  if (!run || run.outcome === 'cancelled') {
    throw new ContractError('closed', 'the warm-up was cancelled before it ended');
  }
  if (run.outcome === 'failed' || run.outcome === 'nothing-dialled') {
    throw new WarmUpFailedError(run);
  }
  return run;
}

function jobOf(hosts: readonly string[], options: Omit<WarmUpJobInput, 'hosts'>): WarmUpJob {
  const parsed = warmUpJobSchema.safeParse({ ...options, hosts: [...hosts] });
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({ at: path.join('.'), message }));
    const text = issues.map(({ at, message }) => (at === '' ? message : `${at}: ${message}`)).join('; ');
    throw new ContractError('invalid-input', `a warm-up cannot be like this: ${text}`, issues);
  }
  return parsed.data;
}
