/**
 * How the contract is declared: each request and each stream once, with a zod schema for what goes in and
 * what comes out. Types are derived from the schemas, so a host, the engine and the console cannot disagree.
 */
import type { z } from 'zod';

/** A question or a command: one input, one output. */
export interface RequestDefinition<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly kind: 'query' | 'command';
  readonly input: Input;
  readonly output: Output;
}

/** Something that goes on: frames until the subscriber leaves. */
export interface StreamDefinition<Frame extends z.ZodType = z.ZodType> {
  readonly kind: 'stream';
  readonly frame: Frame;
}

/** A query reads; it never changes the engine. */
export function query<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): RequestDefinition<Input, Output> {
  return { kind: 'query', input, output };
}

/** A command changes something, whole or not at all. */
export function command<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): RequestDefinition<Input, Output> {
  return { kind: 'command', input, output };
}

/** A stream of frames; the first frame after a subscription is always a complete picture. */
export function stream<Frame extends z.ZodType>(frame: Frame): StreamDefinition<Frame> {
  return { kind: 'stream', frame };
}
