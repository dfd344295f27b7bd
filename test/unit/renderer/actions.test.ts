import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isRequestName, requests } from '../../../core/contract/index.ts';
import { type Action, obstacleTo } from '../../../renderer/actions/action.ts';
import { blockIps } from '../../../renderer/actions/connection-actions.ts';
import { checkAll } from '../../../renderer/actions/health-actions.ts';
import { backToNow, goToPast, toHappenedAfter, toHappenedBefore } from '../../../renderer/actions/past-actions.ts';
import { globalActions } from '../../../renderer/actions/registry.ts';
import { viewActions } from '../../../renderer/actions/view-actions.ts';
import { openWarmUp } from '../../../renderer/actions/warm-up-actions.ts';
import type { LinkPhase, LinkState } from '../../../renderer/bridge/console-bridge.ts';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';

const folder = new URL('../../../renderer/actions/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('-actions.ts'));
const modules: readonly object[] = await Promise.all(files.map((name) => import(new URL(name, folder).href)));

function isAction(value: unknown): value is Action {
  return typeof value === 'object' && value !== null && 'run' in value && 'id' in value;
}

/** Every action that a file of actions exports, and those of its tables. */
const actions = modules
  .flatMap((module) => Object.values(module))
  .flatMap((value: object) => (isAction(value) ? [value] : Object.values(value)))
  .filter(isAction);

function link(phase: LinkPhase): LinkState {
  return { ...new MemoryBridge().link(), phase };
}

describe('what cannot be done while the engine is lost', () => {
  it('is every action that asks the engine for something, and what leads to one; it says why', () => {
    const obstructed = actions.filter((action) => obstacleTo(action, link('lost'), false) !== null);
    const asking = actions.filter(({ run }) => /\.request\(|bridge,/.test(run.toString()));
    expect(asking.length).toBeGreaterThan(5);
    expect(asking.filter((action) => !obstructed.includes(action))).toEqual([]);
    const leading = obstructed.filter((action) => !asking.includes(action)).map(({ id }) => id);
    expect(leading.sort()).toEqual([
      'access.add-black',
      'access.undo-last',
      'connections.block-ip',
      'demo.faults',
      'demo.own-host',
      'load.open',
      'past.go-to',
      'requests.prepare',
      'requests.prepare-to',
      'warm-up.open',
      'warm-up.prepare',
    ]);
    expect(obstacleTo(checkAll, link('lost'), false)).toBe('Not possible now: the engine cannot be reached');
  });

  it('can be done while the link is there or still begins', () => {
    expect(
      actions.filter(
        (action) => obstacleTo(action, link('live'), false) ?? obstacleTo(action, link('connecting'), false),
      ),
    ).toEqual([]);
  });
});

describe('what cannot be done while the past is shown', () => {
  it('is every action that commands the engine, and what leads to one; what only asks or goes somewhere can', () => {
    const obstructed = new Set(
      actions.filter((action) => obstacleTo(action, link('live'), true) !== null).map(({ id }) => id),
    );
    const commanding = actions.filter(({ run }) =>
      [...run.toString().matchAll(/request\(["']([^"']+)["']/g)].some(
        ([, name = '']) => isRequestName(name) && requests[name].kind === 'command',
      ),
    );
    expect(commanding.length).toBeGreaterThan(5);
    expect(commanding.filter(({ id }) => !obstructed.has(id)).map(({ id }) => id)).toEqual([]);
    expect([...obstructed]).toEqual(expect.arrayContaining([openWarmUp.id, blockIps.id]));
    const free = [...Object.values(viewActions), toHappenedBefore, toHappenedAfter, backToNow, goToPast];
    expect(free.filter(({ id }) => obstructed.has(id)).map(({ id }) => id)).toEqual([]);
  });
});

describe('the registry', () => {
  it('gives each action an id of its own', () => {
    const ids = actions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(globalActions.map(({ id }) => id)));
  });
});
