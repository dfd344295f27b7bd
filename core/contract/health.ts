/** Health: each IP of each host as the automaton sees it, and checks asked for by the operator. */
import { z } from 'zod';
import { command, query, stream } from './define.ts';
import {
  countSchema,
  durationMsSchema,
  epochMsSchema,
  errorClassSchema,
  hostNameSchema,
  shareSchema,
} from './vocabulary.ts';

export const ipStates = [
  /** No list names it, and it has not answered yet. */
  'unknown',
  /** A white list names it. */
  'allowed',
  /** A person's rule, or `whitelist_mode = "enforce"`, keeps it out of use. It is never probed. */
  'blocked',
  /** The automaton keeps it out of use until its back-off ends. */
  'ejected',
  /** Half open: the back-off is over, or a probe is due; one probe or one lease at a time says whether it is well. */
  'probing',
] as const;
export const ipStateSchema = z.enum(ipStates);
export type IpState = z.infer<typeof ipStateSchema>;

/** Why an IP was ejected, or would be if `max_ejected_share` let it. */
export const ejectionReasons = [
  /** An answer or a refusal that is permanent: 403, 401, a certificate, a protocol that every profile was refused. */
  'permanent-failure',
  /** `unhealthy_after` failures in a row. */
  'failures-in-a-row',
  /** It succeeds less often than the host's other IPs. */
  'success-outlier',
  /** It answers much more slowly than the host's other IPs. */
  'latency-outlier',
  /** A ban of an earlier run that has not ended. */
  'stored-ban',
] as const;
export const ejectionReasonSchema = z.enum(ejectionReasons);
export type EjectionReason = z.infer<typeof ejectionReasonSchema>;

const endpointShape = { host: z.string(), ip: z.string(), port: z.int() };

/** One address of one host; its key is host, IP and port. */
export const ipHealthSchema = z.object({
  ...endpointShape,
  state: ipStateSchema,
  /** Why it is ejected or probed; null otherwise. */
  reason: ejectionReasonSchema.nullable(),
  ejectedUntilMs: epochMsSchema.nullable(),
  /** Length of that back-off; null where there is none, or an older version has stored it. */
  ejectedForMs: durationMsSchema.nullable().default(null),
  /** null when no probe is planned: only what the automaton banned is probed. */
  nextProbeAtMs: epochMsSchema.nullable(),
  /** Ejections since it was last well for long: what its back-off is doubled by. */
  ejections: countSchema,
  /** No answer of DNS has it: a caller named it. Absent where the host has it. */
  named: z.literal(true).exactOptional(),
  /** It deserves an ejection, but `max_ejected_share` keeps it in use. */
  heldInUse: z.boolean(),
  consecutiveFailures: countSchema,
  /** Good probes since its trial began; `healthy_after` of them make it whole. */
  goodProbes: countSchema,
  /** Of everything it was asked in the last 60 s; null when it was asked nothing. */
  successShare: shareSchema.nullable(),
  /** How many that was. */
  asked: countSchema,
  /** An exponentially weighted moving average of its response times; null before the first. */
  latencyMs: durationMsSchema.nullable(),
  lastError: z
    .object({
      class: errorClassSchema,
      code: z.string(),
      atMs: epochMsSchema,
      /** The deadline that ended the dial, where one did. */
      withinMs: durationMsSchema.exactOptional(),
    })
    .nullable(),
});
export type IpHealth = z.infer<typeof ipHealthSchema>;

export const hostHealthSchema = z.object({
  host: z.string(),
  /** Its present addresses. */
  ips: countSchema,
  /** Those that may be used: neither blocked by a person nor kept out by the automaton. */
  available: countSchema,
  blocked: countSchema,
  /** Ejected and half-open ones. */
  ejected: countSchema,
  /** As many may be ejected at most: `max_ejected_share` of those that no person blocks, rounded down. */
  mayEject: countSchema,
  /** IPs that deserve an ejection and stay in use, for the share is full. */
  held: countSchema,
  /** Fewer than `panic_share` are available: ejections are ignored. */
  panic: z.boolean(),
  /** Every IP in use answers with a status that blocks us. */
  blocksUs: z.boolean(),
});
export type HostHealth = z.infer<typeof hostHealthSchema>;

/** This machine's own trouble: while it lasts no IP is blamed. */
export const localOutageSchema = z.object({
  sinceMs: epochMsSchema,
  /** In English. */
  reason: z.string(),
  /** The system's, or one of ours; `localOutageText` has its words. */
  code: z.string().exactOptional(),
});
export type LocalOutage = z.infer<typeof localOutageSchema>;

export const healthPictureSchema = z.object({
  atMs: epochMsSchema,
  /** null: no trouble of this machine is known. */
  localOutage: localOutageSchema.nullable(),
  hosts: z.array(hostHealthSchema),
  ips: z.array(ipHealthSchema),
});
export type HealthPicture = z.infer<typeof healthPictureSchema>;

export const healthFrameSchema = z.object({
  /** Forget what you have: this frame is a complete picture. */
  reset: z.boolean(),
  atMs: epochMsSchema,
  localOutage: localOutageSchema.nullable(),
  /** All of them, always. */
  hosts: z.array(hostHealthSchema),
  /** New or different since the last frame. */
  upserts: z.array(ipHealthSchema),
  /** No longer addresses of their host. */
  removes: z.array(z.object(endpointShape)),
});
export type HealthFrame = z.infer<typeof healthFrameSchema>;

export const healthRequests = {
  /** Checks every idle connection now; leased ones are never touched. Resolves when all are done. */
  'health.checkAll': command(
    z.object({}),
    z.object({ checked: countSchema, healthy: countSchema, unhealthy: countSchema }),
  ),
  /** Closes every connection whose healthy flag is down and that is not leased. */
  'health.cleanUpUnhealthy': command(z.object({}), z.object({ closed: countSchema })),
  /** Every IP of one host, or of all. Fails with `not-found` for a host that the pool does not know. */
  'health.ips': query(z.object({ host: hostNameSchema.optional() }), healthPictureSchema),
  /** Probes an ejected IP now instead of at the end of its back-off. False when it is not ejected, or is probed already. */
  'health.probe': command(
    z.object({ host: hostNameSchema, ip: z.union([z.ipv4(), z.ipv6()]), port: z.int().min(1).max(65_535) }),
    z.object({ started: z.boolean() }),
  ),
} as const;

export const healthStreams = {
  /** At most one frame a second. */
  health: stream(healthFrameSchema),
} as const;
