/** In place of what needs a watched host, where there is none: says so, and leads to one. */
import { addHost } from '../actions/target-actions.ts';
import { ActionButton } from '../actions/use-action.tsx';
import { Empty } from '../parts/feedback/feedback.tsx';
import { words } from './words.ts';

export function NoHost() {
  return (
    <Empty title={words.none} actions={<ActionButton action={addHost} input={undefined} look="primary" showIcon />}>
      {words.noneText}
    </Empty>
  );
}
