/** What a change would do, asked of the engine a moment after the last key was pressed. */
import { useMemo } from 'react';
import type { ConfigPreview } from '../../core/contract/config.ts';
import type { RequestInput } from '../../core/contract/index.ts';
import { type Answer, useAnswer } from '../store/use-answer.ts';
import { useConsole } from '../store/use-console.ts';

export type Proposal = RequestInput<'config.preview'> | { readonly text: string };

export type PreviewState = Answer<ConfigPreview>;

const pace = { quietMs: 200, againMs: null } as const;

/** null: nothing is proposed. An answer counts for what it was asked about, and for the revision that it was asked of. */
export function usePreview(proposal: Proposal | null, revision: string): PreviewState | null {
  const { bridge } = useConsole();
  const about = proposal === null ? null : `${revision}\n${JSON.stringify(proposal)}`;
  const ask = useMemo(() => {
    if (about === null) {
      return null;
    }
    const asked = JSON.parse(about.slice(about.indexOf('\n') + 1)) as Proposal;
    return () =>
      'text' in asked ? bridge.request('config.previewText', asked) : bridge.request('config.preview', { ...asked });
  }, [bridge, about]);
  return useAnswer(ask, pace).answer;
}
