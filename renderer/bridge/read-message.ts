/**
 * Every message that comes in is parsed by the contract before anything else sees it. Zod's compiled parsers need
 * `new Function`, which the page's content security policy forbids, so they are off; 500 rows take about 0.5 ms without.
 */
import { z } from 'zod';
import { ContractError } from '../../core/contract/errors.ts';
import {
  type RequestName,
  type RequestOutput,
  requests,
  type StreamFrame,
  type StreamName,
  streams,
} from '../../core/contract/index.ts';
import { type HostMessage, hostMessageSchema } from '../../core/contract/messages.ts';
import { words } from './words.ts';

z.config({ jitless: true });

function unreadable(what: string, error: z.ZodError): ContractError {
  const [first] = error.issues;
  const at = first ? `${first.path.join('.') || 'message'}: ${first.message}` : words.unknownForm;
  return new ContractError('malformed-message', words.unreadable(what, at));
}

/** @throws ContractError `malformed-message`. */
export function readHostMessage(message: unknown): HostMessage {
  const result = hostMessageSchema.safeParse(message);
  if (!result.success) {
    throw unreadable(words.hostMessage, result.error);
  }
  return result.data;
}

/** @throws ContractError `malformed-message`. */
export function readOutput<Name extends RequestName>(name: Name, output: unknown): RequestOutput<Name> {
  const result = requests[name].output.safeParse(output);
  if (!result.success) {
    throw unreadable(words.answerTo(name), result.error);
  }
  return result.data as RequestOutput<Name>;
}

/** @throws ContractError `malformed-message`. */
export function readFrame<Name extends StreamName>(name: Name, frame: unknown): StreamFrame<Name> {
  const result = streams[name].frame.safeParse(frame);
  if (!result.success) {
    throw unreadable(words.frameOf(name), result.error);
  }
  return result.data as StreamFrame<Name>;
}
