/** The console over the desktop's preload: contract messages by IPC, no reconnecting, for both ends live and die together. */
import type { DesktopBridge } from '../../core/contract/desktop-bridge.ts';
import { ContractError } from '../../core/contract/errors.ts';
import type { RequestInput, RequestName, RequestOutput, StreamFrame, StreamName } from '../../core/contract/index.ts';
import type { ConsoleBridge, LinkState } from './console-bridge.ts';
import { Link } from './link-state.ts';
import { readFrame, readHostMessage, readOutput } from './read-message.ts';
import { words } from './words.ts';

export class ElectronBridge implements ConsoleBridge {
  readonly #desktop: DesktopBridge;
  readonly #link = new Link();
  readonly #ends = new Set<() => void>();
  #nextId = 1;

  constructor(desktop: DesktopBridge) {
    this.#desktop = desktop;
    this.#link.set({ phase: 'live' });
  }

  link(): LinkState {
    return this.#link.state;
  }

  onLink(listener: () => void): () => void {
    return this.#link.listen(listener);
  }

  async request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>> {
    let answer: unknown;
    try {
      answer = await this.#desktop.request({ type: 'request', id: this.#nextId++, name, input });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ContractError('disconnected', words.noAnswer(reason));
    }
    const message = readHostMessage(answer);
    if (message.type === 'error') {
      throw ContractError.fromData(message.error);
    }
    if (message.type === 'frame') {
      throw new ContractError('malformed-message', words.frameForAnswer(name));
    }
    return readOutput(name, message.output);
  }

  subscribe<Name extends StreamName>(stream: Name, listener: (frame: StreamFrame<Name>) => void): () => void {
    const end = this.#desktop.subscribe(stream, (raw) => {
      try {
        const message = readHostMessage(raw);
        if (message.type === 'frame') {
          listener(readFrame(stream, message.frame));
        } else if (message.type === 'error') {
          this.#fault(message.error.message);
        }
      } catch (error) {
        this.#fault(error instanceof Error ? error.message : String(error));
      }
    });
    this.#ends.add(end);
    return () => {
      if (this.#ends.delete(end)) {
        end();
      }
    };
  }

  retryNow(): void {
    // Nothing to try: when the main process is gone, so is this window.
  }

  close(): void {
    for (const end of this.#ends) {
      end();
    }
    this.#ends.clear();
  }

  #fault(message: string): void {
    this.#link.set({ fault: message });
  }
}
