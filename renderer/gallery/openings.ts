/** What stands over a view or is opened in it: each with the scene and the view that it is looked at in, and the way there. */
import { words as actionWords } from '../actions/words.ts';
import { tell } from '../parts/toast/toasts.tsx';
import { changeDraft, withAdditions } from '../store/access-draft.ts';
import type { ConsoleStores } from '../store/console-stores.ts';
import { changeScreen } from '../store/screen.ts';
import { addressOf, hostsPart } from '../store/view-route.ts';
import { words as accessWords } from '../views/access/words.ts';
import { words as alertWords } from '../views/alerts/words.ts';
import { words as connectionWords } from '../views/connections/words.ts';
import { words as healthWords } from '../views/health/words.ts';
import { words as settingsWords } from '../views/settings/words.ts';
import type { OpeningName } from './opening-names.ts';

export interface Opening {
  readonly scene: string;
  /** `#/health` */
  readonly address: string;
  readonly open: (stores: ConsoleStores) => void | Promise<void>;
}

const waitMs = 5_000;
/** Of a view that is drawn first and asks then. */
const settlingMs = 300;

/** @throws Error when it does not appear. */
async function appears<Found>(what: string, find: () => Found | null | undefined): Promise<Found> {
  const untilMs = performance.now() + waitMs;
  for (;;) {
    const found = find();
    if (found != null) {
      return found;
    }
    if (performance.now() > untilMs) {
      throw new Error(`${what} is not there`);
    }
    await new Promise(requestAnimationFrame);
  }
}

function button(word: string): Promise<HTMLElement> {
  return appears(`The button "${word}"`, () =>
    [...document.querySelectorAll<HTMLButtonElement>('button:enabled')].find(
      (one) => one.textContent === word || one.ariaLabel === word,
    ),
  );
}

function press(element: Element, key: string): void {
  element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

function troubled(connections: ConsoleStores['connections']) {
  return appears('A connection in trouble', () => connections.rows().find(({ healthy }) => !healthy));
}

/** Some lines that wait on both lists. */
function draft(): void {
  const line = (list: 'white' | 'black', value: string, note: string) => ({ list, value, note, expiresAtMs: null });
  changeDraft((before) =>
    withAdditions(before, [
      line('black', '127.0.31.0/28', '403 since 14:02'),
      line('black', '2001:db8:bad::/48', 'abuse'),
      line('white', '127.0.61.7', 'customer edge, keep'),
    ]),
  );
}

export const openings: Readonly<Record<OpeningName, Opening>> = {
  palette: {
    scene: 'busy',
    address: addressOf('overview'),
    open: () => changeScreen({ paletteOpen: true }),
  },
  shortcuts: {
    scene: 'busy',
    address: addressOf('overview'),
    open: () => changeScreen({ shortcutsOpen: true }),
  },
  'time-machine': {
    scene: 'busy',
    address: addressOf('overview'),
    open: () => changeScreen({ timeBar: 'open' }),
  },
  'demo-faults': {
    scene: 'calm',
    address: addressOf('overview'),
    open: () => changeScreen({ demoDialog: 'faults' }),
  },
  'own-host': {
    scene: 'calm',
    address: addressOf('overview'),
    open: () => changeScreen({ demoDialog: 'own-host' }),
  },
  connection: {
    scene: 'broken',
    address: addressOf('connections'),
    open: async ({ connections }) => {
      changeScreen({ inspectedConnection: (await troubled(connections)).id });
    },
  },
  columns: {
    scene: 'broken',
    address: addressOf('connections'),
    open: async () => (await button(connectionWords.columnsMenu)).click(),
  },
  ip: {
    scene: 'broken',
    address: addressOf('health'),
    open: async ({ connections }) => {
      const end = connections.retain();
      changeScreen({ inspectedIp: (await troubled(connections)).ip });
      end();
    },
  },
  checks: {
    scene: 'broken',
    address: addressOf('health'),
    open: async () => {
      const cells = await button(healthWords.strips.cells);
      // The strips move on to the engine's present once its clock is known, and the newest cell is another one then.
      await new Promise((resolve) => setTimeout(resolve, settlingMs));
      press(cells, 'Home');
      await appears('The cell', () => cells.parentElement?.querySelector('[role=status]'));
      press(cells, 'Enter');
    },
  },
  remedy: {
    scene: 'broken',
    address: addressOf('health'),
    open: async () => (await button(healthWords.remedy.set('max_idle_conns', '50'))).click(),
  },
  pending: {
    scene: 'calm',
    address: addressOf('access'),
    open: async () => {
      draft();
      await button(accessWords.pending.diff);
      tell(
        'good',
        () => 'Warm-up finished',
        () => '40 of 40 connections are ready.',
      );
      tell(
        'warn',
        () => 'The file was changed by hand',
        () => 'access-lists.toml: 2 entries came.',
      );
      tell(
        'bad',
        () => 'The change was not applied',
        () => 'The engine cannot be reached.',
        {
          label: () => 'Try again',
          run: () => undefined,
        },
      );
    },
  },
  difference: {
    scene: 'calm',
    address: addressOf('access'),
    open: async () => {
      draft();
      (await button(accessWords.pending.diff)).click();
    },
  },
  paste: {
    scene: 'calm',
    address: addressOf('access'),
    open: async () => (await button(accessWords.pasteTo('black'))).click(),
  },
  sent: {
    scene: 'calm',
    address: addressOf('requests'),
    open: async () => (await button(actionWords.sendRequest.label)).click(),
  },
  acknowledge: {
    scene: 'broken',
    address: addressOf('alerts'),
    open: async () => (await button(alertWords.acknowledge.open)).click(),
  },
  event: {
    scene: 'broken',
    address: addressOf('events'),
    open: async () => {
      const line = await appears('An event', () => document.querySelector<HTMLElement>('tr[aria-rowindex="9"]'));
      line.click();
    },
  },
  preset: {
    scene: 'calm',
    address: addressOf('settings'),
    open: async () => (await button(settingsWords.presets.names.medium)).click(),
  },
  hosts: {
    scene: 'calm',
    address: addressOf('settings', hostsPart),
    open: () => undefined,
  },
  display: {
    scene: 'calm',
    address: addressOf('settings', 'display'),
    open: () => undefined,
  },
  'add-host': {
    scene: 'hostless',
    address: addressOf('settings', hostsPart),
    open: () => changeScreen({ addsHost: true }),
  },
};
