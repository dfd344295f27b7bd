/**
 * Keeps the focus in the console. What has it may go: a row is removed, a button is disabled by what it did, the page is
 * drawn anew in another language or time. A browser leaves it on the body then, and whoever works by keys is nowhere.
 */

interface Step {
  readonly element: Element;
  readonly index: number;
  readonly kind: string;
}

/** Where an element stands, so that what stands in its place can be found when it is gone. */
interface Place {
  readonly element: HTMLElement;
  /** From the body's child down to the element itself. */
  readonly trail: readonly Step[];
  readonly view: string | undefined;
}

const viewElement = (): HTMLElement | null => document.getElementById('view');

/** The same in every language. */
function kindOf(element: Element): string {
  return `${element.tagName} ${element.getAttribute('class') ?? ''}`;
}

function placeOf(element: HTMLElement): Place {
  const trail: Step[] = [];
  for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
    const index = Array.prototype.indexOf.call(at.parentElement?.children ?? [], at);
    trail.unshift({ element: at, index, kind: kindOf(at) });
  }
  return { element, trail, view: viewElement()?.dataset.view };
}

/** It can hold the focus no longer. */
function isGone(element: HTMLElement): boolean {
  return !element.isConnected || element.matches(':disabled');
}

/** What stands below `anchor` where it stood: the same kind of element in the same surroundings; null where there is none. */
function successorBelow(anchor: Element, trail: readonly Step[]): HTMLElement | null {
  let at = anchor;
  for (const { index, kind } of trail) {
    const next = at.children[index];
    if (next === undefined || kindOf(next) !== kind) {
      return null;
    }
    at = next;
  }
  return at instanceof HTMLElement ? at : null;
}

/** Where the focus goes instead, best first. */
function heirsOf({ trail, view }: Place): readonly Element[] {
  const depth = trail.findLastIndex(({ element }) => element.isConnected);
  const anchor = trail[depth]?.element ?? document.body;
  const shown = viewElement();
  // Only where the same view was drawn anew as a whole: in a list the line that has moved up is another line, and a key that
  // was meant for the one before must not be its.
  const isDrawnAnew = shown !== null && anchor.contains(shown) && shown.dataset.view === view;
  const successor = isDrawnAnew ? successorBelow(anchor, trail.slice(depth + 1)) : null;
  const around = trail.slice(0, depth + 1).map(({ element }) => element);
  return [successor, ...around.reverse(), shown].filter((heir) => heir !== null);
}

function giveFocus(heirs: readonly Element[]): void {
  for (const heir of heirs) {
    if (heir instanceof HTMLElement) {
      heir.focus({ preventScroll: true });
    }
    if (document.activeElement === heir) {
      return;
    }
  }
}

/** From now on; returns what ends it. */
export function keepFocus(): () => void {
  let place: Place | null = null;
  let frame = 0;

  const look = (): void => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement !== document.body && !isGone(activeElement)) {
      place = placeOf(activeElement);
    } else if (place !== null && isGone(place.element) && frame === 0) {
      // A dialog that closes gives the focus back by itself, and a button may only be busy for a moment.
      frame = requestAnimationFrame(() => {
        frame = 0;
        const { activeElement: now } = document;
        if (place !== null && isGone(place.element) && (now === document.body || now === place.element)) {
          giveFocus(heirsOf(place));
        }
      });
    }
  };
  // Who clicks beside everything, or goes to another window, has taken the focus off: what goes later was not where they are.
  const onFocusOut = (): void =>
    queueMicrotask(() => {
      if (document.activeElement === document.body && place !== null && !isGone(place.element)) {
        place = null;
      }
    });

  const observer = new MutationObserver(look);
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
  document.addEventListener('focusin', look);
  document.addEventListener('focusout', onFocusOut);
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
    document.removeEventListener('focusin', look);
    document.removeEventListener('focusout', onFocusOut);
  };
}
