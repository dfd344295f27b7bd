/** What a change would do, asked of the engine a moment after the last key was pressed. */
import { useEffect, useState } from 'react';
import type { ConfigPreview } from '../../core/contract/config.ts';
import type { RequestInput } from '../../core/contract/index.ts';
import { failureText } from '../actions/failure-text.ts';
import { useConsole } from '../store/use-console.ts';

export type Proposal = RequestInput<'config.preview'> | { readonly text: string };

export type PreviewState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'preview'; readonly preview: ConfigPreview }
  | { readonly kind: 'failed'; readonly message: string };

const quietMs = 200;
const asking: PreviewState = { kind: 'asking' };

/** null: nothing is proposed. An answer counts for what it was asked about, and for the revision that it was asked of. */
export function usePreview(proposal: Proposal | null, revision: string): PreviewState | null {
  const { bridge } = useConsole();
  const [answer, setAnswer] = useState<{ readonly about: string; readonly state: PreviewState } | null>(null);
  const about = proposal === null ? null : `${revision}\n${JSON.stringify(proposal)}`;
  useEffect(() => {
    if (about === null) {
      return;
    }
    const timer = setTimeout(() => {
      const asked = JSON.parse(about.slice(about.indexOf('\n') + 1)) as Proposal;
      const answered =
        'text' in asked ? bridge.request('config.previewText', asked) : bridge.request('config.preview', { ...asked });
      answered.then(
        (preview) => setAnswer({ about, state: { kind: 'preview', preview } }),
        (error: unknown) => setAnswer({ about, state: { kind: 'failed', message: failureText(error) } }),
      );
    }, quietMs);
    return () => clearTimeout(timer);
  }, [bridge, about]);
  if (about === null) {
    return null;
  }
  return answer?.about === about ? answer.state : asking;
}
