/** No line in the table: why that is, and where to go on. */
import { ActionButton } from '../../actions/use-action.tsx';
import { showEvents, viewActions } from '../../actions/view-actions.ts';
import { openWarmUp } from '../../actions/warm-up-actions.ts';
import { Button } from '../../parts/button/button.tsx';
import { Empty } from '../../parts/feedback/feedback.tsx';
import { dialTrouble } from '../../store/dial-trouble.ts';
import { useScreen } from '../../store/screen.ts';
import { changeFilter } from '../../store/shown-filter.ts';
import { useHostHealth, useOrderedConnections, useStatistics } from '../../store/use-console.ts';
import { words } from './words.ts';

/** What went wrong in the last hour: connections that one looks for may be gone, and what was said of them is not. */
const troubleLately = { filter: { levels: ['warn', 'error'] }, ageMs: 3_600_000 } as const;

function WhatWentWrong() {
  return (
    <>
      <ActionButton action={viewActions.health} input={undefined} showIcon />
      <ActionButton action={showEvents} input={troubleLately} label={words.troubleLately} showIcon />
    </>
  );
}

export function NoneFit() {
  const total = useOrderedConnections((ordered) => ordered.total);
  const isLinked = useScreen((state) => state.linkedFilter !== null);
  return (
    <Empty
      title={words.noneFit}
      actions={
        <>
          {isLinked && <WhatWentWrong />}
          <Button onClick={() => changeFilter('')}>{words.clearFilter}</Button>
        </>
      }
    >
      {isLinked ? words.noneLeft(total) : words.noneFitText(total)}
    </Empty>
  );
}

/** Why nothing is open, as far as something speaks against it; null when nobody has asked for connections, or all went well. */
function useTrouble(): string | null {
  const statistics = useStatistics();
  const blocking = useHostHealth().hosts.filter(({ blocksUs }) => blocksUs);
  const [first] = blocking;
  if (first) {
    return words.blocked(first.host, blocking.length - 1);
  }
  const trouble = statistics && dialTrouble(statistics);
  if (trouble === null) {
    return null;
  }
  return trouble.kind === 'failing' ? words.failing(trouble.failed, trouble.dials) : words.noneOpened(trouble.failed);
}

export function NoneOpen() {
  const trouble = useTrouble();
  return (
    <Empty
      title={words.empty}
      actions={
        <>
          {trouble !== null && <WhatWentWrong />}
          <ActionButton action={openWarmUp} input={undefined} look={trouble === null ? 'primary' : 'plain'} showIcon />
        </>
      }
    >
      {trouble ?? words.emptyText}
    </Empty>
  );
}
