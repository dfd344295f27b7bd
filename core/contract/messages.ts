/** The envelopes on the wire, the same over Electron's IPC and over the headless WebSocket. */
import { z } from 'zod';
import { contractErrorSchema } from './errors.ts';

/** From the console to its host. `input` is parsed by the request's own schema afterwards. */
export const clientMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('request'), id: z.int().min(1), name: z.string().max(100), input: z.unknown() }),
  z.strictObject({ type: z.literal('subscribe'), id: z.int().min(1), stream: z.string().max(100) }),
  z.strictObject({ type: z.literal('unsubscribe'), id: z.int().min(1) }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

/** From the host to the console. `id` is the request's or the subscription's. */
export const hostMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('response'), id: z.int(), output: z.unknown() }),
  z.object({ type: z.literal('error'), id: z.int().nullable(), error: contractErrorSchema }),
  z.object({ type: z.literal('frame'), id: z.int(), frame: z.unknown() }),
]);
export type HostMessage = z.infer<typeof hostMessageSchema>;
