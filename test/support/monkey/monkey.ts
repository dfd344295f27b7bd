/**
 * Presses, types, drags and goes about the console by a seed, as nobody would: whatever it does, the page must stand it.
 * The same seed makes the same choices; what they meet depends on the moment.
 */
import type { Page } from '@playwright/test';
import { type Random, randomIndex, seededRandom } from '../../../core/base/random.ts';

const keys = [
  ...['1', '2', '3', '4', '5', '6', '7', '8', ',', 'd', 'f', 'w', 'c', '/', '?', ' '],
  ...['Escape', 'Enter', 'Tab', 'Shift+Tab', 'Backspace', 'Delete', 'Home', 'End', 'PageUp', 'PageDown'],
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Shift+ArrowDown', 'Control+a', 'Control+k', 'Control+z'],
  ...['+', '-', 'Alt+ArrowLeft', 'Control+Enter', 'F2', 'Shift+F10'],
];
/** Good, bad and strange input of every field there is. */
const texts = [
  ...['edge', 'state:idle', 'ip:10.0.0.0/99', 'host:tiles err>3', 'no:such', '-host:api', '127.10.0.3', '::1'],
  ...[
    '127.10.0.0/16 # a note\nnonsense\n2001:db8::/32',
    'edge.demo.test',
    '/status',
    '0',
    '-1',
    '5',
    '1e9',
    '0.5',
    'NaN',
  ],
  ...['"', '\\', '<b>', "'; --", '汉字', '💥', '[pool]\nmax_connections = 50', '{"ipv4":["127.10.0.4"],"ipv6":[]}'],
];
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
  { width: 2560, height: 1300 },
];

/** What the wire refuses while the monkey plays: it would leave the demo, and dial hosts of the world from then on. */
const refusedRequest = 'demo.watchOwn';

interface Target {
  readonly x: number;
  readonly y: number;
  /** For the report. */
  readonly what: string;
}

type Step = () => Promise<string>;

/** Before the page is loaded. */
export async function keepFromHarm(page: Page): Promise<void> {
  await page.addInitScript((name) => {
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (data) {
      const text = String(data);
      if (!text.includes(`"name":"${name}"`)) {
        send.call(this, data);
        return;
      }
      const { id } = JSON.parse(text);
      const error = { code: 'refused', message: 'Not while a monkey plays.', issues: [] };
      setTimeout(() =>
        this.onmessage?.(new MessageEvent('message', { data: JSON.stringify({ type: 'error', id, error }) })),
      );
    };
  }, refusedRequest);
}

export class Monkey {
  readonly #page: Page;
  readonly #random: Random;
  readonly #steps: string[] = [];
  /** Each as often as it stands here. */
  readonly #deeds: readonly Step[];

  constructor(page: Page, seed: number) {
    this.#page = page;
    this.#random = seededRandom(seed);
    const often = (times: number, step: Step): Step[] => Array.from({ length: times }, () => step);
    this.#deeds = [
      ...often(10, () => this.#press()),
      ...often(5, () => this.#key()),
      ...often(3, () => this.#type()),
      ...often(2, () => this.#scroll()),
      ...often(2, () => this.#drag()),
      ...often(1, () => this.#clickAnywhere()),
      ...often(1, () => this.#escape()),
    ];
  }

  /** What it did, oldest first. */
  get steps(): readonly string[] {
    return this.#steps;
  }

  /** One thing; now and then it turns back, makes the window another size, or loads the page anew. */
  async step(): Promise<void> {
    const lot = this.#random.next();
    const deed =
      lot < 0.004
        ? () => this.#reload()
        : lot < 0.01
          ? () => this.#resize()
          : lot < 0.02
            ? () => this.#goBack()
            : this.#any(this.#deeds);
    this.#steps.push(await deed());
  }

  #any<Choice>(choices: readonly Choice[]): Choice {
    return choices[randomIndex(this.#random, choices.length)] as Choice;
  }

  #share(share: number): boolean {
    return this.#random.next() < share;
  }

  async #press(): Promise<string> {
    const target = await this.#target(interactive);
    if (!target) {
      return 'finds nothing to press';
    }
    const button = this.#share(0.06) ? 'right' : 'left';
    const clickCount = this.#share(0.06) ? 2 : 1;
    const held = this.#share(0.1) ? this.#any(['Shift', 'Control']) : null;
    if (held) {
      await this.#page.keyboard.down(held);
    }
    await this.#page.mouse.click(target.x, target.y, { button, clickCount });
    if (held) {
      await this.#page.keyboard.up(held);
    }
    return `${held ? `${held}+` : ''}${button} click${clickCount === 2 ? ' twice' : ''} on ${target.what}`;
  }

  async #key(): Promise<string> {
    const key = this.#any(keys);
    await this.#page.keyboard.press(key);
    return `key ${key}`;
  }

  async #type(): Promise<string> {
    const target = await this.#target(
      'input:not([type=checkbox], [type=radio], [type=file]), textarea, [contenteditable=true]',
    );
    if (!target) {
      return 'finds nowhere to type';
    }
    const text = this.#any(texts);
    await this.#page.mouse.click(target.x, target.y);
    if (this.#share(0.5)) {
      await this.#page.keyboard.press('Control+a');
    }
    await this.#page.keyboard.insertText(text);
    if (this.#share(0.4)) {
      await this.#page.keyboard.press('Enter');
    }
    return `types ${JSON.stringify(text)} into ${target.what}`;
  }

  async #scroll(): Promise<string> {
    const { x, y } = this.#point();
    const by = this.#any([-3_000, -300, 300, 3_000, 30_000]);
    await this.#page.mouse.move(x, y);
    await this.#page.mouse.wheel(0, by);
    return `scrolls by ${by} at ${x},${y}`;
  }

  async #drag(): Promise<string> {
    const from = (await this.#target('canvas, [data-row], [role=separator], th')) ?? {
      ...this.#point(),
      what: 'the page',
    };
    const to = this.#point();
    await this.#page.mouse.move(from.x, from.y);
    await this.#page.mouse.down();
    await this.#page.mouse.move(to.x, to.y, { steps: 4 });
    await this.#page.mouse.up();
    return `drags from ${from.what} to ${to.x},${to.y}`;
  }

