/** Applies the draft, as soon as it is known what that does; what ends most of the pool asks once more. */
import { useState } from 'react';
import type { AccessPreview } from '../../../core/contract/access.ts';
import { applyAccess } from '../../actions/access-actions.ts';
import { ActionButton, useObstacle } from '../../actions/use-action.tsx';
import { applyWaiting } from '../../actions/waiting-actions.ts';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { type AccessDraft, draftSize } from '../../store/access-draft.ts';
import { wholeFamilies } from './lines.ts';
import { words } from './words.ts';

const text = words.pending;

/** Whether it closes half of the connections or more. */
export function closesMost({ closesConnections, ofConnections }: AccessPreview): boolean {
  return closesConnections > 0 && 2 * closesConnections >= ofConnections;
}

export interface ApplyButtonProps {
  readonly draft: AccessDraft;
  readonly reason: string;
  /** null: not known yet, or not to be known. */
  readonly preview: AccessPreview | null;
  /** Nothing can be applied now. */
  readonly refused: boolean;
}

export function ApplyButton({ draft, reason, preview, refused }: ApplyButtonProps) {
  const [asks, setAsks] = useState(false);
  const obstacle = useObstacle(applyAccess);
  const changes = draftSize(draft);
  const families = wholeFamilies(draft);
  const disabled = refused || preview === null || preview.conflictCount > 0;
  const applying = { action: applyAccess, input: { draft, reason }, disabled } as const;
  if (preview === null || (!closesMost(preview) && families.length === 0)) {
    return (
      <ActionButton {...applying} label={text.apply(changes)} look="primary" pressedBy={applyWaiting} data-apply="" />
    );
  }
  return (
    <>
      <Button
        look="primary"
        obstacle={obstacle}
        title={obstacle ?? undefined}
        data-apply=""
        disabled={disabled}
        onClick={() => setAsks(true)}
      >
        {text.applyAfterAsking(changes)}
      </Button>
      <Dialog
        open={asks}
        onClose={() => setAsks(false)}
        title={text.most.title(preview)}
        description={text.most.text}
        footer={
          <>
            <Button onClick={() => setAsks(false)}>{text.most.cancel}</Button>
            <ActionButton {...applying} label={text.most.apply(preview)} look="danger" onDone={() => setAsks(false)} />
          </>
        }
      >
        <ul>
          {closesMost(preview) && <li>{text.impact(preview)}</li>}
          {families.map((value) => (
            <li key={value}>{text.most.family(value)}</li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}
