/** The gallery, built once and served from this machine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, preview } from 'vite';

const root = fileURLToPath(new URL('../../renderer', import.meta.url));

export interface GalleryServer {
  /** Of `gallery.html`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

export async function serveGallery(): Promise<GalleryServer> {
  const outDir = await mkdtemp(join(tmpdir(), 'hotpool-gallery-'));
  const shared = { root, base: './', configFile: false, logLevel: 'warn' } as const;
  await build({
    ...shared,
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome140',
      chunkSizeWarningLimit: 5_000,
      rolldownOptions: { input: join(root, 'gallery.html') },
    },
  });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const [address] = server.resolvedUrls?.local ?? [];
  if (address === undefined) {
    throw new Error('The gallery is served nowhere');
  }
  return {
    url: new URL('gallery.html', address).href,
    close: async () => {
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}
