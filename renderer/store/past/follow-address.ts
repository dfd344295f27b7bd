/** The shown moment stands in the address, so that it can be sent to somebody, kept, and loaded again. */
import { Paced } from '../../base/paced.ts';
import { momentOf, withMoment } from '../view-route.ts';
import type { TimeMachine } from './time-machine.ts';

/** Browsers bear only so many changes of the address. */
const writtenMs = 500;

export interface AddressPlace {
  readonly location: { readonly hash: string };
  readonly history: { replaceState(state: unknown, title: string, url: string): void };
  addEventListener(kind: 'hashchange', listener: () => void): void;
  removeEventListener(kind: 'hashchange', listener: () => void): void;
}

/** Goes to the moment that the address has, now and whenever it is another; returns the function that stops. */
export function followAddress(timeMachine: TimeMachine, place: AddressPlace): () => void {
  const toSecond = (atMs: number): number => Math.floor(atMs / 1_000);
  const read = (): void => {
    const atMs = momentOf(place.location.hash);
    const past = timeMachine.current();
    if (atMs !== null && (past === null || toSecond(past.askedMs) !== toSecond(atMs))) {
      timeMachine.goTo(atMs);
    } else if (atMs === null && past !== null) {
      // On to another view: the time that is shown goes along.
      write();
    }
  };
  const write = (): void => {
    const address = withMoment(place.location.hash, timeMachine.current()?.askedMs ?? null);
    if (address !== place.location.hash && (momentOf(address) !== null || momentOf(place.location.hash) !== null)) {
      place.history.replaceState(null, '', address);
    }
  };
  const paced = new Paced(writtenMs, write);
  const end = timeMachine.changes.subscribe(() => paced.ask());
  place.addEventListener('hashchange', read);
  read();
  return () => {
    end();
    paced.stop();
    place.removeEventListener('hashchange', read);
  };
}
