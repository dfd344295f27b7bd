/** One connection's whole life: how it was made, every lease and every look at its address, and why it was closed. */
import { closeConnections, drainConnections, showConnections } from '../actions/connection-actions.ts';
import { ActionButton } from '../actions/use-action.tsx';
import { Drawer } from '../parts/drawer/drawer.tsx';
import { SkeletonLines } from '../parts/feedback/feedback.tsx';
import { words as pastWords } from '../past/words.ts';
import { changeScreen, useScreen } from '../store/screen.ts';
import { useIsPast } from '../store/use-console.ts';
import styles from './connection-drawer.module.css';
import { Facts } from './facts.tsx';
import { Checks, Happened, Leases } from './life-lists.tsx';
import { Making } from './making.tsx';
import { Then } from './then.tsx';
import { useLife } from './use-life.ts';
import { words } from './words.ts';

function Body({ id }: { readonly id: number }) {
  const isPast = useIsPast();
  const { value, failure } = useLife(id);
  if (value === null) {
    return failure === null ? (
      <SkeletonLines count={8} />
    ) : (
      <>
        {isPast && <Then id={id} hasLife={false} />}
        <p className={styles.trouble}>{`${isPast ? pastWords.connection.noLife : words.failed} ${failure}`}</p>
      </>
    );
  }
  const { life, explanation, leases, earlierLeases, checks } = value;
  return (
    <>
      {failure !== null && (
        <p className={styles.trouble} role="status">
          {words.failed} {failure}
        </p>
      )}
      {isPast ? (
        <Then id={id} hasLife />
      ) : (
        explanation && <p className={styles.sentence}>{words.sentence(explanation)}</p>
      )}
      <Facts life={life} explanation={explanation} />
      {explanation && <Making making={explanation.making} />}
      <Leases leases={leases} earlierLeases={earlierLeases} />
      <Checks life={life} checks={checks} />
      {explanation && <Happened explanation={explanation} />}
    </>
  );
}

export function ConnectionDrawer() {
  const id = useScreen((state) => state.inspectedConnection);
  const close = (): void => changeScreen({ inspectedConnection: null });
  return (
    <Drawer
      open={id !== null}
      onClose={close}
      title={id === null ? '' : words.title(id)}
      closeLabel={words.close}
      tools={
        id !== null && (
          <>
            <ActionButton action={showConnections} input={`id:${id}`} small showIcon onDone={close} />
            <ActionButton action={drainConnections} input={[id]} small showIcon />
            <ActionButton action={closeConnections} input={[id]} label={words.closeConnection} small showIcon />
          </>
        )
      }
    >
      {id !== null && <Body key={id} id={id} />}
    </Drawer>
  );
}
