/** The demo fleet: faults that may be switched on at its endpoints, and the way from it to hosts of the operator's own. */
import { z } from 'zod';
import { configAppliedSchema, configFaultSchema, configValueSchema } from './config.ts';
import { command, query } from './define.ts';
import { countSchema, hostNameSchema } from './vocabulary.ts';

/**
 * How an endpoint misbehaves, for as long as it is switched on:
 * - `refuse`: nobody listens; connections that are there live on.
 * - `reset`: every connection gets a TCP reset, old ones at once, new ones as they arrive.
 * - `hang`: new connections get no answer to their hello, old ones none to their requests; HTTP/2 pings are answered, as
 *   by an application that hangs behind its TLS.
 * - `slow`: three seconds are added to each answer.
 * - `403`, `503`: that status for every request (503 with Retry-After).
 * - `bad-certificate`, `wrong-name`, `self-signed`: new handshakes are offered an expired certificate, one for another
 *   name, one that nobody has signed.
 * - `client-certificate`: new handshakes ask for a certificate that nobody has.
 * - `old-tls`: new handshakes are taken in TLS 1.2 and with suites of its time alone.
 * - `close-idle`: a connection is closed as soon as it is idle.
 * - `goaway`: HTTP/2 connections get GOAWAY, HTTP/1.1 ones `Connection: close`.
 */
export const demoFaults = [
  'refuse',
  'reset',
  'hang',
  'slow',
  '403',
  '503',
  'bad-certificate',
  'wrong-name',
  'self-signed',
  'client-certificate',
  'old-tls',
  'close-idle',
  'goaway',
] as const;
export const demoFaultSchema = z.enum(demoFaults);
export type DemoFault = z.infer<typeof demoFaultSchema>;

/** The fleet and what is wrong with it now. */
export const demoPictureSchema = z.object({
  hosts: z.array(z.object({ host: z.string(), endpoints: countSchema })),
  /** Each fault that is on at a host, with the IPs that have it. */
  faults: z.array(z.object({ fault: demoFaultSchema, host: z.string(), ips: z.array(z.string()) })),
});
export type DemoPicture = z.infer<typeof demoPictureSchema>;

/** A fault, and at which endpoints of the fleet; a selection that is null matches all. */
const demoFaultWishSchema = z.object({
  /** null: none. */
  fault: demoFaultSchema.nullable(),
  host: hostNameSchema.nullable().default(null),
  /** Each must be an address of the fleet, or of the host. */
  ips: z.array(z.string().trim().min(1).max(64)).min(1).max(5_000).nullable().default(null),
  /** So many of them, chosen at random among those that have no fault; at most as many as there are. */
  count: z.int().min(1).nullable().default(null),
});
export type DemoFaultWish = z.output<typeof demoFaultWishSchema>;

/** Keys of the target beside its host. */
const ownValuesSchema = z.record(z.string(), configValueSchema).default({});

export const demoRequests = {
  /** null: the console watches the operator's own hosts. */
  'demo.faults': query(z.object({}), demoPictureSchema.nullable()),
  /**
   * Switches a fault on in place of any other, or off with null; answers when it is in force, with at how many endpoints.
   * Refused with `conflict` when no demo runs, `invalid-input` for a host or an IP that the fleet does not have.
   */
  'demo.setFault': command(demoFaultWishSchema, z.object({ endpoints: countSchema })),
  /**
   * From the demo to the operator's own hosts: adds one to the configuration in the data folder (which is begun with it
   * where there is none), and goes over to it without a restart. The demo's connections drain and its fleet ends.
   * `dropListed`: what `demo.listed` counts goes off the lists, as a change that can be undone; when they cannot be stored,
   * that is said as for any other change of them, and the demo is left all the same.
   * Refused with `conflict` when no demo runs, `invalid-input` for a target that cannot be, `refused` when the file has
   * faults or cannot be written; the demo then goes on.
   */
  'demo.watchOwn': command(
    z.object({ host: hostNameSchema, values: ownValuesSchema, dropListed: z.boolean().default(false) }),
    configAppliedSchema,
  ),
  /** Entries of the access lists that the automaton made of the fleet's addresses; 0 when no demo runs. */
  'demo.listed': query(z.object({}), z.object({ entries: countSchema })),
  /** All that is wrong with such a target, before it is watched. `conflict`, `refused` as above. */
  'demo.checkOwn': query(
    z.object({ host: z.string(), values: ownValuesSchema }),
    z.object({ faults: z.array(configFaultSchema) }),
  ),
} as const;
