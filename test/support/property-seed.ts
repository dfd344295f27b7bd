/**
 * Property tests draw the same values each time, so that none fails by chance; another seed finds other faults:
 * `PROPERTY_SEED=$RANDOM npm run test:unit`.
 */
import { configureGlobal } from 'fast-check';

const givenSeed = Number(process.env.PROPERTY_SEED ?? Number.NaN);
configureGlobal({ seed: Number.isSafeInteger(givenSeed) ? givenSeed : 20_260_101 });
