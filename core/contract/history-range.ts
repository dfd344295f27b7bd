/** A stretch of time: from its begin on, up to its end and not with it. */
import { z } from 'zod';
import { epochMsSchema } from './vocabulary.ts';

export const rangeSchema = z
  .object({ fromMs: epochMsSchema, toMs: epochMsSchema })
  .refine(({ fromMs, toMs }) => fromMs < toMs, 'the range must begin before it ends');
