/**
 * Runs a built main as Electron does: `node run-main.ts MAIN [ARGUMENTS]`. `electron` resolves to the stand-in, and
 * `ready` fires only when main is evaluated, so that a main which awaits `ready` at its top level hangs here as there.
 */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const standIn = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

Object.defineProperty(process.versions, 'electron', { value: '45.4.1', enumerable: true });
Object.assign(process, { type: 'browser', defaultApp: true });
process.argv.splice(1, 1);
const main = process.argv[1];
if (!main) {
  throw new Error('run-main.ts needs the path of a main');
}
const { app } = await import('./electron.ts');
await import(pathToFileURL(main).href);
app.becomeReady();
