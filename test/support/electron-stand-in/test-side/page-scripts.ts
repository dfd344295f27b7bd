/** The scripts that stand in for Electron's renderer side, made from the files of `page-side/` and the real preload. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { WebPreferencesInfo } from '../wire.ts';

export interface PageScripts {
  /** For the page's own world. */
  readonly page: string;
  /** For the preload's world; null without a preload. */
  readonly preload: string | null;
  /** null: without context isolation the preload runs in the page's own world. */
  readonly preloadWorld: string | null;
  /** Name of the function that the preload's world calls. */
  readonly binding: string;
  /** Name of the function in the preload's world that hears answers and messages. */
  readonly deliver: string;
}

function pageSide(name: string): string {
  return readFileSync(new URL(`../page-side/${name}`, import.meta.url), 'utf8').replaceAll(
    /^export function/gm,
    'function',
  );
}

/** @param inSubFrames as a compromised renderer would: the preload's powers in every frame */
export function pageScripts(preferences: WebPreferencesInfo, inSubFrames: boolean): PageScripts {
  const token = `stand-in-${randomUUID()}`;
  const names = { binding: `${token}-tell`, deliver: `${token}-deliver` };
  const library = [pageSide('clone-codec.js'), pageSide('world-bridge.js'), pageSide('worlds.js')].join('\n');
  const codec = '{ encodeClone, decodeClone }';
  const guard = inSubFrames ? '' : 'if (window !== window.top) return;';
  const wrap = (body: string): string => `(() => { ${guard}\n${library}\n${body}\n})();`;
  const page = wrap(
    `preparePage(createWorldBridge('${token}', 'page', ${codec}), ${JSON.stringify({ nodeIntegration: preferences.nodeIntegration })});`,
  );
  if (!preferences.preload) {
    return { page, preload: null, preloadWorld: null, ...names };
  }
  const source = readFileSync(preferences.preload, 'utf8');
  const bridge = preferences.contextIsolation ? `createWorldBridge('${token}', 'preload', ${codec})` : 'null';
  const preload = wrap(
    `runPreload(${bridge}, ${codec}, ${JSON.stringify(names)}, (require, module, exports) => {\n${source}\n});`,
  );
  return { page, preload, preloadWorld: preferences.contextIsolation ? `${token}-world` : null, ...names };
}
