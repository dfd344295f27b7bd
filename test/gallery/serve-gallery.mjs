/** Serves the gallery from this checkout, and says where: the server's own address is that of a console without a key. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';

const { values } = parseArgs({ options: { port: { type: 'string' }, 'no-open': { type: 'boolean', default: false } } });
const server = await createServer({
  configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
  logLevel: 'warn',
  server: {
    open: values['no-open'] ? false : '/gallery.html',
    ...(values.port === undefined ? {} : { port: Number(values.port), strictPort: true }),
  },
});
await server.listen();
const [address = ''] = server.resolvedUrls?.local ?? [];
process.stdout.write(`The gallery is at ${new URL('gallery.html', address).href} until Ctrl-C.\n`);
