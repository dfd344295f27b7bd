import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What the process brings along: Electron's own module and Node's. Everything else is bundled, so no package is shipped. */
const provided = ['electron', /^node:/, ...builtinModules];

/** One `vite build` makes the whole product: both hosts with the engine, the preload and the console. */
export default defineConfig({
  root: fromHere('renderer'),
  base: './',
  plugins: [react()],
  // Every environment goes through one builder; without it Vite builds the console alone.
  builder: {},
  // Everything is loaded from the local disk: the size of a file is no reason to warn.
  build: { emptyOutDir: true, reportCompressedSize: false, chunkSizeWarningLimit: 5_000 },
  environments: {
    /** The console. The policy it is served under allows no inline script or style, so Vite may inline neither. */
    client: {
      build: {
        outDir: fromHere('dist/renderer'),
        target: 'chrome140',
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rolldownOptions: { input: fromHere('renderer/index.html') },
      },
    },
    main: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        outDir: fromHere('dist/main'),
        target: 'node24',
        ssr: true,
        minify: false,
        sourcemap: true,
        rolldownOptions: {
          input: {
            desktop: fromHere('electron/desktop/main.ts'),
            headless: fromHere('electron/headless/main.ts'),
            'history-worker': fromHere('core/history/history-worker.ts'),
            'demo-origins-worker': fromHere('core/demo/demo-origins-worker.ts'),
          },
          external: provided,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/shared-[hash].js' },
        },
      },
    },
    /** A sandboxed preload can load no second file and no ES module: one CommonJS file. */
    preload: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        outDir: fromHere('dist/preload'),
        target: 'chrome140',
        ssr: true,
        minify: false,
        rolldownOptions: {
          input: { preload: fromHere('electron/desktop/preload.ts') },
          external: provided,
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
});