  async #clickAnywhere(): Promise<string> {
    const { x, y } = this.#point();
    await this.#page.mouse.click(x, y);
    return `clicks at ${x},${y}`;
  }

  /** Out of what is open, so that it does not spend its time in one dialog. */
  async #escape(): Promise<string> {
    await this.#page.keyboard.press('Escape');
    await this.#page.keyboard.press('Escape');
    return 'escapes';
  }

  async #reload(): Promise<string> {
    await this.#page.reload();
    return 'loads the page anew';
  }

  async #resize(): Promise<string> {
    const size = this.#any(sizes);
    await this.#page.setViewportSize(size);
    return `makes the window ${size.width}x${size.height}`;
  }

  async #goBack(): Promise<string> {
    const went = await this.#page.evaluate(() => {
      const { currentEntry } = navigation;
      // Only from view to view: before that is the empty tab.
      const before = currentEntry && navigation.entries()[currentEntry.index - 1];
      if (before?.sameDocument) {
        history.back();
      }
      return before?.sameDocument ?? false;
    });
    return went ? 'goes back' : 'has nowhere to go back to';
  }

  #point(): { readonly x: number; readonly y: number } {
    const { width, height } = this.#page.viewportSize() ?? { width: 1_024, height: 700 };
    return { x: randomIndex(this.#random, width), y: randomIndex(this.#random, height) };
  }

  /** Something that the pointer would hit; what a view or a dialog holds rather than the frame around it. */
  async #target(selector: string): Promise<Target | null> {
    const inView = this.#share(0.85);
    return this.#page.evaluate(pick, { selector, inView, lot: this.#random.next() });
  }
}

const interactive = [
  ...['button', 'a[href^="#"]', 'input', 'textarea', 'select', 'summary', 'label', 'canvas', '[data-row]', 'td'],
  ...[
    'tab',
    'menuitem',
    'menuitemcheckbox',
    'option',
    'switch',
    'checkbox',
    'radio',
    'slider',
    'separator',
    'gridcell',
  ].map((role) => `[role=${role}]`),
].join(', ');

/** In the page. */
function pick({ selector, inView, lot }: { selector: string; inView: boolean; lot: number }): Target | null {
  const found: Target[] = [];
  for (const element of document.querySelectorAll<HTMLElement>(selector)) {
    if (inView && element.closest('nav, footer, header')) {
      continue;
    }
    const { left, top, width, height } = element.getBoundingClientRect();
    const x = Math.round(left + width / 2);
    const y = Math.round(top + height / 2);
    const hit = document.elementFromPoint(x, y);
    if (hit && element.contains(hit)) {
      const name = element.getAttribute('aria-label') ?? element.title ?? '';
      const text = (name || element.textContent || '').trim().slice(0, 40);
      found.push({ x, y, what: `${element.tagName.toLowerCase()} "${text}"` });
    }
  }
  return found[Math.floor(lot * found.length)] ?? null;
}
