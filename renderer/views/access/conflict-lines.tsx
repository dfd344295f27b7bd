/** Entries of the draft's white side that an operator's black entry would outrank. */
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useMemo } from 'react';
import { Button } from '../../parts/button/button.tsx';
import { changeDraft, withRemoval } from '../../store/access-draft.ts';
import type { AccessPicture } from '../../store/access-store.ts';
import { useAccessDraft } from '../../store/use-access-draft.ts';
import styles from './access.module.css';
import { conflictsOf } from './lines.ts';
import { useEditObstacle } from './use-edit-obstacle.ts';
import { words } from './words.ts';

const mostNamed = 3;

export function ConflictLines({ picture }: { readonly picture: AccessPicture }) {
  const draft = useAccessDraft();
  const obstacle = useEditObstacle();
  const { black } = picture.lists;
  const conflicts = useMemo(() => conflictsOf(black, draft), [black, draft]);
  return conflicts.slice(0, mostNamed).map((entry) => (
    <div key={entry.value} className={styles.conflict} role="status">
      <TriangleAlert aria-hidden="true" />
      <span>{words.conflict(entry.value)}</span>
      <Button
        look="link"
        obstacle={obstacle}
        title={obstacle ?? undefined}
        onClick={() => changeDraft((before) => withRemoval(before, entry))}
      >
        {words.keepAllowed}
      </Button>
    </div>
  ));
}
