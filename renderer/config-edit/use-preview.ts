/** What a change would do, asked of the engine a moment after the last key was pressed. */
import { useMemo } from 'react';
import type { ConfigPreview, ConfigTextPreview } from '../../core/contract/config.ts';
import type { RequestInput, RequestOutput } from '../../core/contract/index.ts';
import { type Answer, useAnswer } from '../store/use-answer.ts';
import { useConsole } from '../store/use-console.ts';

export type Proposal = RequestInput<'config.preview'>;
export type TextProposal = RequestInput<'config.previewText'>;

export type PreviewState = Answer<ConfigPreview>;
export type TextPreviewState = Answer<ConfigTextPreview>;

const pace = { quietMs: 200, againMs: null } as const;

/** null: nothing is proposed. An answer counts for what it was asked about, and for the revision that it was asked of. */
export function usePreview(proposal: Proposal | null, revision: string): PreviewState | null {
  return useProposal('config.preview', proposal, revision);
}

/** The same of a text of the file, with values that are to be written into it. */
export function useTextPreview(proposal: TextProposal | null, revision: string): TextPreviewState | null {
  return useProposal('config.previewText', proposal, revision);
}

function useProposal<Name extends 'config.preview' | 'config.previewText'>(
  name: Name,
  proposal: RequestInput<Name> | null,
  revision: string,
): Answer<RequestOutput<Name>> | null {
  const { bridge } = useConsole();
  const about = proposal === null ? null : `${revision}\n${JSON.stringify(proposal)}`;
  const ask = useMemo(() => {
    if (about === null) {
      return null;
    }
    const asked = JSON.parse(about.slice(about.indexOf('\n') + 1)) as RequestInput<Name>;
    return () => bridge.request(name, asked);
  }, [bridge, name, about]);
  return useAnswer(ask, pace).answer;
}
