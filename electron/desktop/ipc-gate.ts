/** Carries contract messages between the windows and the engine's gate, and lets nobody else speak. */
import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { z } from 'zod';
import type { GateSession, MessageGate } from '../../core/console/message-gate.ts';
import { type Language, languageSchema } from '../../core/contract/language.ts';
import { frameChannel, heardChannel, languageChannel, requestChannel, subscriptionChannel } from './channels.ts';
import { consoleOrigin } from './console-scheme.ts';

/** What Electron says about who sent a message. */
export interface MessageSender {
  readonly senderFrame: { readonly origin: string; readonly parent: object | null } | null;
}

/**
 * Point 17 of Electron's security checklist: the frame is still there, shows our origin, and is no frame in a frame.
 * @throws Error that names what is wrong.
 */
export function assertConsoleSender({ senderFrame }: MessageSender): void {
  if (!senderFrame) {
    throw new Error('Refused: the frame that sent this message is gone');
  }
  if (senderFrame.origin !== consoleOrigin) {
    throw new Error(`Refused: ${senderFrame.origin} may not talk to the engine`);
  }
  if (senderFrame.parent !== null) {
    throw new Error('Refused: a frame inside the console may not talk to the engine');
  }
}

/** Frames on their way to a window that it has not taken in: more are held back and coalesced, as on a full socket. */
const mostUnheard = 64;

interface WindowSession {
  readonly gate: GateSession;
  unheard: number;
}

const heardSchema = z.int().min(1).max(mostUnheard);

/** One for all windows; a window's subscriptions end with its document. */
export class IpcGate {
  readonly #gate: MessageGate;
  readonly #sessions = new Map<number, WindowSession>();

  /** `onLanguage` hears what a window says that it is shown in. */
  constructor(gate: MessageGate, ipcMain: Pick<IpcMain, 'handle'>, onLanguage: (language: Language) => void) {
    this.#gate = gate;
    ipcMain.handle(requestChannel, (event: IpcMainInvokeEvent, message: unknown) => {
      assertConsoleSender(event);
      return this.#gate.answer(message);
    });
    ipcMain.handle(subscriptionChannel, (event: IpcMainInvokeEvent, message: unknown) => {
      assertConsoleSender(event);
      this.#sessions.get(event.sender.id)?.gate.receive(message);
    });
    ipcMain.handle(heardChannel, (event: IpcMainInvokeEvent, count: unknown) => {
      assertConsoleSender(event);
      const heard = heardSchema.safeParse(count);
      const session = this.#sessions.get(event.sender.id);
      if (!heard.success) {
        throw new Error('Refused: this is no number of messages');
      }
      if (session) {
        // A document may speak of frames that were sent to the one before it.
        session.unheard = Math.max(0, session.unheard - heard.data);
      }
    });
    ipcMain.handle(languageChannel, (event: IpcMainInvokeEvent, language: unknown) => {
      assertConsoleSender(event);
      const known = languageSchema.safeParse(language);
      if (!known.success) {
        throw new Error('Refused: this is no language of the console');
      }
      onLanguage(known.data);
    });
  }

  /** Before the window loads. */
  attach(contents: WebContents): void {
    const { id } = contents;
    const end = (): void => {
      this.#sessions.get(id)?.gate.close();
      this.#sessions.delete(id);
    };
    const begin = (): void => {
      end();
      const gate = this.#gate.open({
        send: (message) => {
          session.unheard += 1;
          contents.send(frameChannel, message);
        },
        isReady: () => session.unheard < mostUnheard,
      });
      const session: WindowSession = { gate, unheard: 0 };
      this.#sessions.set(id, session);
    };
    begin();
    // A new document knows nothing of the last one's subscriptions.
    contents.on('did-navigate', begin);
    contents.on('render-process-gone', end);
    contents.on('destroyed', end);
  }
}
