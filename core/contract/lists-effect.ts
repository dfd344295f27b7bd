/** What the access lists are worth: the same cold start without them, with one, with the other, with both. */
import { z } from 'zod';
import { command } from './define.ts';
import { countSchema, durationMsSchema, shareSchema } from './vocabulary.ts';

export const listArms = ['off', 'white', 'black', 'both'] as const;
export const listArmSchema = z.enum(listArms);
export type ListArm = z.infer<typeof listArmSchema>;

/** What has to come of them on a fleet whose IPs fail by 40 %. */
export const listsEffectTargets = { whiteLift: 0.3, blackCut: 0.2, bothLift: 0.5 } as const;
export const failingShare = 0.4;
export const listsEffectEndpoints = { min: 30, max: 600, default: 120 } as const;

export const listArmResultSchema = z.object({
  arm: listArmSchema,
  /** Connections asked for at once. */
  wanted: countSchema,
  served: countSchema,
  /** Dials with their validation, until the last was served. */
  attempts: countSchema,
  failures: countSchema,
  /** attempts that gave a connection / attempts. */
  successRate: shareSchema,
  /** Until the last was served. */
  tookMs: durationMsSchema,
});
export type ListArmResult = z.infer<typeof listArmResultSchema>;

export const listsEffectSchema = z.object({
  seed: countSchema,
  endpoints: countSchema,
  /** Endpoints that fail. */
  failing: countSchema,
  /** What the pool's own warm-up over a part of the fleet put on the lists. */
  whitelist: countSchema,
  blacklist: countSchema,
  arms: z.array(listArmResultSchema).length(listArms.length),
  /** Success with the white list / without lists - 1. */
  whiteLift: z.number(),
  /** 1 - failures with the black list / without lists. */
  blackCut: z.number(),
  bothLift: z.number(),
  /** Each is at least its target. */
  met: z.boolean(),
});
export type ListsEffect = z.infer<typeof listsEffectSchema>;

export const listsEffectRequests = {
  /**
   * Measures on a demo fleet of its own, beside whatever is watched, and takes some seconds; 40 % of the fleet fails, chosen
   * by `seed`. Refused with `conflict` while it goes on, and when no fleet can be started.
   */
  'access.measureEffect': command(
    z.strictObject({
      endpoints: z
        .int()
        .min(listsEffectEndpoints.min)
        .max(listsEffectEndpoints.max)
        .default(listsEffectEndpoints.default),
      seed: z.int().min(0).max(0xffff_ffff).default(1),
    }),
    listsEffectSchema,
  ),
} as const;
