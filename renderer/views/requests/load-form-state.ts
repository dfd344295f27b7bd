/** What is in the form of a load run; it outlives a walk to another view. */
import { create } from 'zustand';
import { type LoadJobInput, loadRunBounds } from '../../../core/contract/load-run.ts';
import type { Watched } from './form-state.ts';

export interface LoadForm {
  /** One URL a line; null: the first watched host's own. */
  readonly urls: string | null;
  readonly method: 'GET' | 'HEAD';
  readonly durationS: number;
  readonly concurrency: number;
  readonly timeoutS: number;
}

export const useLoadForm = create<LoadForm>()(() => ({
  urls: null,
  method: 'GET',
  durationS: loadRunBounds.durationMs.default / 1_000,
  concurrency: loadRunBounds.concurrency.default,
  timeoutS: loadRunBounds.timeoutMs.default / 1_000,
}));

export function changeLoadForm(change: Partial<LoadForm>): void {
  useLoadForm.setState(change);
}

/** The hosts' own URLs, one a line. */
export function ownUrls(watched: readonly Watched[]): string {
  return watched
    .slice(0, loadRunBounds.urls)
    .map(({ host, path }) => `https://${host}${path}`)
    .join('\n');
}

export interface LoadWords {
  readonly none: string;
  readonly noUrl: string;
  readonly notHttps: string;
  readonly notWatched: string;
  readonly tooMany: (most: number) => string;
  readonly onLine: (line: number, message: string) => string;
}

/** Why the pool cannot be asked for this URL; null: it can. */
function urlFault(text: string, watched: readonly Watched[], words: LoadWords): string | null {
  const url = URL.parse(text);
  if (url === null) {
    return words.noUrl;
  }
  if (url.protocol !== 'https:') {
    return words.notHttps;
  }
  return watched.some(({ host }) => host === url.host) ? null : words.notWatched;
}

/** The run that the form stands for; null with what stands in its way. */
export function jobOf(
  form: LoadForm,
  watched: readonly Watched[],
  words: LoadWords,
): { readonly job: LoadJobInput | null; readonly issue: string | null } {
  const lines = (form.urls ?? ownUrls(watched.slice(0, 1)))
    .split('\n')
    .map((row, index) => ({ line: index + 1, url: row.trim() }))
    .filter(({ url }) => url !== '');
  if (lines.length === 0) {
    return { job: null, issue: words.none };
  }
  if (lines.length > loadRunBounds.urls) {
    return { job: null, issue: words.tooMany(loadRunBounds.urls) };
  }
  for (const { line, url } of lines) {
    const fault = urlFault(url, watched, words);
    if (fault !== null) {
      return { job: null, issue: words.onLine(line, fault) };
    }
  }
  return {
    job: {
      urls: lines.map(({ url }) => url),
      method: form.method,
      durationMs: Math.round(form.durationS * 1_000),
      concurrency: form.concurrency,
      timeoutMs: Math.round(form.timeoutS * 1_000),
    },
    issue: null,
  };
}
