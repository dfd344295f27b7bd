/** Health: checks asked for by the operator. */
import { z } from 'zod';
import { command } from './define.ts';
import { countSchema } from './vocabulary.ts';

export const healthRequests = {
  /** Checks every idle connection now; leased ones are never touched. Resolves when all are done. */
  'health.checkAll': command(
    z.object({}),
    z.object({ checked: countSchema, healthy: countSchema, unhealthy: countSchema }),
  ),
  /** Closes every connection whose healthy flag is down and that is not leased. */
  'health.cleanUpUnhealthy': command(z.object({}), z.object({ closed: countSchema })),
} as const;
