/** The bridge while the past is shown: it can be asked, but nothing is done to the pool of now by somebody who looks at then. */
import { ContractError } from '../../../core/contract/errors.ts';
import {
  type RequestInput,
  type RequestName,
  type RequestOutput,
  requests,
  type StreamFrame,
  type StreamName,
} from '../../../core/contract/index.ts';
import type { ConsoleBridge, LinkState } from '../../bridge/console-bridge.ts';
import { words } from '../../words/failure-words.ts';

export class PastBridge implements ConsoleBridge {
  readonly #bridge: ConsoleBridge;

  constructor(bridge: ConsoleBridge) {
    this.#bridge = bridge;
  }

  async request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>> {
    if (requests[name].kind === 'command') {
      throw new ContractError('refused', words.pastShown);
    }
    return this.#bridge.request(name, input);
  }

  subscribe<Name extends StreamName>(stream: Name, listener: (frame: StreamFrame<Name>) => void): () => void {
    return this.#bridge.subscribe(stream, listener);
  }

  link(): LinkState {
    return this.#bridge.link();
  }

  onLink(listener: () => void): () => void {
    return this.#bridge.onLink(listener);
  }

  retryNow(): void {
    this.#bridge.retryNow();
  }

  /** The link is not its own to end. */
  close(): void {}
}
