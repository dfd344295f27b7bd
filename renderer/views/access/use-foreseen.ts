/** What the engine says about the draft while it stands still: what it would do, and what it makes doubtful. */
import { useEffect, useMemo, useState } from 'react';
import type { AccessPreview } from '../../../core/contract/access.ts';
import type { RequestOutput } from '../../../core/contract/index.ts';
import { type AccessDraft, draftSize } from '../../store/access-draft.ts';
import type { AccessPicture } from '../../store/access-store.ts';
import { askWithDraft } from '../../store/carried-change.ts';
import { type Answer, type AnswerPace, useAnswer } from '../../store/use-answer.ts';
import { useConsole } from '../../store/use-console.ts';

/** Asked again every two seconds: the pool, and other hands on the lists, go on while the operator thinks. */
const previewPace: AnswerPace = { quietMs: 120, againMs: 2_000 };
/** A long one takes a while to carry over and to look at. */
const longPace: AnswerPace = { quietMs: 600, againMs: 30_000 };
const longDraft = 5_000;

function isLong(draft: AccessDraft): boolean {
  return draftSize(draft) > longDraft;
}

/** null: there is no draft. */
export function usePreview(draft: AccessDraft): Answer<AccessPreview> | null {
  const { bridge } = useConsole();
  const ask = useMemo(
    () =>
      draftSize(draft) === 0
        ? null
        : () => askWithDraft(bridge, draft, (change) => bridge.request('access.preview', change)),
    [bridge, draft],
  );
  return useAnswer(ask, isLong(draft) ? longPace : previewPace).answer;
}

export type FoundEntries = RequestOutput<'access.findings'>;

/** Looked for when lists and draft have stood still for a moment. What the automaton adds is seen at the next look. */
const findingsPace: AnswerPace = { quietMs: 700, againMs: 15_000 };

/** With the draft. The last answer stays until the next one is there; null before the first. */
export function useFindings(lists: AccessPicture['lists'] | null, draft: AccessDraft): FoundEntries | null {
  const { bridge } = useConsole();
  const people = useMemo(() => (lists === null ? null : peopleVersion(lists)), [lists]);
  const ask = useMemo(
    () =>
      people === null
        ? null
        : () =>
            draftSize(draft) === 0
              ? bridge.request('access.findings', {})
              : askWithDraft(bridge, draft, (change) => bridge.request('access.findings', { change })),
    [bridge, draft, people],
  );
  const { answer } = useAnswer(ask, isLong(draft) ? longPace : findingsPace);
  const [last, setLast] = useState<FoundEntries | null>(null);
  const found = answer?.kind === 'answer' ? answer.value : null;
  useEffect(() => {
    if (found) {
      setLast(found);
    }
  }, [found]);
  return found ?? last;
}

/** Another text when an entry that a person made came, went or is different. */
function peopleVersion(lists: AccessPicture['lists']): string {
  let entries = 0;
  let latest = 0;
  for (const list of [lists.white, lists.black]) {
    for (const { origin, addedAtMs } of list) {
      if (origin !== 'automatic') {
        entries += 1;
        latest = Math.max(latest, addedAtMs);
      }
    }
  }
  return `${entries} ${latest}`;
}
