/** The keys of one action: a click, and what is pressed next is theirs. */
import Plus from 'lucide-react/icons/plus';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import X from 'lucide-react/icons/x';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Action } from '../actions/action.ts';
import { bindAction, isRebound, keysOf, resetBindings } from '../actions/bindings.ts';
import { keyLabel } from '../actions/key-names.ts';
import { holdersOf, pressOf, refusalOf } from '../actions/key-rules.ts';
import { globalActions } from '../actions/registry.ts';
import { Button } from '../parts/button/button.tsx';
import { KeyCap } from '../parts/key-cap/key-cap.tsx';
import { usePreferences } from '../store/preferences.ts';
import { together } from '../words/format.ts';
import styles from './shortcuts.module.css';
import { words } from './words.ts';

/** Silence that ends what is recorded, and the most presses of one sequence. */
const silenceMs = 900;
const mostPresses = 2;

/** While it is mounted every key is recorded, and means nothing else. Escape alone leaves it as it was. */
function Recording(props: { readonly onDone: (keys: string) => void; readonly onLeave: () => void }) {
  const { onDone, onLeave } = props;
  const [presses, setPresses] = useState<readonly string[]>([]);
  const done = useEffectEvent(onDone);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const press = pressOf(event);
    if (press === 'Escape' || press === 'Tab' || press === 'Shift+Tab') {
      onLeave();
    } else if (press !== null && !event.repeat) {
      setPresses((before) => [...before, press].slice(0, mostPresses));
    }
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, []);
  useEffect(() => {
    if (presses.length === 0) {
      return;
    }
    const timer = setTimeout(() => done(presses.join(' ')), presses.length === mostPresses ? 0 : silenceMs);
    return () => clearTimeout(timer);
  }, [presses]);
  return (
    <span className={styles.recording} role="status">
      {presses.length === 0 ? words.press : <KeyCap label={keyLabel(presses.join(' '))} />}
    </span>
  );
}

/** What was pressed and cannot simply be taken: it is refused, or it is another's. */
interface Pressed {
  readonly keys: string;
  readonly refusal: string | null;
  readonly holders: readonly Action[];
}

function Verdict({ action, pressed, onSettled }: { action: Action; pressed: Pressed; onSettled: () => void }) {
  const { keys, refusal, holders } = pressed;
  const label = keyLabel(keys) ?? '';
  if (refusal !== null) {
    return (
      <p className={styles.refusal} role="alert">
        <KeyCap label={label} /> {refusal}
      </p>
    );
  }
  return (
    <div className={styles.conflict} role="alert">
      <span>{words.conflict(label, together(holders.map((holder) => holder.words.label)))}</span>
      <Button
        small
        look="primary"
        onClick={() => {
          bindAction(action, keys, holders);
          onSettled();
        }}
      >
        {words.takeOver}
      </Button>
      <Button small onClick={onSettled}>
        {words.leave}
      </Button>
    </div>
  );
}

/** Keys that were just taken away, and the way back. */
function TakenAway({ keys, onBack }: { readonly keys: string; readonly onBack: () => void }) {
  return (
    <p className={styles.taken} role="status">
      <span>{words.taken(keyLabel(keys) ?? '')}</span>
      <Button small onClick={onBack}>
        {words.back}
      </Button>
    </p>
  );
}

export function KeyRecorder({ action }: { readonly action: Action }) {
  const bindings = usePreferences((preferences) => preferences.bindings);
  const [recording, setRecording] = useState(false);
  const [pressed, setPressed] = useState<Pressed | null>(null);
  const [taken, setTaken] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const keys = keysOf(action, bindings);
  const { label } = action.words;
  const take = (next: string): void => {
    setRecording(false);
    const refusal = refusalOf(next);
    const holders = holdersOf(next, action, globalActions, bindings);
    if (refusal === null && holders.length === 0) {
      bindAction(action, next);
    } else {
      setPressed({ keys: next, refusal: refusal === null ? null : words.refusals[refusal], holders });
    }
  };
  /** The buttons beside the keys go with what they did; the focus does not. */
  const stay = (): void => button.current?.focus();
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.keys}
        aria-label={words.bind(label, keyLabel(keys))}
        title={words.bind(label, keyLabel(keys))}
        onBlur={() => setRecording(false)}
        onClick={() => {
          setPressed(null);
          setRecording(true);
        }}
      >
        {recording ? (
          <Recording onDone={take} onLeave={() => setRecording(false)} />
        ) : keys === null ? (
          <Plus aria-hidden="true" />
        ) : (
          <KeyCap label={keyLabel(keys)} />
        )}
      </button>
      <span className={styles.tools}>
        {isRebound(action, bindings) && (
          <Button
            look="quiet"
            small
            icon={<RotateCcw aria-hidden="true" />}
            aria-label={words.reset(label, keyLabel(action.keys) ?? words.none)}
            title={words.reset(label, keyLabel(action.keys) ?? words.none)}
            onClick={() => {
              resetBindings(action);
              stay();
            }}
          />
        )}
        {keys !== null && (
          <Button
            look="quiet"
            small
            icon={<X aria-hidden="true" />}
            aria-label={words.remove(label)}
            title={words.remove(label)}
            onClick={() => {
              setPressed(null);
              setTaken(keys);
              bindAction(action, null);
              stay();
            }}
          />
        )}
      </span>
      {taken !== null && keys === null && pressed === null && (
        <TakenAway
          keys={taken}
          onBack={() => {
            take(taken);
            stay();
          }}
        />
      )}
      {pressed !== null && (
        <Verdict
          action={action}
          pressed={pressed}
          onSettled={() => {
            setPressed(null);
            stay();
          }}
        />
      )}
    </>
  );
}
