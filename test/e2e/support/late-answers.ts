/**
 * Answers that come late, as from a busy engine or over a slow line: what the operator does meanwhile must not be lost,
 * and an answer to a question of before must not take the place of a later one's. Over the headless host's socket alone.
 *
 * ```ts
 * const late = await LateAnswers.on(page);
 * const saving = late.hold('config.saveText');
 * await settings.apply.click();
 * await saving.asked;
 * …what is done meanwhile…
 * saving.letGo();
 * ```
 */
import type { Page } from '@playwright/test';
import type { RequestName } from '../../../core/contract/index.ts';
import { clientMessageSchema, hostMessageSchema } from '../../../core/contract/messages.ts';

export interface HeldAnswer {
  /** Resolves when the request has been sent; the engine does it all the same, and at once. */
  readonly asked: Promise<void>;
  /** The answer goes on to the page, now or when it comes. */
  letGo(): void;
}

class Held implements HeldAnswer {
  readonly #asked = Promise.withResolvers<void>();
  #id: number | null = null;
  #pass: (() => void) | null = null;
  #isLetGo = false;

  get asked(): Promise<void> {
    return this.#asked.promise;
  }

  /** Of one request, the first. */
  take(id: number): void {
    this.#id ??= id;
    this.#asked.resolve();
  }

  /** Whether it is held back. */
  holds(id: number | null, pass: () => void): boolean {
    if (id === null || id !== this.#id || this.#isLetGo) {
      return false;
    }
    this.#pass = pass;
    return true;
  }

  letGo(): void {
    this.#isLetGo = true;
    this.#pass?.();
  }
}

export class LateAnswers {
  readonly #held = new Map<RequestName, Held>();

  /** Loads the page anew, for a socket that is open already cannot be come between. */
  static async on(page: Page): Promise<LateAnswers> {
    const late = new LateAnswers();
    await page.routeWebSocket(/./, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        late.#sent(message);
        server.send(message);
      });
      server.onMessage((message) => {
        if (!late.#holdsBack(message, () => socket.send(message))) {
          socket.send(message);
        }
      });
    });
    await page.reload();
    return late;
  }

  /** The answer to the next request of this name waits until it is let go. */
  hold(name: RequestName): HeldAnswer {
    const held = new Held();
    this.#held.set(name, held);
    return held;
  }

  #sent(message: string | Buffer): void {
    const sent = clientMessageSchema.safeParse(JSON.parse(message.toString()));
    if (sent.success && sent.data.type === 'request') {
      this.#held.get(sent.data.name as RequestName)?.take(sent.data.id);
    }
  }

  #holdsBack(message: string | Buffer, pass: () => void): boolean {
    if (this.#held.size === 0) {
      return false;
    }
    const told = hostMessageSchema.safeParse(JSON.parse(message.toString()));
    if (!told.success || told.data.type === 'frame') {
      return false;
    }
    const { id } = told.data;
    return [...this.#held.values()].some((held) => held.holds(id, pass));
  }
}
