/** `npm run build`: builds whatever was built before, and leaves the mark by which `npm start` knows that it may start it. */
import { ensureBuilt, SetupError } from './setup.mjs';

try {
  await ensureBuilt({ anew: true });
} catch (error) {
  if (!(error instanceof SetupError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.status;
}
