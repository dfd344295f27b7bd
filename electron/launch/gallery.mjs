/** `npm run gallery`: every part and every view in every state, on made data, in a browser; follows changes of the code. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, node24Path, root, SetupError } from './setup.mjs';

try {
  await ensureInstalled();
  const serve = join(root, 'test', 'gallery', 'serve-gallery.mjs');
  const { status } = spawnSync(node24Path(), [serve, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 0;
} catch (error) {
  if (!(error instanceof SetupError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.status;
}
